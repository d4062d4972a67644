// SPDX-License-Identifier: MIT
//
// binding('signals'): one uv_signal_t per signal that the program listens to. They never keep the loop alive.
#include "runtime/env/handle.h"

#include <signal.h>
#include <stdlib.h>

enum { MAX_SIGNAL = 65 };

struct watcher {
  lode_handle base;
  uv_signal_t uv;
};

struct signals_state {
  js_ref on_signal; // (number)
  struct watcher *watchers[MAX_SIGNAL];
};

extern const lode_binding lode_binding_signals;

static void on_closed(uv_handle_t *handle) { free(handle->data); }
static void close_watcher(uv_handle_t *handle) { uv_close(handle, on_closed); }

static void on_signal(uv_signal_t *handle, int number) {
  lode_env *env = handle->loop->data;
  struct signals_state *state = binding_state(env, &lode_binding_signals);
  env_enter(env);
  js_val argv[] = {js_int(number)};
  env_call(env, js_as_object(state->on_signal.value), NULL, 1, argv);
  env_leave(env);
}

JS_FN(setup) {
  struct signals_state *state = binding_state(env_current(), &lode_binding_signals);
  state->on_signal = js_ref_take(ctx, JS_ARG(0));
  return js_undefined();
}

// (number) => 0 or a negative errno
JS_FN(start) {
  lode_env *env = env_current();
  struct signals_state *state = binding_state(env, &lode_binding_signals);
  int number = js_to_int(JS_ARG(0), 0);
  if (number <= 0 || number >= MAX_SIGNAL) return js_int(UV_EINVAL);
  if (state->watchers[number]) return js_int(0);
  struct watcher *watcher = lode_zalloc(sizeof *watcher);
  watcher->base.close = close_watcher;
  uv_signal_init(env_loop(env), &watcher->uv);
  watcher->uv.data = watcher;
  int error = uv_signal_start(&watcher->uv, on_signal, number);
  uv_unref((uv_handle_t *)&watcher->uv);
  if (error)
    close_watcher((uv_handle_t *)&watcher->uv);
  else
    state->watchers[number] = watcher;
  return js_int(error);
}

JS_FN(stop) {
  struct signals_state *state = binding_state(env_current(), &lode_binding_signals);
  int number = js_to_int(JS_ARG(0), 0);
  if (number <= 0 || number >= MAX_SIGNAL || !state->watchers[number]) return js_undefined();
  close_watcher((uv_handle_t *)&state->watchers[number]->uv);
  state->watchers[number] = NULL;
  return js_undefined();
}

static void signals_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  static const js_fn_spec functions[] = {{"setup", setup}, {"start", start}, {"stop", stop}};
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}

static void signals_close(lode_env *env, void *memory) {
  js_ref_drop(env_ctx(env), &((struct signals_state *)memory)->on_signal);
}

LODE_BINDING(signals, sizeof(struct signals_state), signals_init, signals_close);
