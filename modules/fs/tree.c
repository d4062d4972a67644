// SPDX-License-Identifier: MIT
//
// Trees: mkdir with all parents, rm with everything below. Each runs as one piece of work, at once or on the
// thread pool.
//
// Removing goes by descriptor (openat, unlinkat) and never follows a symbolic link, so that somebody who
// swaps a directory for a link meanwhile cannot make it leave the tree.
#include "modules/fs/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- mkdir, recursively ----

typedef struct mkdir_work {
  fs_work work;
  int mode;
  bool bytes;
  int status;
  size_t made; // length of the first directory's path that was created; 0: none
  size_t length;
  char path[];
} mkdir_work;

static bool is_directory(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

// Where the parent of path[0..end) ends; 0 when there is none.
static size_t parent_end(const char *path, size_t end) {
  while (end > 0 && path[end - 1] != '/') end--;
  while (end > 1 && path[end - 1] == '/') end--;
  return end;
}

// Where the next component after `end` ends.
static size_t child_end(const char *path, size_t end, size_t length) {
  while (end < length && path[end] == '/') end++;
  while (end < length && path[end] != '/') end++;
  return end;
}

static int mkdir_prefix(mkdir_work *w, size_t end) {
  char kept = w->path[end];
  w->path[end] = 0;
  int r = mkdir(w->path, (mode_t)w->mode) == 0 ? 0 : -errno;
  if (r == 0 && !w->made) w->made = end;
  if (r == -EEXIST || r == -EISDIR)
    r = is_directory(w->path) ? 0 : end == w->length ? -EEXIST : -ENOTDIR;
  else if (r == -EROFS || r == -EACCES || r == -EPERM)
    r = is_directory(w->path) ? 0 : r;
  w->path[end] = kept;
  return r;
}

// Climbs until a directory exists or can be made, then goes back down.
static void mkdir_run(fs_work *work) {
  mkdir_work *w = LODE_CONTAINER(work, mkdir_work, work);
  size_t end = w->length;
  int r;
  while ((r = mkdir_prefix(w, end)) == -ENOENT) {
    size_t up = parent_end(w->path, end);
    if (up == 0 || up == end) break;
    end = up;
  }
  while (r == 0 && end < w->length) {
    end = child_end(w->path, end, w->length);
    r = mkdir_prefix(w, end);
  }
  w->status = r;
}

static js_val mkdir_finish(fs_work *work, js_ctx ctx) {
  mkdir_work *w = LODE_CONTAINER(work, mkdir_work, work);
  if (w->status < 0) return js_int(w->status);
  return w->made ? fs_text_or_bytes(ctx, w->path, w->made, w->bytes) : js_int(0);
}

static void mkdir_destroy(fs_work *work) { free(LODE_CONTAINER(work, mkdir_work, work)); }

// mkdirTree(path, mode, req): the first directory made, or 0
JS_FN(fs_mkdir_tree) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  size_t length = path.length;
  while (length > 1 && path.chars[length - 1] == '/') length--;
  mkdir_work *w = lode_zalloc(sizeof(*w) + length + 1);
  memcpy(w->path, path.chars, length);
  w->length = length;
  w->mode = js_to_int(JS_ARG(1), 0777);
  w->work = (fs_work){.run = mkdir_run, .finish = mkdir_finish, .destroy = mkdir_destroy};
  fs_path_drop(&path);
  return fs_work_start(&w->work, ctx, JS_ARG(2));
}

// ---- rm, recursively ----

typedef struct rm_work {
  fs_work work;
  bool recursive, force;
  int retries, delay;
  int status;
  char *culprit; // what could not be removed, from malloc
  char path[];
} rm_work;

enum { RM_IS_DIRECTORY = -1000001 };

// One failure's place, built while the recursion unwinds.
static int blame(rm_work *w, const char *name, int r) {
  char *whole = w->culprit ? lode_sprintf("%s/%s", name, w->culprit) : lode_strdup(name);
  free(w->culprit);
  w->culprit = whole;
  return r;
}

static int rm_entry(rm_work *w, int parent, const char *name, int depth);

static int rm_entries(rm_work *w, DIR *dir, int depth) {
  struct dirent *entry;
  for (;;) {
    errno = 0;
    entry = readdir(dir);
    if (!entry) return -errno;
    const char *n = entry->d_name;
    if (n[0] == '.' && (!n[1] || (n[1] == '.' && !n[2]))) continue;
    int r = rm_entry(w, dirfd(dir), n, depth + 1);
    if (r < 0) return r;
  }
}

static int rm_directory(rm_work *w, int parent, const char *name, int depth) {
  for (int round = 0;; round++) {
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) return -errno;
    DIR *dir = fdopendir(fd);
    if (!dir) {
      int r = -errno;
      close(fd);
      return r;
    }
    int r = rm_entries(w, dir, depth);
    closedir(dir);
    if (r < 0) return r;
    if (unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT) return 0;
    if (errno != ENOTEMPTY || round == 2) return -errno; // entries that came meanwhile: look again
  }
}

static int rm_once(rm_work *w, int parent, const char *name, int depth) {
  if (unlinkat(parent, name, 0) == 0) return 0;
  int r = -errno;
  if (r == -ENOENT && (w->force || depth)) return 0;
  if (r != -EISDIR && r != -EPERM && r != -EACCES) return r;
  struct stat st;
  if (fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISDIR(st.st_mode)) return r;
  if (!w->recursive) return RM_IS_DIRECTORY;
  return rm_directory(w, parent, name, depth);
}

static bool worth_retrying(int r) {
  return r == -EBUSY || r == -EMFILE || r == -ENFILE || r == -ENOTEMPTY || r == -EPERM;
}

static int rm_entry(rm_work *w, int parent, const char *name, int depth) {
  int r = rm_once(w, parent, name, depth);
  for (int i = 1; i <= w->retries && worth_retrying(r); i++) {
    free(w->culprit);
    w->culprit = NULL;
    uv_sleep((unsigned)(w->delay * i));
    r = rm_once(w, parent, name, depth);
  }
  return r < 0 ? blame(w, name, r) : 0;
}

static void rm_run(fs_work *work) {
  rm_work *w = LODE_CONTAINER(work, rm_work, work);
  w->status = rm_entry(w, AT_FDCWD, w->path, 0);
}

// 0, an error number, or [error number, path] where something deeper failed.
static js_val rm_finish(fs_work *work, js_ctx ctx) {
  rm_work *w = LODE_CONTAINER(work, rm_work, work);
  if (w->status >= 0 || !w->culprit || !strcmp(w->culprit, w->path)) return js_int(w->status);
  js_val pair[] = {js_int(w->status), js_str(ctx, w->culprit)};
  return js_array(ctx, 2, pair);
}

static void rm_destroy(fs_work *work) {
  rm_work *w = LODE_CONTAINER(work, rm_work, work);
  free(w->culprit);
  free(w);
}

// rm(path, recursive, force, retries, delay, req)
JS_FN(fs_rm) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  size_t length = path.length;
  while (length > 1 && path.chars[length - 1] == '/') length--; // "link/" would follow the link
  rm_work *w = lode_zalloc(sizeof(*w) + length + 1);
  memcpy(w->path, path.chars, length);
  fs_path_drop(&path);
  w->recursive = js_is_true(JS_ARG(1));
  w->force = js_is_true(JS_ARG(2));
  w->retries = js_to_int(JS_ARG(3), 0);
  w->delay = js_to_int(JS_ARG(4), 100);
  w->work = (fs_work){.run = rm_run, .finish = rm_finish, .destroy = rm_destroy};
  return fs_work_start(&w->work, ctx, JS_ARG(5));
}

static const js_fn_spec specs[] = {{"mkdirTree", fs_mkdir_tree}, {"rm", fs_rm}};
const fs_table fs_tree_table = {specs, LODE_COUNT(specs)};
