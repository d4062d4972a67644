// SPDX-License-Identifier: MIT
//
// stat, lstat, fstat, statfs. The value is 0; the figures are in the shared block, as doubles or as 64-bit
// integers: dev mode nlink uid gid rdev blksize ino size blocks, then seconds and nanoseconds of atime,
// mtime, ctime and birthtime. statfs: type bsize blocks bfree bavail files ffree.
#include "modules/fs/fs.h"

#include <sys/stat.h>

void fs_put_stat(fs_state *state, const uv_stat_t *s, bool bigint, int slot) {
  const int64_t fields[FS_STAT_FIELDS] = {
      (int64_t)s->st_dev,    (int64_t)s->st_mode,   (int64_t)s->st_nlink,   (int64_t)s->st_uid,
      (int64_t)s->st_gid,    (int64_t)s->st_rdev,   (int64_t)s->st_blksize, (int64_t)s->st_ino,
      (int64_t)s->st_size,   (int64_t)s->st_blocks, s->st_atim.tv_sec,      s->st_atim.tv_nsec,
      s->st_mtim.tv_sec,     s->st_mtim.tv_nsec,    s->st_ctim.tv_sec,      s->st_ctim.tv_nsec,
      s->st_birthtim.tv_sec, s->st_birthtim.tv_nsec};
  size_t base = (size_t)slot * FS_STAT_FIELDS;
  if (bigint) {
    memcpy(state->shared.integers + base, fields, sizeof(fields));
    return;
  }
  for (size_t i = 0; i < FS_STAT_FIELDS; i++) state->shared.numbers[base + i] = (double)fields[i];
}

js_val fs_to_stat(fs_state *state, LODE_UNUSED js_ctx ctx, uv_fs_t *uv, int flags) {
  fs_put_stat(state, &uv->statbuf, flags & FS_BIGINT, 0);
  return js_int(0);
}

static js_val to_statfs(fs_state *state, LODE_UNUSED js_ctx ctx, uv_fs_t *uv, int flags) {
  const uv_statfs_t *s = uv->ptr;
  const uint64_t fields[] = {s->f_type,   s->f_bsize, s->f_blocks, s->f_bfree,
                             s->f_bavail, s->f_files, s->f_ffree};
  for (size_t i = 0; i < LODE_COUNT(fields); i++) {
    if (flags & FS_BIGINT)
      state->shared.integers[i] = (int64_t)fields[i];
    else
      state->shared.numbers[i] = (double)fields[i];
  }
  return js_int(0);
}

typedef int (*stat_fn)(uv_loop_t *, uv_fs_t *, const char *, uv_fs_cb);

static js_val stat_path(js_ctx ctx, size_t argc, const js_val argv[], stat_fn fn, fs_convert convert) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(2), convert, js_is_true(JS_ARG(1)) ? FS_BIGINT : 0);
  int r = fn(call.loop, call.uv, path.chars, call.cb);
  fs_path_drop(&path);
  return fs_call_end(&call, r);
}

// (path, bigint, req)
JS_FN(fs_stat) { return stat_path(ctx, argc, argv, uv_fs_stat, fs_to_stat); }
JS_FN(fs_lstat) { return stat_path(ctx, argc, argv, uv_fs_lstat, fs_to_stat); }
JS_FN(fs_statfs) { return stat_path(ctx, argc, argv, uv_fs_statfs, to_statfs); }

// fstat(fd, bigint, req)
JS_FN(fs_fstat) {
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(2), fs_to_stat, js_is_true(JS_ARG(1)) ? FS_BIGINT : 0);
  return fs_call_end(&call, uv_fs_fstat(call.loop, call.uv, js_to_int(JS_ARG(0), -1), call.cb));
}

// kind(path): 0 a file, 1 a directory, negative an error; what module resolution asks all the time.
JS_FN(fs_kind) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  struct stat st;
  int r = stat(path.chars, &st);
  fs_path_drop(&path);
  if (r < 0) return js_int(UV_ENOENT);
  return js_int(S_ISDIR(st.st_mode) ? 1 : 0);
}

static const js_fn_spec specs[] = {
    {"stat", fs_stat}, {"lstat", fs_lstat}, {"fstat", fs_fstat}, {"statfs", fs_statfs}, {"kind", fs_kind}};
const fs_table fs_stat_table = {specs, LODE_COUNT(specs)};
