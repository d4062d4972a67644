// SPDX-License-Identifier: MIT
//
// The environment: what one JavaScript thread owns. One engine, one loop, one set of binding states.
//
// How C gets into JavaScript. A callback of the loop does
//
//     js_ctx ctx = env_enter(env);                  // lock held: prepare arguments, nothing runs early
//     js_val argv[] = { js_int(status) };
//     env_call(env, fn, self, 1, argv);             // exceptions go to 'uncaughtException'
//     env_leave(env);                               // nextTick queue, microtasks, until both are empty
//
// env_enter nests; only the outermost env_leave runs ticks and microtasks.
#ifndef LODE_ENV_H
#define LODE_ENV_H

#include <uv.h>
#include "runtime/engine/engine.h"
#include "runtime/engine/interrupt.h"

typedef struct lode_env lode_env;

lode_env *env_current(void); // of the calling thread; NULL on threads without JavaScript
uv_loop_t *env_loop(lode_env *env);
js_ctx env_ctx(lode_env *env);
engine_interrupts *env_interrupts(lode_env *env); // borrowed; lives as long as the environment

js_ctx env_enter(lode_env *env);
// Calls fn; a thrown value is reported as uncaught. Returns NULL then, or when the environment is stopping.
js_val env_call(lode_env *env, js_obj fn, js_val self, size_t argc, const js_val argv[]);
void env_leave(lode_env *env);
// How often the gate was entered from outside, that is, how many callbacks ran so far. From any thread.
uint32_t env_entries(lode_env *env);
// True once no JavaScript may run any more, be it that another thread has stopped the engine just now.
bool env_stopping(lode_env *env);

// ---- Threads: see runtime/loop/thread.h ----

struct env_thread {
  double id; // of worker_threads; 0: the main thread
  double
      parcel; // what the thread's JavaScript unpacks first; see modules/worker_threads/ports.js. 0 once taken
  const char *name;  // shown by debuggers and `top`
  size_t heap_bytes; // what the engine may grow to, roughly; 0: no limit
};
const struct env_thread *env_thread(const lode_env *env); // of this environment; borrowed
static inline bool env_is_worker(const lode_env *env) { return env_thread(env)->id > 0; }
double env_take_parcel(lode_env *env); // the caller's from now on
// Ends a worker's JavaScript with an exit code: nothing of it runs any more once control is back in the loop,
// and what runs now is ended at its next loop or call.
void env_exit_thread(lode_env *env, int code);

// When things happened, on the clock of uv_hrtime: performance.nodeTiming shows them.
enum {
  ENV_MILESTONE_ORIGIN, // the thread began
  ENV_MILESTONE_START,
  ENV_MILESTONE_ENGINE,
  ENV_MILESTONE_ENVIRONMENT,
  ENV_MILESTONE_BOOTSTRAP,
  ENV_MILESTONE_LOOP_START,
  ENV_MILESTONE_LOOP_EXIT,
  ENV_MILESTONES
};
const uint64_t *env_milestones(lode_env *env);

// Runs at teardown, last registered first, before the loop closes its remaining handles.
void env_at_exit(lode_env *env, void (*fn)(void *), void *arg);

// ---- Bindings: the C half of a module ----
//
// A module's C half registers itself with one line at the end of a file:
//
//     LODE_BINDING(fs, sizeof(struct fs_state), fs_init, NULL);
//
// and the JavaScript half gets its table with binding('fs'). `init` runs once per environment, at first use,
// and fills `target`; `state` is zeroed memory of the given size that lives as long as the environment.
// Another file of the same module reaches it with `binding_state(env, &lode_binding_fs)`.
typedef struct lode_binding {
  const char *name;
  size_t state_size;
  void (*init)(lode_env *env, js_ctx ctx, js_obj target, void *state);
  void (*teardown)(lode_env *env, void *state); // may be NULL; runs before the engine is gone
} lode_binding;

#define LODE_BINDING(id, size, init_fn, teardown_fn)                                                         \
  const lode_binding lode_binding_##id                                                                       \
      __attribute__((used, section("lode_bindings"), aligned(8))) = {#id, size, init_fn, teardown_fn}

void *binding_state(lode_env *env, const lode_binding *binding); // NULL before the first binding('id')

#endif
