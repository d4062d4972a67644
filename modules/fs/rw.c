// SPDX-License-Identifier: MIT
//
// Reading and writing descriptors. Bytes belong to the caller: for asynchronous calls the request object
// holds the buffers, and the engine keeps bytes in place once they were handed out (js_bytes).
#include "modules/fs/fs.h"

#include <stdlib.h>

// Reads (buffer, offset, length) at argv[1..3]; false where they do not lie within the buffer.
static bool take_slice(js_ctx ctx, size_t argc, const js_val argv[], uv_buf_t *out) {
  uint8_t *data;
  size_t size;
  js_lock(ctx); // one entry instead of three
  bool readable = js_bytes(ctx, JS_ARG(1), &data, &size);
  js_unlock(ctx);
  if (!readable) return false;
  int64_t offset = js_to_int64(JS_ARG(2), -1), length = js_to_int64(JS_ARG(3), -1);
  if (offset < 0 || length < 0 || (uint64_t)offset > size || (uint64_t)length > size - (uint64_t)offset)
    return false;
  if (length > 0x7ffff000) length = 0x7ffff000; // the kernel's own limit for one call
  *out = uv_buf_init((char *)data + offset, (unsigned)length);
  return true;
}

// read(fd, buffer, offset, length, position, req)
JS_FN(fs_read) {
  uv_buf_t buf;
  if (!take_slice(ctx, argc, argv, &buf)) return js_int(UV_EINVAL);
  int64_t position = fs_position(ctx, JS_ARG(4));
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(5), fs_to_status, 0);
  return fs_call_end(&call,
                     uv_fs_read(call.loop, call.uv, js_to_int(JS_ARG(0), -1), &buf, 1, position, call.cb));
}

// write(fd, buffer, offset, length, position, req)
JS_FN(fs_write) {
  uv_buf_t buf;
  if (!take_slice(ctx, argc, argv, &buf)) return js_int(UV_EINVAL);
  int64_t position = fs_position(ctx, JS_ARG(4));
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(5), fs_to_status, 0);
  return fs_call_end(&call,
                     uv_fs_write(call.loop, call.uv, js_to_int(JS_ARG(0), -1), &buf, 1, position, call.cb));
}

// writeText(fd, string, position): UTF-8, at once
JS_FN(fs_write_text) {
  js_text text;
  if (!js_text_take(ctx, JS_ARG(1), &text, exc)) return js_undefined();
  uv_buf_t buf = uv_buf_init(text.data, text.length > 0x7ffff000 ? 0x7ffff000 : (unsigned)text.length);
  int64_t position = fs_position(ctx, JS_ARG(2));
  fs_call call;
  fs_call_begin(&call, ctx, js_undefined(), fs_to_status, 0);
  int r = uv_fs_write(call.loop, call.uv, js_to_int(JS_ARG(0), -1), &buf, 1, position, NULL);
  js_text_drop(&text);
  return fs_call_end(&call, r);
}

// A list of buffers; NULL where an element is no view of bytes. libuv copies the list, so it is freed here.
static uv_buf_t *take_list(js_ctx ctx, js_val list, unsigned *count) {
  if (!js_is_object(ctx, list)) return NULL;
  js_obj array = js_as_object(list);
  uint32_t n = js_length(ctx, array);
  uv_buf_t *bufs = lode_alloc((n ? n : 1) * sizeof(*bufs));
  for (uint32_t i = 0; i < n; i++) {
    uint8_t *data;
    size_t size;
    if (!js_bytes(ctx, js_get_index(ctx, array, i), &data, &size)) {
      free(bufs);
      return NULL;
    }
    bufs[i] = uv_buf_init((char *)data, (unsigned)size);
  }
  *count = n;
  return bufs;
}

typedef int (*vector_fn)(uv_loop_t *, uv_fs_t *, uv_file, const uv_buf_t[], unsigned, int64_t, uv_fs_cb);

static js_val vector(js_ctx ctx, size_t argc, const js_val argv[], vector_fn fn) {
  unsigned count;
  uv_buf_t *bufs = take_list(ctx, JS_ARG(1), &count);
  if (!bufs) return js_int(UV_EINVAL);
  int64_t position = fs_position(ctx, JS_ARG(2));
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(3), fs_to_status, 0);
  int r = fn(call.loop, call.uv, js_to_int(JS_ARG(0), -1), bufs, count, position, call.cb);
  free(bufs);
  return fs_call_end(&call, r);
}

// (fd, buffers, position, req)
JS_FN(fs_readv) { return vector(ctx, argc, argv, uv_fs_read); }
JS_FN(fs_writev) { return vector(ctx, argc, argv, uv_fs_write); }

static const js_fn_spec specs[] = {
    {"read", fs_read},   {"write", fs_write},   {"writeText", fs_write_text},
    {"readv", fs_readv}, {"writev", fs_writev},
};
const fs_table fs_rw_table = {specs, LODE_COUNT(specs)};
