// SPDX-License-Identifier: MIT
//
// binding('worker'): threads, as JavaScript starts and sees them. The JavaScript half of a Worker holds a
// native object whose C side is the Worker's until the thread's end has been told: then it stays as an empty
// shell for the collector.
#include "modules/worker_threads/ports.h"
#include "runtime/loop/loop.h"
#include "runtime/loop/thread.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

extern const lode_binding lode_binding_worker;

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
  // What the thread was to begin with and did not take. Not left to JavaScript: this environment may be
  // stopped, too.
  if (end.parcel) lode_parcel_drop((lode_parcel *)(uintptr_t)end.parcel);
  env_enter(env);
  js_val argv[] = {js_int(end.code), js_int(end.reason)};
  env_call(env, js_as_object(callback.value), NULL, 2, argv);
  js_ref_drop(env_ctx(env), &callback);
  env_leave(env);
}

// The parcel is the thread's, also where it cannot be started.
// (id, parcel, name, stackBytes, heapBytes, onEnd) => the thread's object, or a negative errno
JS_FN(start) {
  js_text name;
  if (!js_text_take(ctx, JS_ARG(2), &name, exc)) return js_undefined();
  lode_parcel *parcel = ports_claim(ports_state_of(env_current()), JS_ARG(1));
  CHECK(parcel);
  struct thread_options options = {.thread = {.id = js_to_num(JS_ARG(0), 0),
                                              .parcel = (double)(uintptr_t)parcel,
                                              .name = name.data,
                                              .heap_bytes = (size_t)js_to_num(JS_ARG(4), 0)},
                                   .stack_bytes = (size_t)js_to_num(JS_ARG(3), 0)};
  struct worker *worker = lode_zalloc(sizeof *worker);
  worker->env = env_current();
  worker->on_end = js_ref_take(ctx, JS_ARG(5));
  int error = thread_start(worker->env, &options, on_end, worker, &worker->thread);
  js_text_drop(&name);
  if (!error) return js_native_new(ctx, &worker_type, worker);
  lode_parcel_drop(parcel);
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
  double running, idle; // milliseconds
};

static void read_loop_times(lode_env *env, void *result) {
  struct loop_times *times = result;
  times->running = (double)(uv_hrtime() - env_milestones(env)[ENV_MILESTONE_LOOP_START]) / 1e6;
  times->idle = (double)loop_idle_ns(env) / 1e6;
}

// (thread) => [time since its loop began, idle time], in milliseconds, or undefined
JS_FN(loop_times) {
  lode_thread *thread = thread_of(JS_ARG(0));
  struct loop_times times;
  if (!thread || !thread_peek(thread, read_loop_times, &times)) return js_undefined();
  js_val pair[] = {js_num(times.running), js_num(times.idle)};
  return js_array(ctx, 2, pair);
}

// ---- Descriptors that the program of a worker opened by number ----

struct worker_state {
  uint8_t *open; // a bit per descriptor
  size_t bytes;
};

static bool set_open(struct worker_state *state, int fd, bool open) {
  size_t at = (size_t)fd / 8;
  uint8_t bit = (uint8_t)(1u << (fd % 8));
  if (at >= state->bytes) {
    if (!open) return false;
    state->open = lode_realloc(state->open, at + 64);
    memset(state->open + state->bytes, 0, at + 64 - state->bytes);
    state->bytes = at + 64;
  }
  bool was_open = state->open[at] & bit;
  state->open[at] = open ? state->open[at] | bit : state->open[at] & (uint8_t)~bit;
  return was_open != open;
}

// (fd, whether it was opened or closed) => whether that is news
JS_FN(track) {
  int fd = js_to_int(JS_ARG(0), -1);
  if (fd < 0) return js_bool(false);
  return js_bool(set_open(binding_state(env_current(), &lode_binding_worker), fd, js_is_true(JS_ARG(1))));
}

static void worker_close(LODE_UNUSED lode_env *env, void *memory) {
  struct worker_state *state = memory;
  for (size_t fd = 0; fd < state->bytes * 8; fd++)
    if (state->open[fd / 8] >> (fd % 8) & 1) close((int)fd);
  free(state->open);
}

// The ports are loaded by whoever calls it.
JS_FN(take_parcel) {
  lode_parcel *parcel = (lode_parcel *)(uintptr_t)env_take_parcel(env_current());
  CHECK(parcel);
  return ports_hand_out(ports_state_of(env_current()), parcel);
}

JS_FN(next_id) { return js_num((double)atomic_fetch_add(&last_thread_id, 1) + 1); }

static void worker_init(lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  static const js_fn_spec functions[] = {
      {"start", start},
      {"stop", stop},
      {"ref", ref},
      {"loopTimes", loop_times},
      {"nextId", next_id},
      {"track", track},
      {"takeParcel", take_parcel},
  };
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  js_set(ctx, target, "isWorker", js_bool(env_is_worker(env)));
  js_set(ctx, target, "id", js_num(env_thread(env)->id));
  js_set(ctx, target, "name", js_str(ctx, env_thread(env)->name));
}

LODE_BINDING(worker, sizeof(struct worker_state), worker_init, worker_close);
