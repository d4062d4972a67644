// SPDX-License-Identifier: MIT
//
// The clock of performance.now(), the milestones of the environment and the loop's counters. Engine thread
// only.
#include "runtime/loop/loop.h"

static double since_origin(lode_env *env, uint64_t at) {
  return (double)(int64_t)(at - env_milestones(env)[ENV_MILESTONE_ORIGIN]) / 1e6;
}

JS_FN(perf_now) { return js_num(since_origin(env_current(), uv_hrtime())); }

// milestone(number): milliseconds since the origin, -1 where it was not reached.
JS_FN(perf_milestone) {
  lode_env *env = env_current();
  int which = js_to_int(JS_ARG(0), -1);
  if (which < 0 || which >= ENV_MILESTONES || !env_milestones(env)[which]) return js_int(-1);
  return js_num(since_origin(env, env_milestones(env)[which]));
}

// The origin in milliseconds since 1970.
JS_FN(perf_time_origin) {
  uv_timeval64_t wall;
  if (uv_gettimeofday(&wall) != 0) return js_int(0);
  double now = (double)wall.tv_sec * 1e3 + (double)wall.tv_usec / 1e3;
  return js_num(now - since_origin(env_current(), uv_hrtime()));
}

JS_FN(perf_idle_time) { return js_num((double)loop_idle_ns(env_current()) / 1e6); }

// loopMetrics(): [turns, events, events that waited]; undefined where libuv does not count them.
JS_FN(perf_loop_metrics) {
#if UV_VERSION_HEX < 0x012d00
  return js_undefined();
#else
  uv_metrics_t metrics = {0};
  uv_metrics_info(env_loop(env_current()), &metrics);
  js_val values[] = {js_num((double)metrics.loop_count), js_num((double)metrics.events),
                     js_num((double)metrics.events_waiting)};
  return js_array(ctx, 3, values);
#endif
}

static const js_fn_spec functions[] = {
    {"now", perf_now},
    {"milestone", perf_milestone},
    {"timeOrigin", perf_time_origin},
    {"idleTime", perf_idle_time},
    {"loopMetrics", perf_loop_metrics},
};

static void performance_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}

LODE_BINDING(performance, 1, performance_init, NULL);
