// SPDX-License-Identifier: MIT
//
// The phases of a turn, as Node documents them: timers, pending I/O, poll, check (immediates), close.
//
// All JavaScript timers share one uv timer; the lists by duration live in modules/timers. Each expired timer
// and each immediate is an entry of its own into JavaScript, so that ticks and microtasks run between them.
#include "runtime/engine/code.h"
#include "runtime/loop/internal.h"

#include <stdlib.h>

static struct loop_state *state_of(lode_env *env) { return env->loop_state; }

// Calls fn until it returns something other than `true`: one entry per callback. A callback that threw is
// reported by env_call (NULL) and the next one runs.
static void run_batch(lode_env *env, js_ref *fn, js_val first) {
  js_val argument = first;
  bool more = true;
  while (more && !env_stopping(env)) {
    env_enter(env);
    js_val result = env_call(env, js_as_object(fn->value), NULL, 1, &argument);
    more = !result || js_is_true(result);
    argument = js_bool(false);
    env_leave(env);
  }
}

static void on_timer(uv_timer_t *handle) {
  struct loop_state *state = LODE_CONTAINER(handle, struct loop_state, timer);
  if (state->run_timer.value) run_batch(state->env, &state->run_timer, js_bool(true));
}

static void on_idle(LODE_UNUSED uv_idle_t *handle) {} // its presence keeps the poll phase from blocking

static void update_idle(struct loop_state *state) {
  bool wanted = state->env->shared[SHARED_IMMEDIATE_REFS] > 0;
  if (wanted == uv_is_active((uv_handle_t *)&state->idle)) return;
  if (wanted)
    uv_idle_start(&state->idle, on_idle);
  else
    uv_idle_stop(&state->idle);
}

static void on_check(uv_check_t *handle) {
  struct loop_state *state = LODE_CONTAINER(handle, struct loop_state, check);
  engine_wake(state->env->interrupts);
  if (state->after_poll) state->after_poll(state->after_poll_arg);
  if (state->env->shared[SHARED_IMMEDIATES] > 0 && state->run_immediate.value)
    run_batch(state->env, &state->run_immediate, js_bool(true));
  update_idle(state);
}

// ---- What JavaScript calls ----

JS_FN(setup) {
  struct loop_state *state = state_of(env_current());
  state->run_timer = js_ref_take(ctx, JS_ARG(0));
  state->run_immediate = js_ref_take(ctx, JS_ARG(1));
  return js_undefined();
}

// (milliseconds from now)
JS_FN(set_timer) {
  struct loop_state *state = state_of(env_current());
  double ms = js_to_num(JS_ARG(0), 1);
  uv_timer_start(&state->timer, on_timer, ms < 1 ? 1 : (uint64_t)ms, 0);
  return js_undefined();
}

JS_FN(ref_timer) {
  uv_handle_t *timer = (uv_handle_t *)&state_of(env_current())->timer;
  if (js_is_true(JS_ARG(0)))
    uv_ref(timer);
  else
    uv_unref(timer);
  return js_undefined();
}

JS_FN(immediates_changed) {
  update_idle(state_of(env_current()));
  return js_undefined();
}

// Milliseconds since the process started, as the loop sees it: constant within a turn unless refreshed.
JS_FN(now) {
  lode_env *env = env_current();
  return js_num((double)(uv_now(&env->loop) - state_of(env)->base));
}

JS_FN(update_now) {
  lode_env *env = env_current();
  uv_update_time(&env->loop);
  return js_num((double)(uv_now(&env->loop) - state_of(env)->base));
}

// (whether the engine works for the program on another thread: asynchronous WebAssembly)
JS_FN(keep_for_engine) {
  uv_handle_t *handle = (uv_handle_t *)&state_of(env_current())->engine_prepare;
  if (js_is_true(JS_ARG(0)))
    uv_ref(handle);
  else
    uv_unref(handle);
  return js_undefined();
}

// (whether there are more workers than processors)
JS_FN(share_processor) {
  loop_share_processor(env_current(), js_is_true(JS_ARG(0)));
  return js_undefined();
}

JS_FN(loop_is_alive) { return js_bool(uv_loop_alive(&env_current()->loop)); }

static void loop_binding_init(lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *unused) {
  static const js_fn_spec functions[] = {
      {"setup", setup},
      {"setTimer", set_timer},
      {"refTimer", ref_timer},
      {"immediatesChanged", immediates_changed},
      {"now", now},
      {"updateNow", update_now},
      {"alive", loop_is_alive},
      {"keepForEngine", keep_for_engine},
      {"shareProcessor", share_processor},
  };
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  js_obj buffer = js_arraybuffer_external(ctx, env->shared, sizeof env->shared, NULL, NULL);
  js_set(ctx, target, "shared", js_int32array_over(ctx, buffer));
}

static void loop_binding_close(lode_env *env, LODE_UNUSED void *unused) {
  struct loop_state *state = state_of(env);
  js_ref_drop(env->ctx, &state->run_timer);
  js_ref_drop(env->ctx, &state->run_immediate);
  state->after_poll = NULL;
  loop_engine_context_close(state);
}

LODE_BINDING(loop, 1, loop_binding_init, loop_binding_close);

// ---- Idle time ----

static void measure_idle(struct loop_state *state) {
  uv_loop_configure(&state->env->loop, UV_METRICS_IDLE_TIME);
  state->measures_idle = true;
}

static uint64_t estimate_idle(const struct loop_state *state) {
  uint64_t start = state->env->milestones[ENV_MILESTONE_LOOP_START];
  if (!start) return 0;
  uint64_t passed = uv_hrtime() - start, worked = lode_thread_cpu_ns() - state->worked_before;
  return passed > worked ? passed - worked : 0;
}

uint64_t loop_idle_ns(lode_env *env) {
  struct loop_state *state = state_of(env);
  if (!state->measures_idle) {
    state->idle_before = estimate_idle(state);
    state->idle_elsewhere = 0; // is part of that
    measure_idle(state);
  }
  uint64_t elsewhere = __atomic_load_n(&state->idle_elsewhere, __ATOMIC_RELAXED);
  return state->idle_before + elsewhere + uv_metrics_idle_time(&env->loop);
}

void loop_add_idle(lode_env *env, uint64_t ns) {
  uint64_t *sum = &state_of(env)->idle_elsewhere;
  __atomic_store_n(sum, *sum + ns, __ATOMIC_RELAXED);
}

// ---- Life ----

void loop_init(lode_env *env) {
  struct loop_state *state = lode_zalloc(sizeof *state);
  state->env = env;
  env->loop_state = state;
  if (env_is_worker(env)) measure_idle(state);
  uv_update_time(&env->loop);
  state->base = uv_now(&env->loop);
  uv_timer_init(&env->loop, &state->timer);
  uv_unref((uv_handle_t *)&state->timer);
  uv_check_init(&env->loop, &state->check);
  uv_check_start(&state->check, on_check);
  uv_unref((uv_handle_t *)&state->check);
  uv_idle_init(&env->loop, &state->idle);
  loop_engine_context_attach(state);
}

void loop_after_poll(lode_env *env, void (*fn)(void *), void *arg) {
  struct loop_state *state = state_of(env);
  state->after_poll = fn;
  state->after_poll_arg = arg;
}

bool loop_alive(lode_env *env) { return uv_loop_alive(&env->loop); }

void loop_run(lode_env *env) {
  if (env_stopping(env)) return;
  if (!env->milestones[ENV_MILESTONE_LOOP_START]) {
    env->milestones[ENV_MILESTONE_LOOP_START] = uv_hrtime();
    state_of(env)->worked_before = lode_thread_cpu_ns();
  }
  uv_run(&env->loop, UV_RUN_DEFAULT);
  env->milestones[ENV_MILESTONE_LOOP_EXIT] = uv_hrtime();
}

// Node's end of life: 'beforeExit' may schedule more work; 'exit' may not.
int loop_main(lode_env *env) {
  env_call_hook(env, "main");
  if (!env_is_worker(env)) engine_code_rest();
  do {
    loop_run(env);
    env_call_hook(env, "beforeExit");
  } while (loop_alive(env) && !env_stopping(env));
  int code = env_call_hook(env, "exit");
  return env_stopping(env) ? env->exit_code : code;
}
