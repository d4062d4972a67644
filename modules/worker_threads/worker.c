// SPDX-License-Identifier: MIT
//
// binding('worker'): threads, as JavaScript starts and sees them. The JavaScript half of a Worker holds a
// native object whose C side is the Worker's until the thread's end has been told: then it stays as an empty
// shell for the collector.
#include "runtime/loop/thread.h"

#include <stdatomic.h>
#include <stdlib.h>

// Process-wide by nature: thread ids are unique in the process.
static atomic_uint_least32_t last_thread_id;

struct worker {
  lode_thread *thread; // NULL after its end
  lode_env *env;       // the parent's
  js_ref on_end;       // (code, reason)
};

// The object is referenced from JavaScript for as long as the thread lives, so only ended ones are collected.
static void finalize(void *pointer) { free(pointer); }
static const js_native_type worker_type = {"Thread", finalize};

static void on_end(LODE_UNUSED lode_thread *thread, struct thread_end end, void *arg) {
  struct worker *worker = arg;
  lode_env *env = worker->env;
  worker->thread = NULL;
  js_ref callback = worker->on_end;
  worker->on_end.value = NULL;
  env_enter(env);
  js_val argv[] = {js_int(end.code), js_int(end.reason)};
  env_call(env, js_as_object(callback.value), NULL, 2, argv);
  js_ref_drop(env_ctx(env), &callback);
  env_leave(env);
}

// (id, parcel, name, stackBytes, heapBytes, onEnd) => the thread's object, or a negative errno
JS_FN(start) {
  js_text name;
  if (!js_text_take(ctx, JS_ARG(2), &name, exc)) return js_undefined();
  struct thread_options options = {.thread = {.id = js_to_num(JS_ARG(0), 0),
                                              .parcel = js_to_num(JS_ARG(1), 0),
                                              .name = name.data,
                                              .heap_bytes = (size_t)js_to_num(JS_ARG(4), 0)},
                                   .stack_bytes = (size_t)js_to_num(JS_ARG(3), 0)};
  struct worker *worker = lode_zalloc(sizeof *worker);
  worker->env = env_current();
  worker->on_end = js_ref_take(ctx, JS_ARG(5));
  int error = thread_start(worker->env, &options, on_end, worker, &worker->thread);
  js_text_drop(&name);
  if (!error) return js_native_new(ctx, &worker_type, worker);
  js_ref_drop(ctx, &worker->on_end);
  free(worker);
  return js_int(error);
}

static lode_thread *thread_of(js_val value) {
  struct worker *worker = js_native_get(value, &worker_type);
  return worker ? worker->thread : NULL;
}

JS_FN(stop) {
  lode_thread *thread = thread_of(JS_ARG(0));
  if (thread) thread_stop(thread);
  return js_undefined();
}

// (thread, whether it keeps the parent's loop alive)
JS_FN(ref) {
  lode_thread *thread = thread_of(JS_ARG(0));
  if (thread) thread_ref(thread, js_is_true(JS_ARG(1)));
  return js_undefined();
}

// ---- Looking at a running thread ----

struct loop_times {
  double start, idle; // milliseconds
  double cpu[2];      // user and system, microseconds
};

static void read_loop_times(lode_env *env, void *result) {
  struct loop_times *times = result;
  times->start = (double)env_milestones(env)[ENV_MILESTONE_LOOP_START] / 1e6;
  times->idle = (double)uv_metrics_idle_time(env_loop(env)) / 1e6;
}

// (thread) => [start of the loop on uv_hrtime's clock, idle time], in milliseconds, or undefined
JS_FN(loop_times) {
  lode_thread *thread = thread_of(JS_ARG(0));
  struct loop_times times;
  if (!thread || !thread_peek(thread, read_loop_times, &times)) return js_undefined();
  js_val pair[] = {js_num(times.start), js_num(times.idle)};
  return js_array(ctx, 2, pair);
}

JS_FN(next_id) { return js_num((double)atomic_fetch_add(&last_thread_id, 1) + 1); }

static void worker_init(lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  static const js_fn_spec functions[] = {
      {"start", start}, {"stop", stop}, {"ref", ref}, {"loopTimes", loop_times}, {"nextId", next_id},
  };
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  js_set(ctx, target, "isWorker", js_bool(env_is_worker(env)));
  js_set(ctx, target, "id", js_num(env_thread(env)->id));
  js_set(ctx, target, "parcel", js_num(env_thread(env)->parcel));
  js_set(ctx, target, "name", js_str(ctx, env_thread(env)->name));
}

LODE_BINDING(worker, 1, worker_init, NULL);
