// SPDX-License-Identifier: MIT
//
// The environment of a JavaScript thread: creation, the gate into JavaScript, teardown.
//
// The gate keeps Node's order: a callback, then the whole nextTick queue, then microtasks, and again while
// ticks were queued. The engine drains microtasks when the outermost lock is released, so one turn of the
// gate is: call and drain ticks under the lock, let go, look again. After an uncaught exception ticks wait
// for the next callback, as in Node: ticks that throw and queue others for ever do not starve the loop.
#include "runtime/env/internal.h"
#include "runtime/engine/vm.h"
#include "runtime/env/builtins.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static __thread lode_env *current;

lode_env *env_current(void) { return current; }
uv_loop_t *env_loop(lode_env *env) { return &env->loop; }
js_ctx env_ctx(lode_env *env) { return env->ctx; }
engine_interrupts *env_interrupts(lode_env *env) { return env->interrupts; }
const struct env_thread *env_thread(const lode_env *env) { return &env->thread; }

uint32_t env_entries(lode_env *env) { return __atomic_load_n(&env->entries, __ATOMIC_RELAXED); }

const uint64_t *env_milestones(lode_env *env) { return env->milestones; }

static lode_env *new_env(int argc, char **argv) {
  CHECK(!current);
  lode_env *env = lode_zalloc(sizeof *env);
  env->started_ns = uv_hrtime();
  // Loading libraries keeps a processor busy, so that what the thread has worked is about its age.
  env->milestones[ENV_MILESTONE_ORIGIN] = env->started_ns - lode_thread_cpu_ns();
  env->milestones[ENV_MILESTONE_START] = env->started_ns;
  env->argc = argc;
  env->argv = argv;
  env->thread.name = "";
  CHECK(uv_loop_init(&env->loop) == 0);
  env->loop.data = env;
  env->milestones[ENV_MILESTONE_ENGINE] = uv_hrtime();
  env->ctx = engine_new();
  env->interrupts = engine_interrupts_new(env->ctx);
  env->milestones[ENV_MILESTONE_ENVIRONMENT] = uv_hrtime();
  current = env;
  return env;
}

lode_env *env_new(int argc, char **argv) {
  lode_env *env = new_env(argc, argv);
  const char *root = getenv("LODE_LIB");
  env->lib_root = root && *root ? root : NULL;
  return env;
}

lode_env *env_new_thread(const lode_env *parent, const struct env_thread *thread) {
  lode_env *env = new_env(parent->argc, parent->argv);
  env->lib_root = parent->lib_root;
  env->thread = *thread;
  env->exit_code = 1; // of a thread that is stopped
  return env;
}

// ---- The gate ----

// Prints what cannot be handed to JavaScript, because its handler does not exist or itself failed.
static void print_raw(lode_env *env, js_val error) {
  js_text text, stack = {0};
  bool has_stack = js_is_object(env->ctx, error) &&
                   js_text_take(env->ctx, js_get(env->ctx, js_as_object(error), "stack"), &stack, NULL);
  if (js_text_take(env->ctx, error, &text, NULL)) {
    fprintf(stderr, "%s\n%s\n", text.data, has_stack ? stack.data : "");
    js_text_drop(&text);
  }
  if (has_stack) js_text_drop(&stack);
}

void env_report(lode_env *env, js_val error) {
  if (env->stopping) return;
  js_val failure = NULL;
  if (env->on_uncaught.value) {
    js_val argv[] = {error, js_bool(false)};
    js_call(env->ctx, js_as_object(env->on_uncaught.value), NULL, 2, argv, &failure);
    env->failed = true;
    if (!failure) return;
    if (engine_stopped(env->interrupts)) return env_halt(env);
  }
  print_raw(env, failure ? failure : error);
  fflush(NULL);
  if (env_is_worker(env)) {
    env_exit_thread(env, 7);
    return;
  }
  env_stdio_restore(env);
  _Exit(7);
}

void env_halt(lode_env *env) {
  env->stopping = true;
  uv_stop(&env->loop);
}

double env_take_parcel(lode_env *env) {
  double parcel = env->thread.parcel;
  env->thread.parcel = 0;
  return parcel;
}

void env_exit_thread(lode_env *env, int code) {
  CHECK(env_is_worker(env));
  env->exit_code = code;
  env->exiting = true;
  engine_stop_self(env->interrupts);
  env_halt(env);
}

// What was thrown may be the engine's word for "stopped", which is nobody's error.
static void on_thrown(lode_env *env, js_val error) {
  if (LODE_UNLIKELY(engine_stopped(env->interrupts)))
    env_halt(env);
  else
    env_report(env, error);
}

// What ran last may have left its async context: an async function's continuation just ends.
static void forget_context(lode_env *env) {
  js_val end =
      env->shared[SHARED_CONTEXT] == 2 ? js_get(env->ctx, js_as_object(env->context.value), "end") : NULL;
  if (end) env_call(env, js_as_object(end), NULL, 0, NULL);
  js_set(env->ctx, js_as_object(env->context.value), "c", js_undefined());
}

js_ctx env_enter(lode_env *env) {
  js_lock(env->ctx);
  if (!env->depth++) {
    __atomic_store_n(&env->entries, env->entries + 1, __ATOMIC_RELAXED);
    if (LODE_UNLIKELY(env->shared[SHARED_CONTEXT])) forget_context(env);
  }
  return env->ctx;
}

// The engine may have been stopped by another thread, or in a microtask, which no call reports.
bool env_stopping(lode_env *env) {
  if (LODE_UNLIKELY(engine_stopped(env->interrupts)) && !env->stopping) env_halt(env);
  return env->stopping;
}

js_val env_call(lode_env *env, js_obj fn, js_val self, size_t argc, const js_val argv[]) {
  if (env_stopping(env)) return NULL;
  js_val error = NULL;
  js_val result = js_call(env->ctx, fn, self, argc, argv, &error);
  if (LODE_LIKELY(!error)) return result;
  on_thrown(env, error);
  return NULL;
}

static bool work_queued(const lode_env *env) {
  return (env->shared[SHARED_HAS_TICKS] | env->shared[SHARED_HAS_REJECTIONS]) && !env->stopping;
}

void env_leave(lode_env *env) {
  // A stopped thread keeps the lock to its end: letting go would run the microtasks that are left.
  if (LODE_UNLIKELY(env->stopping && env_is_worker(env) && env->depth == 1)) {
    env->depth--;
    return;
  }
  if (env->depth > 1) {
    env->depth--;
    js_unlock(env->ctx);
    return;
  }
  for (;;) {
    while (env->shared[SHARED_HAS_TICKS] && !env->stopping && !env->failed)
      env_call(env, js_as_object(env->run_ticks.value), NULL, 0, NULL);
    js_unlock(env->ctx); // microtasks run here; depth stays 1 so that C called by them nests
    if (!work_queued(env) || env->failed) break;
    js_lock(env->ctx);
    // With no ticks, only rejections are waiting: run_ticks looks at them after the microtasks.
    if (!env->shared[SHARED_HAS_TICKS]) env_call(env, js_as_object(env->run_ticks.value), NULL, 0, NULL);
  }
  env->failed = false;
  env->depth--;
}

// ---- Bindings ----

extern const lode_binding __start_lode_bindings[], __stop_lode_bindings[];

void *binding_state(lode_env *env, const lode_binding *binding) {
  return env->bindings[binding - __start_lode_bindings].state;
}

static js_val open_binding(lode_env *env, js_ctx ctx, const lode_binding *binding) {
  size_t slot = (size_t)(binding - __start_lode_bindings);
  CHECK(slot < ENV_MAX_BINDINGS);
  if (env->bindings[slot].target.value) return env->bindings[slot].target.value;
  js_lock(ctx);
  js_obj target = js_object(ctx);
  env->bindings[slot].target = js_ref_take(ctx, target);
  env->bindings[slot].state = lode_zalloc(binding->state_size);
  binding->init(env, ctx, target, env->bindings[slot].state);
  js_unlock(ctx);
  return target;
}

JS_FN(get_binding) {
  js_text name;
  if (!js_text_take(ctx, JS_ARG(0), &name, exc)) return js_undefined();
  js_val found = NULL;
  for (const lode_binding *b = __start_lode_bindings; b < __stop_lode_bindings && !found; b++)
    if (!strcmp(b->name, name.data)) found = open_binding(env_current(), ctx, b);
  if (!found) js_throw_error(ctx, exc, "Error", "ERR_INVALID_MODULE", "No such binding: %s", name.data);
  js_text_drop(&name);
  return found ? found : js_undefined();
}

// ---- Bootstrap and teardown ----

bool env_bootstrap(lode_env *env) {
  js_ctx ctx = env_enter(env);
  js_val error = NULL;
  js_val fn = builtin_compile(ctx, "runtime/env/bootstrap", &error);
  if (fn) {
    js_val none = js_undefined();
    js_val argv[] = {none, none, none, none, js_function(ctx, "binding", get_binding)};
    js_call(ctx, js_as_object(fn), NULL, 5, argv, &error);
  }
  if (error) on_thrown(env, error);
  env->milestones[ENV_MILESTONE_BOOTSTRAP] = uv_hrtime();
  env_leave(env);
  return !error;
}

int env_call_hook(lode_env *env, const char *name) {
  if (env_stopping(env)) return 0;
  env_enter(env);
  js_val hooks = js_get(env->ctx, js_as_object(env->hooks.value), name);
  js_val result = env_call(env, js_as_object(hooks), NULL, 0, NULL);
  int code = js_to_int(result ? result : js_int(0), 0);
  env_leave(env);
  return code;
}

void env_at_exit(lode_env *env, void (*fn)(void *), void *arg) {
  struct exit_hook *hook = lode_alloc(sizeof *hook);
  *hook = (struct exit_hook){env->exit_hooks, fn, arg};
  env->exit_hooks = hook;
}

void env_run_exit_hooks(lode_env *env) {
  while (env->exit_hooks) {
    struct exit_hook *hook = env->exit_hooks;
    env->exit_hooks = hook->next;
    hook->fn(hook->arg);
    free(hook);
  }
}

static void close_bindings(lode_env *env) {
  for (const lode_binding *b = __start_lode_bindings; b < __stop_lode_bindings; b++) {
    size_t slot = (size_t)(b - __start_lode_bindings);
    if (!env->bindings[slot].state) continue;
    if (b->teardown) b->teardown(env, env->bindings[slot].state);
    js_ref_drop(env->ctx, &env->bindings[slot].target);
  }
}

static void free_binding_states(lode_env *env) {
  for (size_t slot = 0; slot < ENV_MAX_BINDINGS; slot++) free(env->bindings[slot].state);
}

// Order: threads first, which look at their parent; then hooks, they may still use everything; then the
// loop's handles, whose close callbacks drop their references to JavaScript; then the bindings' own
// references; then the engine, whose finalizers may still look at binding states; the memory last.
void env_free(lode_env *env) {
  env->stopping = true;
  if (env->end_threads) env->end_threads(env);
  env_run_exit_hooks(env);
  env_close_handles(env);
  close_bindings(env);
  js_ref_drop(env->ctx, &env->run_ticks);
  js_ref_drop(env->ctx, &env->on_uncaught);
  js_ref_drop(env->ctx, &env->hooks);
  js_ref_drop(env->ctx, &env->context);
  engine_interrupts_free(env->interrupts);
  engine_release(env->ctx);
  free_binding_states(env);
  CHECK(uv_loop_close(&env->loop) == 0);
  current = NULL;
  free(env->loop_state);
  free(env);
}
