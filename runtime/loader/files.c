// SPDX-License-Identifier: MIT
//
// binding('loader'): the look-ups of module resolution and the reading of sources, one call each.
//
// The answers about folders are remembered by runtime/loader/cjs_resolve.js for as long as one outermost
// `require` runs.
#include "runtime/env/env.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

// (path) => 0 a file, 1 a folder, negative errno
JS_FN(kind) {
  js_text path;
  if (!js_text_take(ctx, JS_ARG(0), &path, exc)) return js_undefined();
  struct stat st;
  int result = stat(path.data, &st) ? -errno : S_ISDIR(st.st_mode) ? 1 : 0;
  js_text_drop(&path);
  return js_int(result);
}

// (path) => as kind, but 2 for a symbolic link
JS_FN(link_kind) {
  js_text path;
  if (!js_text_take(ctx, JS_ARG(0), &path, exc)) return js_undefined();
  struct stat st;
  int result = lstat(path.data, &st) ? -errno : S_ISLNK(st.st_mode) ? 2 : S_ISDIR(st.st_mode) ? 1 : 0;
  js_text_drop(&path);
  return js_int(result);
}

// Tries base, then base with each of the extensions ("." + text, separated by '|').
// => 0: base is a file; n > 0: base with the n-th extension is; -1: base is a folder; -2: nothing is there
static int probe_path(const char *base, size_t length, const char *extensions) {
  char path[PATH_MAX];
  struct stat st;
  bool folder = false;
  if (length >= sizeof path) return -2;
  if (!stat(base, &st)) {
    if (!S_ISDIR(st.st_mode)) return 0;
    folder = true;
  }
  memcpy(path, base, length);
  int index = 1;
  for (const char *at = extensions; *at; index++) {
    size_t size = strcspn(at, "|");
    if (length + size < sizeof path) {
      memcpy(path + length, at, size);
      path[length + size] = 0;
      if (!stat(path, &st) && !S_ISDIR(st.st_mode)) return index;
    }
    at += size;
    if (*at) at++;
  }
  return folder ? -1 : -2;
}

JS_FN(probe) {
  js_text base, extensions;
  if (!js_text_take(ctx, JS_ARG(0), &base, exc)) return js_undefined();
  int result = -2;
  if (js_text_take(ctx, JS_ARG(1), &extensions, exc)) {
    result = probe_path(base.data, base.length, extensions.data);
    js_text_drop(&extensions);
  }
  js_text_drop(&base);
  return js_int(result);
}

static int read_all(int fd, char **out, size_t *length) {
  struct stat st;
  if (fstat(fd, &st)) return -errno;
  if (S_ISDIR(st.st_mode)) return -EISDIR;
  size_t capacity = st.st_size > 0 ? (size_t)st.st_size + 1 : 8192, used = 0;
  char *data = lode_alloc(capacity);
  for (;;) {
    ssize_t got = read(fd, data + used, capacity - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      free(data);
      return -errno;
    }
    if (got == 0) break;
    used += (size_t)got;
    if (used == capacity) data = lode_realloc(data, capacity *= 2);
  }
  *out = data;
  *length = used;
  return 0;
}

// A descriptor for a path, or a duplicate of the descriptor that a number names.
static int open_source(js_ctx ctx, js_val v, js_val *exc) {
  if (js_is_number(v)) return fcntl(js_to_int(v, -1), F_DUPFD_CLOEXEC, 3);
  js_text path;
  if (!js_text_take(ctx, v, &path, exc)) return -1;
  int fd = open(path.data, O_RDONLY | O_CLOEXEC);
  js_text_drop(&path);
  return fd;
}

// (path or descriptor) => text as UTF-8 without a byte order mark, or a negative errno
JS_FN(read_text) {
  int fd = open_source(ctx, JS_ARG(0), exc);
  if (fd < 0) return js_int(-errno);
  char *data = NULL;
  size_t length = 0;
  int error = read_all(fd, &data, &length);
  close(fd);
  if (error) return js_int(error);
  size_t skip = length >= 3 && !memcmp(data, "\xef\xbb\xbf", 3) ? 3 : 0;
  js_val text = js_str_utf8(ctx, data + skip, length - skip);
  free(data);
  return text;
}

// (path) => the path without symbolic links, or a negative errno
JS_FN(real_path) {
  js_text path;
  if (!js_text_take(ctx, JS_ARG(0), &path, exc)) return js_undefined();
  char *real = realpath(path.data, NULL);
  js_text_drop(&path);
  if (!real) return js_int(-errno);
  js_val result = js_str(ctx, real);
  free(real);
  return result;
}

// (text) => 32 hexadecimal digits that stand for its UTF-8: two FNV-1a hashes with different bases. Against
// mistakes, not against attackers.
JS_FN(hash) {
  js_text text;
  if (!js_text_take(ctx, JS_ARG(0), &text, exc)) return js_undefined();
  uint64_t first = 0xcbf29ce484222325, second = 0x9ae16a3b2f90404f;
  for (size_t i = 0; i < text.length; i++) {
    uint8_t byte = (uint8_t)text.data[i];
    first = (first ^ byte) * 0x100000001b3;
    second = (second ^ byte) * 0xff51afd7ed558ccd;
  }
  js_text_drop(&text);
  char digits[33];
  snprintf(digits, sizeof digits, "%016llx%016llx", (unsigned long long)first, (unsigned long long)second);
  return js_str(ctx, digits);
}

static void loader_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  static const js_fn_spec functions[] = {{"kind", kind},          {"linkKind", link_kind}, {"probe", probe},
                                         {"readText", read_text}, {"realPath", real_path}, {"hash", hash}};
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}

LODE_BINDING(loader, 1, loader_init, NULL);
