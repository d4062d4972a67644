// SPDX-License-Identifier: MIT
//
// Errors that C makes.
#include "runtime/engine/jsc_private.h"

#include <stdarg.h>
#include <stdio.h>

js_val js_throw(js_val *exc, js_val error) {
  if (exc) *exc = error;
  return js_undefined();
}

js_val js_error_code(js_ctx ctx, const char *type, const char *code, const char *message) {
  js_val text = js_str(ctx, message);
  js_val constructor = js_get(ctx, js_global(ctx), type);
  js_val error = NULL;
  if (js_is_function(ctx, constructor))
    error = JSObjectCallAsConstructor(ctx, js_as_object(constructor), 1, &text, NULL);
  if (!error) error = JSObjectMakeError(ctx, 1, &text, NULL);
  if (code) js_set(ctx, js_as_object(error), "code", js_str(ctx, code));
  return error;
}

js_val js_throw_error(js_ctx ctx, js_val *exc, const char *type, const char *code, const char *format, ...) {
  char message[512];
  va_list list;
  va_start(list, format);
  vsnprintf(message, sizeof message, format, list);
  va_end(list);
  return js_throw(exc, js_error_code(ctx, type, code, message));
}
