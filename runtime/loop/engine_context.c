// SPDX-License-Identifier: MIT
//
// The engine posts deferred work (collector timers, finalization callbacks, asynchronous WebAssembly) to a
// GLib main context. This file drives that context from the libuv loop: before each poll it asks the context
// when it wants to run next, and dispatches it when its descriptors or its time come up. It never keeps the
// process alive.
//
// Asking takes a microsecond or so. A loop that turns many times a millisecond asks in the first few of these
// turns only, and has the timer see to it that there is a turn in the next millisecond.
#include "runtime/loop/internal.h"

enum { MAX_ASKED = 4 }; // in a millisecond

static __thread GMainContext *thread_context;

void loop_engine_context_new(void) {
  CHECK(!thread_context);
  thread_context = g_main_context_new();
  g_main_context_acquire(thread_context);
  g_main_context_push_thread_default(thread_context);
}

void loop_engine_context_free(void) {
  g_main_context_pop_thread_default(thread_context);
  g_main_context_release(thread_context);
  g_main_context_unref(thread_context);
  thread_context = NULL;
}

static void dispatch(struct loop_state *state) {
  env_enter(state->env);
  for (int turns = 0; turns < 8 && g_main_context_iteration(state->engine_context, FALSE); turns++)
    ;
  env_leave(state->env);
}

static void on_poll(uv_poll_t *handle, LODE_UNUSED int status, LODE_UNUSED int events) {
  lode_env *env = handle->loop->data;
  dispatch(env->loop_state);
}

static void on_timer(uv_timer_t *handle) {
  dispatch(LODE_CONTAINER(handle, struct loop_state, engine_timer));
}

static void watch(struct loop_state *state, int fd) {
  for (int i = 0; i < state->engine_poll_count; i++)
    if (state->engine_fds[i].fd == fd) return;
  if (state->engine_poll_count == ENGINE_POLLS) return;
  int slot = state->engine_poll_count;
  if (uv_poll_init(&state->env->loop, &state->engine_polls[slot], fd)) return;
  state->engine_fds[slot].fd = fd;
  state->engine_poll_count++;
  uv_poll_start(&state->engine_polls[slot], UV_READABLE, on_poll);
  uv_unref((uv_handle_t *)&state->engine_polls[slot]);
}

static bool asked_enough(struct loop_state *state) {
  uint64_t now = uv_now(&state->env->loop);
  if (now != state->engine_asked_at) {
    state->engine_asked_at = now;
    state->engine_asked = 0;
  }
  return ++state->engine_asked > MAX_ASKED;
}

static void ask_soon(struct loop_state *state) {
  if (uv_is_active((uv_handle_t *)&state->engine_timer) && uv_timer_get_due_in(&state->engine_timer) <= 1)
    return;
  uv_timer_start(&state->engine_timer, on_timer, 1, 0);
  uv_unref((uv_handle_t *)&state->engine_timer);
}

static void on_prepare(uv_prepare_t *handle) {
  struct loop_state *state = LODE_CONTAINER(handle, struct loop_state, engine_prepare);
  if (asked_enough(state)) {
    ask_soon(state);
    return;
  }
  int again = (int)engine_sleep(state->env->interrupts);
  GPollFD fds[ENGINE_POLLS];
  gint priority, timeout;
  gboolean ready = g_main_context_prepare(state->engine_context, &priority);
  int count = g_main_context_query(state->engine_context, priority, &timeout, fds, ENGINE_POLLS);
  if (LODE_UNLIKELY(count > state->engine_poll_count))
    for (int i = 0; i < count && i < ENGINE_POLLS; i++) watch(state, fds[i].fd);
  if (ready) timeout = 0;
  if (again && (timeout < 0 || timeout > again)) timeout = again;
  if (timeout < 0) {
    uv_timer_stop(&state->engine_timer);
    return;
  }
  uv_timer_start(&state->engine_timer, on_timer, (uint64_t)timeout, 0);
  uv_unref((uv_handle_t *)&state->engine_timer);
}

void loop_engine_context_attach(struct loop_state *state) {
  CHECK(thread_context);
  uv_loop_t *loop = &state->env->loop;
  state->engine_context = thread_context;
  uv_timer_init(loop, &state->engine_timer);
  uv_unref((uv_handle_t *)&state->engine_timer);
  uv_prepare_init(loop, &state->engine_prepare);
  uv_prepare_start(&state->engine_prepare, on_prepare);
  uv_unref((uv_handle_t *)&state->engine_prepare);
}

// The context itself outlives this: the engine posts to it until it is gone.
void loop_engine_context_close(struct loop_state *state) { state->engine_context = NULL; }
