// SPDX-License-Identifier: MIT
//
// The common part of every byte stream, and the binding 'io_stream' through which JavaScript works on any of
// them.
//
// Events reach JavaScript through four functions handed over once (setup); the stream's JavaScript object is
// their first argument, so that no closure per stream exists. Operations that end later take a callback.
#include "runtime/io/stream.h"
#include "runtime/io/batch.h"
#include "runtime/io/uv_stream.h"

#include <stdlib.h>

enum { SLAB_SIZE = 64 * 1024, GIVE_AWAY_FROM = 24 * 1024, MAX_CHUNKS = 1024 };

struct stream_state {
  js_ref onread;       // (object, nread, arraybuffer | undefined)
  js_ref onconnection; // (object, status, native, type)
  js_ref onwrite;      // (object, callback, status)
  js_ref onhandle;     // (object, native | undefined, type)
  uint8_t *slab;       // borrowed by one read at a time; NULL until needed
  lode_batch *batch;
};

extern const lode_binding lode_binding_io_stream;
const js_native_type lode_stream_type = {"Stream", NULL};

static struct stream_state *state_of(lode_env *env) { return binding_state(env, &lode_binding_io_stream); }

// ---- The interface ----

js_obj lode_stream_init(lode_stream *s, const lode_stream_ops *ops, lode_env *env) {
  js_ctx ctx = env_ctx(env);
  *s = (lode_stream){.ops = ops, .env = env};
  js_obj native = js_native_new(ctx, &lode_stream_type, s);
  s->native = js_ref_take(ctx, native);
  return native;
}

static void detach(lode_stream *s) {
  if (s->native.value) js_native_clear(s->native.value);
  js_ref_drop(env_ctx(s->env), &s->native);
}

static void forget_reader(lode_stream *s) {
  lode_stream_close_fn on_close = s->on_close;
  void *arg = s->reader_arg;
  s->reader = NULL;
  s->on_close = NULL;
  s->flush = NULL;
  s->batched = false;
  s->reader_arg = NULL;
  if (on_close) on_close(s, arg);
}

void lode_stream_finish(lode_stream *s) {
  s->closing = true;
  forget_reader(s);
  js_ctx ctx = env_enter(s->env);
  detach(s);
  js_ref_drop(ctx, &s->object);
  js_val fn = s->closed.value;
  if (fn && js_is_function(ctx, fn)) env_call(s->env, js_as_object(fn), NULL, 0, NULL);
  js_ref_drop(ctx, &s->closed);
  env_leave(s->env);
}

void lode_stream_close(lode_stream *s) {
  if (s->closing) return;
  if (s->flush) s->flush(s, s->reader_arg);
  s->closing = true;
  s->reading = false;
  detach(s);
  s->ops->close(s);
}

lode_stream *lode_stream_from(js_val native) { return js_native_get(native, &lode_stream_type); }

void lode_stream_set_reader(lode_stream *s, lode_stream_read_fn fn, lode_stream_close_fn on_close,
                            void *arg) {
  s->reader = fn;
  s->on_close = on_close;
  s->flush = NULL;
  s->batched = false;
  s->reader_arg = arg;
}

static void deliver_to_js(lode_stream *s, ssize_t nread, uint8_t *owned) {
  struct stream_state *state = state_of(s->env);
  if (!s->object.value || !state->onread.value) {
    free(owned);
    return;
  }
  js_ctx ctx = env_enter(s->env);
  js_val bytes = nread > 0 ? js_arraybuffer_take(ctx, owned, (size_t)nread) : js_undefined();
  js_val argv[] = {s->object.value, js_int((int32_t)nread), bytes};
  env_call(s->env, js_as_object(state->onread.value), NULL, 3, argv);
  env_leave(s->env);
}

void lode_stream_deliver(lode_stream *s, ssize_t nread, const uint8_t *data) {
  if (nread > 0) s->bytes_read += (uint64_t)nread;
  if (s->reader) {
    s->reader(s, nread, data, s->reader_arg);
    return;
  }
  uint8_t *copy = NULL;
  if (nread > 0) copy = memcpy(lode_alloc((size_t)nread), data, (size_t)nread);
  deliver_to_js(s, nread, copy);
}

void lode_stream_deliver_take(lode_stream *s, ssize_t nread, uint8_t *data) {
  if (s->reader || nread < GIVE_AWAY_FROM) {
    lode_stream_deliver(s, nread, data);
    free(data);
    return;
  }
  s->bytes_read += (uint64_t)nread;
  deliver_to_js(s, nread, lode_realloc(data, (size_t)nread));
}

// ---- Services to implementations ----

uv_buf_t lode_stream_slab_borrow(lode_env *env) {
  struct stream_state *state = state_of(env);
  if (!state->slab) state->slab = lode_alloc(SLAB_SIZE);
  return uv_buf_init((char *)state->slab, SLAB_SIZE);
}

struct lode_batch *lode_stream_batch(lode_env *env) {
  return state_of(env)->batch;
}

void lode_stream_slab_give_away(lode_env *env) { state_of(env)->slab = NULL; }

void lode_stream_emit_connection(lode_stream *server, int status, js_val client, int type) {
  struct stream_state *state = state_of(server->env);
  if (!server->object.value) return;
  env_enter(server->env);
  js_val argv[] = {server->object.value, js_int(status), client, js_int(type)};
  env_call(server->env, js_as_object(state->onconnection.value), NULL, 4, argv);
  env_leave(server->env);
}

void lode_stream_emit_handle(lode_stream *channel, js_val native, int type) {
  struct stream_state *state = state_of(channel->env);
  if (!channel->object.value) return;
  js_val argv[] = {channel->object.value, native, js_int(type)};
  env_call(channel->env, js_as_object(state->onhandle.value), NULL, 3, argv);
}

struct callback {
  js_ref fn;
};

void *lode_stream_callback_take(lode_env *env, js_val fn) {
  struct callback *callback = lode_alloc(sizeof *callback);
  callback->fn = js_ref_take(env_ctx(env), fn);
  return callback;
}

void lode_stream_callback_drop(lode_env *env, void *arg) {
  struct callback *callback = arg;
  js_ref_drop(env_ctx(env), &callback->fn);
  free(callback);
}

void lode_stream_callback_run(lode_env *env, void *arg, int status) {
  struct callback *callback = arg;
  js_ctx ctx = env_enter(env);
  js_val fn = callback->fn.value;
  if (js_is_function(ctx, fn)) {
    js_val argv[] = {js_int(status)};
    env_call(env, js_as_object(fn), NULL, 1, argv);
  }
  lode_stream_callback_drop(env, callback);
  env_leave(env);
}

// ---- What JavaScript calls ----

void lode_stream_write_done(lode_stream *s, int status, void *arg) {
  struct callback *callback = arg;
  struct stream_state *state = state_of(s->env);
  env_enter(s->env);
  js_val argv[] = {s->object.value ? s->object.value : js_undefined(), callback->fn.value, js_int(status)};
  env_call(s->env, js_as_object(state->onwrite.value), NULL, 3, argv);
  lode_stream_callback_drop(s->env, callback);
  env_leave(s->env);
}

static void shutdown_done(lode_stream *s, int status, void *arg) {
  lode_stream_callback_run(s->env, arg, status);
}

static js_val write_and_keep(lode_stream *s, const uv_buf_t *bufs, unsigned count, js_val owner, js_val fn) {
  if (s->flush) s->flush(s, s->reader_arg);
  // Most writes end here: fn is only protected when it has to wait.
  struct callback *callback = lode_alloc(sizeof *callback);
  callback->fn.value = fn;
  int result = s->ops->write(s, bufs, count, owner, lode_stream_write_done, callback);
  if (result == 1)
    callback->fn = js_ref_take(env_ctx(s->env), fn);
  else
    free(callback);
  return js_int(result);
}

// attach(native, object): object is what events are given; it lives while the stream is open.
JS_FN(stream_attach) {
  lode_stream *s = lode_stream_from(JS_ARG(0));
  if (!s) return js_int(UV_EBADF);
  js_ref_drop(ctx, &s->object);
  s->object = js_ref_take(ctx, JS_ARG(1));
  return js_int(0);
}

JS_FN(stream_read_start) {
  lode_stream *s = lode_stream_from(JS_ARG(0));
  return js_int(s ? lode_stream_read_start(s) : UV_EBADF);
}

JS_FN(stream_read_stop) {
  lode_stream *s = lode_stream_from(JS_ARG(0));
  return js_int(s ? lode_stream_read_stop(s) : UV_EBADF);
}

// write(native, bytes, callback): 0 done, 1 queued (onwrite comes later), negative errno.
JS_FN(stream_write) {
  lode_stream *s = lode_stream_from(JS_ARG(0));
  uint8_t *data;
  size_t length;
  if (!s) return js_int(UV_EBADF);
  if (!js_bytes(ctx, JS_ARG(1), &data, &length)) return js_int(UV_EINVAL);
  uv_buf_t buf = {.base = (char *)data, .len = length};
  return write_and_keep(s, &buf, 1, argv[1], JS_ARG(2));
}

// Text in the encodings that need no conversion table. latin1: each code unit's low byte.
static char *encode_latin1(js_ctx ctx, js_val text, size_t *length, js_val *exc) {
  js_units units;
  js_utf16 converted;
  if (!js_units_borrow(ctx, text, &units)) { // no string
    if (!js_utf16_take(ctx, text, &converted, exc)) return NULL;
    units = (js_units){converted.data, converted.length, true, converted.owner};
  }
  char *out = lode_alloc(units.length + 1);
  js_units_to_latin1(&units, out);
  *length = units.length;
  js_units_drop(&units);
  return out;
}

// writeText(native, text, latin1, callback): UTF-8 unless latin1 is true.
JS_FN(stream_write_text) {
  lode_stream *s = lode_stream_from(JS_ARG(0));
  if (!s) return js_int(UV_EBADF);
  js_val result;
  if (js_is_true(JS_ARG(2))) {
    size_t length;
    char *bytes = encode_latin1(ctx, JS_ARG(1), &length, exc);
    if (!bytes) return js_undefined();
    uv_buf_t buf = {.base = bytes, .len = length};
    result = write_and_keep(s, &buf, 1, NULL, JS_ARG(3));
    free(bytes);
    return result;
  }
  js_text text;
  if (!js_text_take(ctx, JS_ARG(1), &text, exc)) return js_undefined();
  uv_buf_t buf = {.base = text.data, .len = text.length};
  result = write_and_keep(s, &buf, 1, NULL, JS_ARG(3));
  js_text_drop(&text);
  return result;
}

// writev(native, [bytes...], callback)
JS_FN(stream_writev) {
  lode_stream *s = lode_stream_from(JS_ARG(0));
  if (!s) return js_int(UV_EBADF);
  if (!js_is_object(ctx, JS_ARG(1))) return js_int(UV_EINVAL);
  js_obj list = js_as_object(argv[1]);
  uint32_t count = js_length(ctx, list);
  if (count > MAX_CHUNKS) return js_int(UV_E2BIG); // JavaScript joins longer lists
  uv_buf_t *bufs = lode_alloc(sizeof *bufs * count);
  for (uint32_t i = 0; i < count; i++) {
    uint8_t *data;
    size_t length;
    if (!js_bytes(ctx, js_get_index(ctx, list, i), &data, &length)) {
      free(bufs);
      return js_int(UV_EINVAL);
    }
    bufs[i] = (uv_buf_t){.base = (char *)data, .len = length};
  }
  js_val result = write_and_keep(s, bufs, count, argv[1], JS_ARG(2));
  free(bufs);
  return result;
}

JS_FN(stream_shutdown) {
  lode_stream *s = lode_stream_from(JS_ARG(0));
  if (!s) return js_int(UV_EBADF);
  void *callback = lode_stream_callback_take(s->env, JS_ARG(1));
  int result = lode_stream_shutdown(s, shutdown_done, callback);
  if (result < 0) lode_stream_callback_drop(s->env, callback);
  return js_int(result);
}

// close(native, callback?): false when it is closed or closing already; then callback is not called.
JS_FN(stream_close) {
  lode_stream *s = lode_stream_from(JS_ARG(0));
  if (!s) return js_bool(false);
  if (js_is_function(ctx, JS_ARG(1))) s->closed = js_ref_take(ctx, argv[1]);
  lode_stream_close(s);
  return js_bool(true);
}

JS_FN(stream_ref) {
  lode_stream *s = lode_stream_from(JS_ARG(0));
  if (s) s->ops->ref(s, js_is_true(JS_ARG(1)));
  return js_undefined();
}

JS_FN(stream_has_ref) {
  lode_stream *s = lode_stream_from(JS_ARG(0));
  return js_bool(s && s->ops->has_ref(s));
}

JS_FN(stream_fd) {
  lode_stream *s = lode_stream_from(JS_ARG(0));
  return js_int(s ? s->ops->fd(s) : -1);
}

JS_FN(stream_queued) {
  lode_stream *s = lode_stream_from(JS_ARG(0));
  return js_num(s ? (double)lode_stream_queued(s) : 0);
}

JS_FN(stream_bytes_read) {
  lode_stream *s = lode_stream_from(JS_ARG(0));
  return js_num(s ? (double)s->bytes_read : 0);
}

JS_FN(stream_bytes_written) {
  lode_stream *s = lode_stream_from(JS_ARG(0));
  return js_num(s ? (double)s->bytes_written : 0);
}

JS_FN(stream_setup) {
  struct stream_state *state = state_of(env_current());
  state->onread = js_ref_take(ctx, JS_ARG(0));
  state->onconnection = js_ref_take(ctx, JS_ARG(1));
  state->onwrite = js_ref_take(ctx, JS_ARG(2));
  state->onhandle = js_ref_take(ctx, JS_ARG(3));
  return js_undefined();
}

static const js_fn_spec functions[] = {
    {"setup", stream_setup},        {"attach", stream_attach},        {"readStart", stream_read_start},
    {"readStop", stream_read_stop}, {"write", stream_write},          {"writeText", stream_write_text},
    {"writev", stream_writev},      {"shutdown", stream_shutdown},    {"close", stream_close},
    {"setRef", stream_ref},         {"hasRef", stream_has_ref},       {"fd", stream_fd},
    {"queued", stream_queued},      {"bytesRead", stream_bytes_read}, {"bytesWritten", stream_bytes_written},
};

static void init(lode_env *env, js_ctx ctx, js_obj target, void *memory) {
  struct stream_state *state = memory;
  state->batch = lode_batch_new(env);
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}

static void teardown(lode_env *env, void *memory) {
  struct stream_state *state = memory;
  js_ctx ctx = env_ctx(env);
  js_ref_drop(ctx, &state->onread);
  js_ref_drop(ctx, &state->onconnection);
  js_ref_drop(ctx, &state->onwrite);
  js_ref_drop(ctx, &state->onhandle);
  free(state->slab);
  lode_batch_free(state->batch);
}

LODE_BINDING(io_stream, sizeof(struct stream_state), init, teardown);
