// SPDX-License-Identifier: MIT
//
// Names: unlink, rename, link, symlink, readlink, realpath, copyFile. Operations that yield a path return a
// string, or its bytes where the caller asked for them.
#include "modules/fs/fs.h"

// The link's or path's text lies behind uv->ptr.
static js_val to_text(LODE_UNUSED fs_state *state, js_ctx ctx, uv_fs_t *uv, int flags) {
  const char *text = uv->ptr;
  return fs_text_or_bytes(ctx, text, strlen(text), flags & FS_BYTES);
}

// unlink(path, req)
JS_FN(fs_unlink) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(1), fs_to_status, 0);
  int r = uv_fs_unlink(call.loop, call.uv, path.chars, call.cb);
  fs_path_drop(&path);
  return fs_call_end(&call, r);
}

static bool two_paths(js_ctx ctx, size_t argc, const js_val argv[], fs_path *from, fs_path *to) {
  if (!fs_path_take(ctx, JS_ARG(0), from)) return false;
  if (fs_path_take(ctx, JS_ARG(1), to)) return true;
  fs_path_drop(from);
  return false;
}

// rename(from, to, req)
JS_FN(fs_rename) {
  fs_path from, to;
  if (!two_paths(ctx, argc, argv, &from, &to)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(2), fs_to_status, 0);
  int r = uv_fs_rename(call.loop, call.uv, from.chars, to.chars, call.cb);
  fs_path_drop(&from);
  fs_path_drop(&to);
  return fs_call_end(&call, r);
}

// link(from, to, req)
JS_FN(fs_link) {
  fs_path from, to;
  if (!two_paths(ctx, argc, argv, &from, &to)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(2), fs_to_status, 0);
  int r = uv_fs_link(call.loop, call.uv, from.chars, to.chars, call.cb);
  fs_path_drop(&from);
  fs_path_drop(&to);
  return fs_call_end(&call, r);
}

// symlink(target, path, flags, req)
JS_FN(fs_symlink) {
  fs_path from, to;
  if (!two_paths(ctx, argc, argv, &from, &to)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(3), fs_to_status, 0);
  int r = uv_fs_symlink(call.loop, call.uv, from.chars, to.chars, js_to_int(JS_ARG(2), 0), call.cb);
  fs_path_drop(&from);
  fs_path_drop(&to);
  return fs_call_end(&call, r);
}

// copyFile(from, to, mode, req)
JS_FN(fs_copy_file) {
  fs_path from, to;
  if (!two_paths(ctx, argc, argv, &from, &to)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(3), fs_to_status, 0);
  int r = uv_fs_copyfile(call.loop, call.uv, from.chars, to.chars, js_to_int(JS_ARG(2), 0), call.cb);
  fs_path_drop(&from);
  fs_path_drop(&to);
  return fs_call_end(&call, r);
}

// readlink(path, bytes, req)
JS_FN(fs_readlink) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(2), to_text, js_is_true(JS_ARG(1)) ? FS_BYTES : 0);
  int r = uv_fs_readlink(call.loop, call.uv, path.chars, call.cb);
  fs_path_drop(&path);
  return fs_call_end(&call, r);
}

// realpath(path, bytes, req)
JS_FN(fs_realpath) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(2), to_text, js_is_true(JS_ARG(1)) ? FS_BYTES : 0);
  int r = uv_fs_realpath(call.loop, call.uv, path.chars, call.cb);
  fs_path_drop(&path);
  return fs_call_end(&call, r);
}

static const js_fn_spec specs[] = {
    {"unlink", fs_unlink},      {"rename", fs_rename},     {"link", fs_link},         {"symlink", fs_symlink},
    {"copyFile", fs_copy_file}, {"readlink", fs_readlink}, {"realpath", fs_realpath},
};
const fs_table fs_link_table = {specs, LODE_COUNT(specs)};
