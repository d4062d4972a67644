// SPDX-License-Identifier: MIT
//
// Directories: making and removing one, listing, and reading one in steps.
//
// Idea of listing: names cross to JavaScript as one text, separated by '/', which no name can hold; with
// types it is followed by NUL and one digit per name (libuv's UV_DIRENT_*). JavaScript splits it, which is
// many times cheaper than creating a string per name through the engine's interface.
#include "modules/fs/fs.h"

#include <stdlib.h>

// mkdir(path, mode, req)
JS_FN(fs_mkdir) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(2), fs_to_status, 0);
  int r = uv_fs_mkdir(call.loop, call.uv, path.chars, js_to_int(JS_ARG(1), 0777), call.cb);
  fs_path_drop(&path);
  return fs_call_end(&call, r);
}

// rmdir(path, req)
JS_FN(fs_rmdir) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(1), fs_to_status, 0);
  int r = uv_fs_rmdir(call.loop, call.uv, path.chars, call.cb);
  fs_path_drop(&path);
  return fs_call_end(&call, r);
}

static js_val to_made_path(LODE_UNUSED fs_state *state, js_ctx ctx, uv_fs_t *uv, int flags) {
  return fs_text_or_bytes(ctx, uv->path, strlen(uv->path), flags & FS_BYTES);
}

// mkdtemp(template ending in XXXXXX, bytes, req)
JS_FN(fs_mkdtemp) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(2), to_made_path, js_is_true(JS_ARG(1)) ? FS_BYTES : 0);
  int r = uv_fs_mkdtemp(call.loop, call.uv, path.chars, call.cb);
  fs_path_drop(&path);
  return fs_call_end(&call, r);
}

// ---- Listing ----

typedef struct listing {
  char *text;
  size_t length, room;
  char *types;
  size_t count, types_room;
} listing;

static void listing_add(listing *l, const char *name, int type) {
  size_t n = strlen(name);
  if (l->length + n + 2 > l->room) {
    l->room = (l->room + n + 2) * 2;
    l->text = lode_realloc(l->text, l->room);
  }
  if (l->count) l->text[l->length++] = '/';
  memcpy(l->text + l->length, name, n);
  l->length += n;
  if (l->count == l->types_room) {
    l->types_room = l->types_room * 2 + 64;
    l->types = lode_realloc(l->types, l->types_room);
  }
  l->types[l->count++] = (char)('0' + type);
}

// The text, or 0 for an empty directory. Frees the listing.
static js_val listing_finish(listing *l, js_ctx ctx, int flags) {
  js_val value = js_int(0);
  if (l->count) {
    if (flags & FS_TYPES) {
      l->text = lode_realloc(l->text, l->length + 1 + l->count);
      l->text[l->length++] = 0;
      memcpy(l->text + l->length, l->types, l->count);
      l->length += l->count;
    }
    value = fs_text_or_bytes(ctx, l->text, l->length, flags & FS_BYTES);
  }
  free(l->text);
  free(l->types);
  return value;
}

static js_val to_listing(LODE_UNUSED fs_state *state, js_ctx ctx, uv_fs_t *uv, int flags) {
  listing l = {0};
  uv_dirent_t entry;
  while (uv_fs_scandir_next(uv, &entry) != UV_EOF) listing_add(&l, entry.name, entry.type);
  return listing_finish(&l, ctx, flags);
}

static int listing_flags(js_val bytes, js_val types) {
  return (js_is_true(bytes) ? FS_BYTES : 0) | (js_is_true(types) ? FS_TYPES : 0);
}

// readdir(path, bytes, types, req)
JS_FN(fs_readdir) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(3), to_listing, listing_flags(JS_ARG(1), JS_ARG(2)));
  int r = uv_fs_scandir(call.loop, call.uv, path.chars, 0, call.cb);
  fs_path_drop(&path);
  return fs_call_end(&call, r);
}

// ---- An open directory ----
//
// The native object owns a uv_dir_t until `dirClose`, or until it is collected unclosed. One operation runs
// at a time; the JavaScript half queues.

static void dir_forgotten(void *pointer) {
  uv_dir_t *dir = pointer;
  free(dir->dirents);
  uv_fs_t uv;
  uv_fs_closedir(NULL, &uv, pointer, NULL);
  uv_fs_req_cleanup(&uv);
}

static const js_native_type dir_type = {"DirHandle", dir_forgotten};

static js_val to_dir(LODE_UNUSED fs_state *state, js_ctx ctx, uv_fs_t *uv, LODE_UNUSED int flags) {
  uv_dir_t *dir = uv->ptr;
  dir->dirents = NULL; // libuv leaves these to the caller
  dir->nentries = 0;
  return js_native_new(ctx, &dir_type, dir);
}

// opendir(path, req)
JS_FN(fs_opendir) {
  fs_path path;
  if (!fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(1), to_dir, 0);
  int r = uv_fs_opendir(call.loop, call.uv, path.chars, call.cb);
  fs_path_drop(&path);
  return fs_call_end(&call, r);
}

static js_val to_batch(LODE_UNUSED fs_state *state, js_ctx ctx, uv_fs_t *uv, int flags) {
  const uv_dir_t *dir = uv->ptr;
  listing l = {0};
  for (ssize_t i = 0; i < uv->result; i++) listing_add(&l, dir->dirents[i].name, dir->dirents[i].type);
  return listing_finish(&l, ctx, flags | FS_TYPES);
}

enum { DIR_BATCH_MAX = 1024 };

// dirRead(dir, bytes, count, req): the next entries as a listing with types, or 0 at the end
JS_FN(fs_dir_read) {
  uv_dir_t *dir = js_native_get(JS_ARG(0), &dir_type);
  if (!dir) return js_int(UV_EBADF);
  int count = js_to_int(JS_ARG(2), 32);
  if (count < 1) count = 1;
  if (count > DIR_BATCH_MAX) count = DIR_BATCH_MAX;
  if (!dir->dirents || dir->nentries != (size_t)count) {
    free(dir->dirents);
    dir->dirents = lode_zalloc((size_t)count * sizeof(uv_dirent_t));
    dir->nentries = (size_t)count;
  }
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(3), to_batch, listing_flags(JS_ARG(1), js_bool(true)));
  return fs_call_end(&call, uv_fs_readdir(call.loop, call.uv, dir, call.cb));
}

// dirClose(dir, req)
JS_FN(fs_dir_close) {
  uv_dir_t *dir = js_native_get(JS_ARG(0), &dir_type);
  if (!dir) return js_int(UV_EBADF);
  js_native_clear(JS_ARG(0));
  free(dir->dirents);
  dir->dirents = NULL;
  dir->nentries = 0;
  fs_call call;
  fs_call_begin(&call, ctx, JS_ARG(1), fs_to_status, 0);
  return fs_call_end(&call, uv_fs_closedir(call.loop, call.uv, dir, call.cb));
}

static const js_fn_spec specs[] = {
    {"mkdir", fs_mkdir},     {"rmdir", fs_rmdir},      {"mkdtemp", fs_mkdtemp},    {"readdir", fs_readdir},
    {"opendir", fs_opendir}, {"dirRead", fs_dir_read}, {"dirClose", fs_dir_close},
};
const fs_table fs_dir_table = {specs, LODE_COUNT(specs)};
