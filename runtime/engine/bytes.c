// SPDX-License-Identifier: MIT
//
// ArrayBuffers and views as C sees them.
#include "runtime/engine/jsc_private.h"

#include <stdlib.h>

static bool dataview_bytes(js_ctx ctx, js_obj object, uint8_t **data, size_t *length) {
  js_val buffer = js_get(ctx, object, "buffer");
  if (!js_is_object(ctx, buffer)) return false;
  if (!js_bytes(ctx, buffer, data, length)) return false;
  size_t offset = (size_t)js_to_num(js_get(ctx, object, "byteOffset"), 0);
  size_t bytes = (size_t)js_to_num(js_get(ctx, object, "byteLength"), 0);
  if (offset > *length || bytes > *length - offset) return false;
  *data += offset;
  *length = bytes;
  return true;
}

bool js_bytes(js_ctx ctx, js_val v, uint8_t **data, size_t *length) {
  if (!js_is_cell(v)) return false;
  js_obj object = js_as_object(v);
  JSTypedArrayType type = JSValueGetTypedArrayType(ctx, v, NULL);
  if (type == kJSTypedArrayTypeNone)
    return JSValueIsObject(ctx, v) && dataview_bytes(ctx, object, data, length);
  static uint8_t nothing[1];
  if (type == kJSTypedArrayTypeArrayBuffer) {
    *data = JSObjectGetArrayBufferBytesPtr(ctx, object, NULL);
    *length = JSObjectGetArrayBufferByteLength(ctx, object, NULL);
  } else {
    uint8_t *start = JSObjectGetTypedArrayBytesPtr(ctx, object, NULL); // of its buffer, not of the view
    *length = JSObjectGetTypedArrayByteLength(ctx, object, NULL);
    *data = start ? start + JSObjectGetTypedArrayByteOffset(ctx, object, NULL) : NULL;
  }
  if (!*data) *data = nothing, *length = 0;
  return true;
}

static void free_bytes(void *bytes, LODE_UNUSED void *hint) { free(bytes); }

js_obj js_arraybuffer_external(js_ctx ctx, void *data, size_t length, void (*release)(void *, void *),
                               void *hint) {
  return JSObjectMakeArrayBufferWithBytesNoCopy(ctx, data, length, release, hint, NULL);
}

js_obj js_arraybuffer_take(js_ctx ctx, void *data, size_t length) {
  return js_arraybuffer_external(ctx, data, length, free_bytes, NULL);
}

js_obj js_uint8array_take(js_ctx ctx, void *data, size_t length) {
  return JSObjectMakeTypedArrayWithBytesNoCopy(ctx, kJSTypedArrayTypeUint8Array, data, length, free_bytes,
                                               NULL, NULL);
}

js_obj js_uint8array_copy(js_ctx ctx, const void *data, size_t length) {
  void *copy = lode_alloc(length);
  memcpy(copy, data, length);
  return js_uint8array_take(ctx, copy, length);
}

static js_obj view_over(js_ctx ctx, JSTypedArrayType type, js_obj arraybuffer) {
  return JSObjectMakeTypedArrayWithArrayBuffer(ctx, type, arraybuffer, NULL);
}
js_obj js_int32array_over(js_ctx ctx, js_obj buffer) {
  return view_over(ctx, kJSTypedArrayTypeInt32Array, buffer);
}
js_obj js_float64array_over(js_ctx ctx, js_obj buffer) {
  return view_over(ctx, kJSTypedArrayTypeFloat64Array, buffer);
}
