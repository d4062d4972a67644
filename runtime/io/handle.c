// SPDX-License-Identifier: MIT
//
// The common part of handles that are no streams; see handle.h.
#include "runtime/io/handle.h"

#include <stdlib.h>

static const js_native_type handle_type = {"Handle", NULL};

static void detach(lode_io_handle *self) {
  if (self->native.value) js_native_clear(self->native.value);
  js_ref_drop(env_ctx(self->env), &self->native);
}

static void free_handle(lode_io_handle *self) {
  detach(self);
  js_ref_drop(env_ctx(self->env), &self->object);
  if (self->drop)
    self->drop(self->extra);
  else
    free(self->extra);
  free(self);
}

static void on_closed(uv_handle_t *uv) {
  lode_io_handle *self = uv->data;
  lode_env *env = self->env;
  js_ref closed = self->closed;
  js_ctx ctx = env_enter(env);
  free_handle(self);
  if (closed.value && js_is_function(ctx, closed.value))
    env_call(env, js_as_object(closed.value), NULL, 0, NULL);
  js_ref_drop(ctx, &closed);
  env_leave(env);
}

void lode_io_handle_close(lode_io_handle *self) {
  if (self->closing) return;
  self->closing = true;
  detach(self);
  uv_close(&self->uv.any, on_closed);
}

static void close_at_teardown(uv_handle_t *uv) { lode_io_handle_close(uv->data); }

lode_io_handle *lode_io_handle_new(lode_env *env, uv_handle_type type) {
  lode_io_handle *self = lode_zalloc(offsetof(lode_io_handle, uv) + uv_handle_size(type));
  js_ctx ctx = env_ctx(env);
  self->handle.close = close_at_teardown;
  self->env = env;
  self->native = js_ref_take(ctx, js_native_new(ctx, &handle_type, self));
  self->uv.any.data = self;
  return self;
}

void lode_io_handle_abandon(lode_io_handle *self) { free_handle(self); }

lode_io_handle *lode_io_handle_from(js_val native, uv_handle_type type) {
  lode_io_handle *self = js_native_get(native, &handle_type);
  return self && (type == UV_UNKNOWN_HANDLE || self->uv.any.type == type) ? self : NULL;
}

js_val lode_io_handle_object(const uv_handle_t *uv) {
  const lode_handle *owner = uv->data;
  if (!owner || owner->close != close_at_teardown) return NULL;
  return LODE_CONTAINER(owner, lode_io_handle, handle)->object.value;
}

// ---- What JavaScript calls ----

static lode_io_handle *any_from(js_val native) { return lode_io_handle_from(native, UV_UNKNOWN_HANDLE); }

JS_FN(handle_attach) {
  lode_io_handle *handle = any_from(JS_ARG(0));
  if (!handle) return js_int(UV_EBADF);
  js_ref_drop(ctx, &handle->object);
  handle->object = js_ref_take(ctx, JS_ARG(1));
  return js_int(0);
}

// close(native, callback?): false when it is closed already; then callback is not called.
JS_FN(handle_close) {
  lode_io_handle *handle = any_from(JS_ARG(0));
  if (!handle) return js_bool(false);
  if (js_is_function(ctx, JS_ARG(1))) handle->closed = js_ref_take(ctx, argv[1]);
  lode_io_handle_close(handle);
  return js_bool(true);
}

JS_FN(handle_set_ref) {
  lode_io_handle *handle = any_from(JS_ARG(0));
  if (!handle) return js_undefined();
  if (js_is_true(JS_ARG(1)))
    uv_ref(&handle->uv.any);
  else
    uv_unref(&handle->uv.any);
  return js_undefined();
}

JS_FN(handle_has_ref) {
  lode_io_handle *handle = any_from(JS_ARG(0));
  return js_bool(handle && uv_has_ref(&handle->uv.any));
}

static const js_fn_spec functions[] = {
    {"attach", handle_attach},
    {"close", handle_close},
    {"setRef", handle_set_ref},
    {"hasRef", handle_has_ref},
};

static void init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}

LODE_BINDING(io_handle, 0, init, NULL);
