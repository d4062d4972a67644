// SPDX-License-Identifier: MIT
//
// Changing what a file says of itself: modes, owners, times, length, and forcing it to disk.
#include "modules/fs/fs.h"

// ---- On descriptors ----

// fchmod(fd, mode, req)
JS_FN(fs_fchmod) {
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(2), fs_to_status, 0);
  return fs_call_end(
      &call, uv_fs_fchmod(call.loop, call.uv, js_to_int(JS_ARG(0), -1), js_to_int(JS_ARG(1), 0), call.cb));
}

// Owners are unsigned 32-bit numbers; -1 (leave alone) arrives as either -1 or 4294967295.
static uint32_t owner_id(js_val v) { return (uint32_t)js_to_int64(v, -1); }

// fchown(fd, uid, gid, req)
JS_FN(fs_fchown) {
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(3), fs_to_status, 0);
  return fs_call_end(&call, uv_fs_fchown(call.loop, call.uv, js_to_int(JS_ARG(0), -1), owner_id(JS_ARG(1)),
                                         owner_id(JS_ARG(2)), call.cb));
}

// futimes(fd, atime, mtime, req): seconds
JS_FN(fs_futimes) {
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(3), fs_to_status, 0);
  return fs_call_end(&call, uv_fs_futime(call.loop, call.uv, js_to_int(JS_ARG(0), -1),
                                         js_to_num(JS_ARG(1), 0), js_to_num(JS_ARG(2), 0), call.cb));
}

// ftruncate(fd, length, req)
JS_FN(fs_ftruncate) {
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(2), fs_to_status, 0);
  return fs_call_end(&call, uv_fs_ftruncate(call.loop, call.uv, js_to_int(JS_ARG(0), -1),
                                            js_to_int64(JS_ARG(1), 0), call.cb));
}

// fsync(fd, req)
JS_FN(fs_fsync) {
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(1), fs_to_status, 0);
  return fs_call_end(&call, uv_fs_fsync(call.loop, call.uv, js_to_int(JS_ARG(0), -1), call.cb));
}

// fdatasync(fd, req)
JS_FN(fs_fdatasync) {
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(1), fs_to_status, 0);
  return fs_call_end(&call, uv_fs_fdatasync(call.loop, call.uv, js_to_int(JS_ARG(0), -1), call.cb));
}

// ---- On paths ----

// chmod(path, mode, req)
JS_FN(fs_chmod) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(2), fs_to_status, 0);
  int r = uv_fs_chmod(call.loop, call.uv, path.chars, js_to_int(JS_ARG(1), 0), call.cb);
  fs_path_drop(&path);
  return fs_call_end(&call, r);
}

typedef int (*chown_fn)(uv_loop_t *, uv_fs_t *, const char *, uv_uid_t, uv_gid_t, uv_fs_cb);
typedef int (*utime_fn)(uv_loop_t *, uv_fs_t *, const char *, double, double, uv_fs_cb);

static js_val chown_path(js_ctx ctx, size_t argc, const js_val argv[], chown_fn fn) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(3), fs_to_status, 0);
  int r = fn(call.loop, call.uv, path.chars, owner_id(JS_ARG(1)), owner_id(JS_ARG(2)), call.cb);
  fs_path_drop(&path);
  return fs_call_end(&call, r);
}

static js_val utime_path(js_ctx ctx, size_t argc, const js_val argv[], utime_fn fn) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(3), fs_to_status, 0);
  int r = fn(call.loop, call.uv, path.chars, js_to_num(JS_ARG(1), 0), js_to_num(JS_ARG(2), 0), call.cb);
  fs_path_drop(&path);
  return fs_call_end(&call, r);
}

// (path, uid, gid, req)
JS_FN(fs_chown) { return chown_path(ctx, argc, argv, uv_fs_chown); }
JS_FN(fs_lchown) { return chown_path(ctx, argc, argv, uv_fs_lchown); }
// (path, atime, mtime, req)
JS_FN(fs_utimes) { return utime_path(ctx, argc, argv, uv_fs_utime); }
JS_FN(fs_lutimes) { return utime_path(ctx, argc, argv, uv_fs_lutime); }

static const js_fn_spec specs[] = {
    {"chmod", fs_chmod},         {"fchmod", fs_fchmod}, {"chown", fs_chown},         {"fchown", fs_fchown},
    {"lchown", fs_lchown},       {"utimes", fs_utimes}, {"futimes", fs_futimes},     {"lutimes", fs_lutimes},
    {"ftruncate", fs_ftruncate}, {"fsync", fs_fsync},   {"fdatasync", fs_fdatasync},
};
const fs_table fs_meta_table = {specs, LODE_COUNT(specs)};
