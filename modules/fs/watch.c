// SPDX-License-Identifier: MIT
//
// Watching: fs events (inotify and its kin) and polling with stat.
//
// Ownership: a `watcher` is freed in its handle's close callback. While it runs, C holds its owner (a
// js_ref), so an open watcher is never collected; the native object only carries the pointer and is cleared
// on close.
#include "modules/fs/fs.h"

#include <stdlib.h>
#include "runtime/env/handle.h"

typedef struct watcher {
  lode_handle base; // first: teardown finds it through handle->data
  union {
    uv_handle_t handle;
    uv_fs_event_t event;
    uv_fs_poll_t poll;
  } uv;
  fs_state *state;
  js_ref owner;
  js_ref native;
  bool bytes, bigint;
} watcher;

static const js_native_type watcher_type = {"FSWatchHandle", NULL};

static void watcher_closed(uv_handle_t *handle) {
  watcher *w = LODE_CONTAINER(handle, watcher, uv);
  free(w);
}

// Lets go of JavaScript, then of the handle. Safe to call once only: the native object is cleared.
static void watcher_close(watcher *w, js_ctx ctx) {
  if (w->native.value) js_native_clear(w->native.value);
  js_ref_drop(ctx, &w->native);
  js_ref_drop(ctx, &w->owner);
  uv_close(&w->uv.handle, watcher_closed);
}

static void watcher_teardown(uv_handle_t *handle) {
  watcher *w = LODE_CONTAINER(handle, watcher, uv);
  watcher_close(w, env_ctx(w->state->env));
}

static watcher *watcher_new(void) {
  watcher *w = lode_zalloc(sizeof(*w));
  w->base.close = watcher_teardown;
  w->state = fs_state_current();
  return w;
}

// The watcher becomes JavaScript's: returns its native object.
static js_val watcher_publish(watcher *w, js_ctx ctx, js_val owner) {
  js_val native = js_native_new(ctx, &watcher_type, w);
  w->native = js_ref_take(ctx, native);
  w->owner = js_ref_take(ctx, owner);
  return native;
}

// The end of both kinds of start: the native object, or the error that starting gave.
static js_val watcher_started(watcher *w, int result, js_ctx ctx, js_val owner, bool persistent) {
  if (result < 0) {
    uv_close(&w->uv.handle, watcher_closed);
    return js_int(result);
  }
  if (!persistent) uv_unref(&w->uv.handle);
  return watcher_publish(w, ctx, owner);
}

static void on_event(uv_fs_event_t *handle, const char *filename, int events, int status) {
  watcher *w = LODE_CONTAINER(handle, watcher, uv);
  fs_state *state = w->state;
  js_ctx ctx = env_enter(state->env);
  js_val name = filename ? fs_text_or_bytes(ctx, filename, strlen(filename), w->bytes) : js_null();
  js_val argv[] = {w->owner.value, js_int(status), js_int(events), name};
  env_call(state->env, js_as_object(state->on_watch.value), js_undefined(), LODE_COUNT(argv), argv);
  env_leave(state->env);
}

// watchStart(owner, path, persistent, recursive, bytes): a native object or an error
JS_FN(fs_watch_start) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(1), &path)) return js_int(UV_EINVAL);
  watcher *w = watcher_new();
  w->bytes = js_is_true(JS_ARG(4));
  int r = uv_fs_event_init(env_loop(w->state->env), &w->uv.event);
  CHECK(r == 0);
  w->uv.handle.data = w;
  r = uv_fs_event_start(&w->uv.event, on_event, path.chars,
                        js_is_true(JS_ARG(3)) ? UV_FS_EVENT_RECURSIVE : 0);
  fs_path_drop(&path);
  return watcher_started(w, r, ctx, JS_ARG(0), js_is_true(JS_ARG(2)));
}

static void on_poll(uv_fs_poll_t *handle, int status, const uv_stat_t *previous, const uv_stat_t *current) {
  watcher *w = LODE_CONTAINER(handle, watcher, uv);
  fs_state *state = w->state;
  env_enter(state->env);
  fs_put_stat(state, current, w->bigint, 0);
  fs_put_stat(state, previous, w->bigint, 1);
  js_val argv[] = {w->owner.value, js_int(status)};
  env_call(state->env, js_as_object(state->on_poll.value), js_undefined(), LODE_COUNT(argv), argv);
  env_leave(state->env);
}

// pollStart(owner, path, persistent, interval, bigint): a native object or an error
JS_FN(fs_poll_start) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(1), &path)) return js_int(UV_EINVAL);
  watcher *w = watcher_new();
  w->bigint = js_is_true(JS_ARG(4));
  int r = uv_fs_poll_init(env_loop(w->state->env), &w->uv.poll);
  CHECK(r == 0);
  w->uv.handle.data = w;
  r = uv_fs_poll_start(&w->uv.poll, on_poll, path.chars, (unsigned)js_to_int64(JS_ARG(3), 5007));
  fs_path_drop(&path);
  return watcher_started(w, r, ctx, JS_ARG(0), js_is_true(JS_ARG(2)));
}

// watchClose(native): idempotent
JS_FN(fs_watch_close) {
  watcher *w = js_native_get(JS_ARG(0), &watcher_type);
  if (w) watcher_close(w, ctx);
  return js_undefined();
}

// watchRef(native, whether it keeps the process alive)
JS_FN(fs_watch_ref) {
  watcher *w = js_native_get(JS_ARG(0), &watcher_type);
  if (!w) return js_undefined();
  if (js_is_true(JS_ARG(1)))
    uv_ref(&w->uv.handle);
  else
    uv_unref(&w->uv.handle);
  return js_undefined();
}

static const js_fn_spec specs[] = {
    {"watchStart", fs_watch_start},
    {"pollStart", fs_poll_start},
    {"watchClose", fs_watch_close},
    {"watchRef", fs_watch_ref},
};
const fs_table fs_watch_table = {specs, LODE_COUNT(specs)};
