// SPDX-License-Identifier: MIT
//
// What the C files of `fs` share: the state of one environment, paths, and the two shapes of an operation.
//
// Idea. Every operation takes its arguments and, last, an optional request object. Without one it runs at
// once and returns its value; with one it starts a libuv request and later calls the JavaScript half's
// `complete(request, value)`. Errors are negative libuv numbers in both cases; nothing here throws, except
// where an argument cannot be read at all. Figures of stat and statfs do not travel as values: they are
// written into one block of memory that JavaScript sees as a Float64Array (or BigInt64Array), right before
// control goes back there.
//
// Threading. Everything runs on the environment's thread, except functions documented as `work`, which see
// C memory only.
#ifndef LODE_MODULES_FS_FS_H
#define LODE_MODULES_FS_FS_H

#include "runtime/env/env.h"

enum { FS_STAT_FIELDS = 18, FS_SHARED_FIELDS = 2 * FS_STAT_FIELDS };

typedef struct fs_state {
  lode_env *env;
  js_ref complete; // (request, value)
  js_ref on_watch; // (owner, status, events, filename)
  js_ref on_poll;  // (owner, status, current and previous figures are in `shared`)
  union {
    double numbers[FS_SHARED_FIELDS];
    int64_t integers[FS_SHARED_FIELDS];
  } shared;
} fs_state;

fs_state *fs_state_current(void);

// ---- Paths: a string or bytes, as a NUL-terminated C string ----

typedef struct fs_path {
  const char *chars;
  size_t length;
  char *owned; // from malloc, for long byte paths
  bool is_text;
  js_text text;
} fs_path;

// False where v is neither a string nor bytes, or holds a NUL; fs_path_drop only after true.
bool fs_path_take(js_ctx ctx, js_val v, fs_path *out);
void fs_path_drop(fs_path *path);

// ---- Operations on uv_fs_t ----

// Turns a finished request (result >= 0) into the value that JavaScript gets.
typedef js_val (*fs_convert)(fs_state *state, js_ctx ctx, uv_fs_t *uv, int flags);

typedef struct fs_req {
  uv_fs_t uv;
  fs_state *state;
  js_ref owner;
  fs_convert convert;
  int flags;
} fs_req;

typedef struct fs_call {
  fs_state *state;
  js_ctx ctx;
  uv_loop_t *loop;
  uv_fs_t *uv;
  uv_fs_cb cb; // NULL: synchronous
  fs_convert convert;
  int flags;
  fs_req *req;
  uv_fs_t local;
} fs_call;

// owner: the request object, or undefined for a synchronous call.
void fs_call_begin(fs_call *call, js_ctx ctx, js_val owner, fs_convert convert, int flags);
// started: what uv_fs_*() returned.
js_val fs_call_end(fs_call *call, int started);

enum { FS_BYTES = 1, FS_TYPES = 2, FS_BIGINT = 4 }; // flags of the converters
js_val fs_to_status(fs_state *state, js_ctx ctx, uv_fs_t *uv, int flags);
js_val fs_to_stat(fs_state *state, js_ctx ctx, uv_fs_t *uv, int flags);
void fs_put_stat(fs_state *state, const uv_stat_t *stat, bool bigint, int slot); // slot: 0 or 1
js_val fs_text_or_bytes(js_ctx ctx, const char *data, size_t length, bool bytes);

// ---- Operations of lode's own on the thread pool ----

typedef struct fs_work fs_work;
struct fs_work {
  uv_work_t uv;
  fs_state *state;
  js_ref owner;
  void (*run)(fs_work *);                  // work: fills the struct it is embedded in
  js_val (*finish)(fs_work *, js_ctx ctx); // on the environment's thread: the value
  void (*destroy)(fs_work *);              // frees everything, the struct too
};
// Runs work now (owner undefined) and returns its value, or queues it. Takes the struct in both cases.
js_val fs_work_start(fs_work *work, js_ctx ctx, js_val owner);

// ---- The table ----

typedef struct fs_table {
  const js_fn_spec *specs;
  size_t count;
} fs_table;
extern const fs_table fs_open_table, fs_stat_table, fs_dir_table, fs_rw_table, fs_whole_table, fs_meta_table,
    fs_link_table, fs_tree_table, fs_watch_table;
extern const js_num_spec fs_constants[];
extern const size_t fs_constants_count;

// Reads a file position: number, BigInt, or nullish for "current" (-1).
static inline int64_t fs_position(js_ctx ctx, js_val v) {
  if (js_is_number(v)) return js_to_int64(v, -1);
  return js_is_nullish(v) ? -1 : js_bigint_to_int64(ctx, v, -1);
}

#endif
