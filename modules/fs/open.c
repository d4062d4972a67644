// SPDX-License-Identifier: MIT
//
// Opening, closing and asking for existence. `exists` answers without building anything; the rest follows the
// common shape (fs.h).
#include "modules/fs/fs.h"

#include <fcntl.h>
#include <unistd.h>

// open(path, flags, mode, req)
JS_FN(fs_open) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(3), fs_to_status, 0);
  int r = uv_fs_open(call.loop, call.uv, path.chars, js_to_int(JS_ARG(1), O_RDONLY),
                     js_to_int(JS_ARG(2), 0666), call.cb);
  fs_path_drop(&path);
  return fs_call_end(&call, r);
}

// close(fd, req)
JS_FN(fs_close) {
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(1), fs_to_status, 0);
  return fs_call_end(&call, uv_fs_close(call.loop, call.uv, js_to_int(JS_ARG(0), -1), call.cb));
}

// access(path, mode, req)
JS_FN(fs_access) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(2), fs_to_status, 0);
  int r = uv_fs_access(call.loop, call.uv, path.chars, js_to_int(JS_ARG(1), F_OK), call.cb);
  fs_path_drop(&path);
  return fs_call_end(&call, r);
}

// exists(path): a boolean
JS_FN(fs_exists) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_bool(false);
  bool found = access(path.chars, F_OK) == 0;
  fs_path_drop(&path);
  return js_bool(found);
}

static const js_fn_spec specs[] = {
    {"open", fs_open}, {"close", fs_close}, {"access", fs_access}, {"exists", fs_exists}};
const fs_table fs_open_table = {specs, LODE_COUNT(specs)};
