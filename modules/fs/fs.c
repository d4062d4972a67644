// SPDX-License-Identifier: MIT
//
// The binding of `fs`: its state, its requests, and the table that the other files fill.
//
// Ordering: a request holds its owner (a js_ref) from start to completion; the owner holds every buffer the
// kernel writes into, so that bytes outlive the request. Completion writes shared figures, then calls.
#include "modules/fs/fs.h"

#include <stdlib.h>
#include <unistd.h>

extern const lode_binding lode_binding_fs;

fs_state *fs_state_current(void) { return binding_state(env_current(), &lode_binding_fs); }

// ---- Paths ----

static bool path_from_bytes(js_ctx ctx, js_val v, fs_path *out) {
  uint8_t *data;
  size_t length;
  if (!js_bytes(ctx, v, &data, &length) || (length && memchr(data, 0, length))) return false;
  char *copy = out->text.inline_;
  out->owned = NULL;
  if (length >= sizeof(out->text.inline_)) copy = out->owned = lode_alloc(length + 1);
  if (length) memcpy(copy, data, length);
  copy[length] = 0;
  out->chars = copy;
  out->length = length;
  return true;
}

static bool read_path(js_ctx ctx, js_val v, fs_path *out) {
  if (!js_is_string(ctx, v)) {
    out->is_text = false;
    return path_from_bytes(ctx, v, out);
  }
  out->is_text = true;
  return js_text_take(ctx, v, &out->text, NULL);
}

bool fs_path_take(js_ctx ctx, js_val v, fs_path *out) {
  if (!js_is_cell(v)) return false;
  js_lock(ctx); // one entry for all questions
  bool taken = read_path(ctx, v, out);
  js_unlock(ctx);
  if (!taken || !out->is_text) return taken;
  out->chars = out->text.data;
  out->length = out->text.length;
  out->owned = NULL;
  if (memchr(out->chars, 0, out->length)) {
    fs_path_drop(out);
    return false;
  }
  return true;
}

void fs_path_drop(fs_path *path) {
  if (path->is_text)
    js_text_drop(&path->text);
  else
    free(path->owned);
}

// ---- Requests over uv_fs_t ----

static void req_free(fs_req *req, js_ctx ctx) {
  js_ref_drop(ctx, &req->owner);
  uv_fs_req_cleanup(&req->uv);
  free(req);
}

static js_val outcome(fs_state *state, js_ctx ctx, uv_fs_t *uv, fs_convert convert, int flags) {
  return uv->result < 0 ? js_int((int32_t)uv->result) : convert(state, ctx, uv, flags);
}

// What was opened for a worker that was stopped meanwhile.
static void close_unwanted(uv_fs_t *uv) {
  uv_fs_t request;
  if (uv->result < 0) return;
  if (uv->fs_type == UV_FS_OPEN) close((int)uv->result);
  if (uv->fs_type != UV_FS_OPENDIR) return;
  uv_fs_closedir(NULL, &request, uv->ptr, NULL);
  uv_fs_req_cleanup(&request);
}

static void req_done(uv_fs_t *uv) {
  fs_req *req = LODE_CONTAINER(uv, fs_req, uv);
  fs_state *state = req->state;
  js_ctx ctx = env_enter(state->env);
  if (!env_stopping(state->env)) {
    js_val argv[] = {req->owner.value, outcome(state, ctx, uv, req->convert, req->flags)};
    uv_fs_req_cleanup(uv); // before JavaScript may start the next operation on the same directory
    env_call(state->env, js_as_object(state->complete.value), js_undefined(), 2, argv);
  } else {
    close_unwanted(uv);
  }
  req_free(req, ctx);
  env_leave(state->env);
}

void fs_call_begin(fs_call *call, js_ctx ctx, js_val owner, fs_convert convert, int flags) {
  call->state = fs_state_current();
  call->ctx = ctx;
  call->loop = env_loop(call->state->env);
  call->convert = convert;
  call->flags = flags;
  if (!js_is_cell(owner)) {
    call->req = NULL;
    call->cb = NULL;
    call->uv = &call->local;
    return;
  }
  fs_req *req = lode_zalloc(sizeof(*req));
  req->state = call->state;
  req->owner = js_ref_take(ctx, owner);
  req->convert = convert;
  req->flags = flags;
  call->req = req;
  call->cb = req_done;
  call->uv = &req->uv;
}

js_val fs_call_end(fs_call *call, int started) {
  if (call->req) {
    if (started >= 0) return js_int(0);
    req_free(call->req, call->ctx);
    return js_int(started);
  }
  js_val value =
      started < 0 ? js_int(started) : outcome(call->state, call->ctx, call->uv, call->convert, call->flags);
  uv_fs_req_cleanup(call->uv);
  return value;
}

js_val fs_to_status(LODE_UNUSED fs_state *state, LODE_UNUSED js_ctx ctx, uv_fs_t *uv, LODE_UNUSED int flags) {
  return js_num((double)uv->result);
}

js_val fs_text_or_bytes(js_ctx ctx, const char *data, size_t length, bool bytes) {
  return bytes ? js_uint8array_copy(ctx, data, length) : js_str_utf8(ctx, data, length);
}

// ---- Requests over the thread pool ----

static void work_run(uv_work_t *uv) {
  fs_work *work = LODE_CONTAINER(uv, fs_work, uv);
  work->run(work);
}

static void work_done(uv_work_t *uv, int status) {
  fs_work *work = LODE_CONTAINER(uv, fs_work, uv);
  fs_state *state = work->state;
  js_ctx ctx = env_enter(state->env);
  if (!env_stopping(state->env)) {
    js_val argv[] = {work->owner.value, status < 0 ? js_int(status) : work->finish(work, ctx)};
    env_call(state->env, js_as_object(state->complete.value), js_undefined(), 2, argv);
  }
  js_ref_drop(ctx, &work->owner);
  work->destroy(work);
  env_leave(state->env);
}

js_val fs_work_start(fs_work *work, js_ctx ctx, js_val owner) {
  work->state = fs_state_current();
  if (!js_is_cell(owner)) {
    work->run(work);
    js_val value = work->finish(work, ctx);
    work->destroy(work);
    return value;
  }
  work->owner = js_ref_take(ctx, owner);
  int r = uv_queue_work(env_loop(work->state->env), &work->uv, work_run, work_done);
  if (r < 0) {
    js_ref_drop(ctx, &work->owner);
    work->destroy(work);
  }
  return js_int(r);
}

// ---- The table ----

static void shared_release(LODE_UNUSED void *data, LODE_UNUSED void *hint) {} // the state owns it

// setup(complete, onWatch, onPoll): the JavaScript half's entry points, handed over once.
JS_FN(fs_setup) {
  fs_state *state = fs_state_current();
  js_ref *slots[] = {&state->complete, &state->on_watch, &state->on_poll};
  for (size_t i = 0; i < LODE_COUNT(slots); i++) {
    js_ref_drop(ctx, slots[i]);
    *slots[i] = js_ref_take(ctx, JS_ARG(i));
  }
  return js_undefined();
}

static void fs_init(lode_env *env, js_ctx ctx, js_obj target, void *memory) {
  fs_state *state = memory;
  state->env = env;
  static const js_fn_spec own[] = {{"setup", fs_setup}};
  js_define_functions(ctx, target, own, LODE_COUNT(own));
  const fs_table *tables[] = {&fs_open_table, &fs_stat_table, &fs_dir_table,  &fs_rw_table,   &fs_whole_table,
                              &fs_meta_table, &fs_link_table, &fs_tree_table, &fs_watch_table};
  for (size_t i = 0; i < LODE_COUNT(tables); i++)
    js_define_functions(ctx, target, tables[i]->specs, tables[i]->count);
  js_obj constants = js_object(ctx);
  js_define_numbers(ctx, constants, fs_constants, fs_constants_count);
  js_set(ctx, target, "constants", constants);
  js_set(ctx, target, "shared",
         js_arraybuffer_external(ctx, &state->shared, sizeof(state->shared), shared_release, NULL));
}

static void fs_teardown(lode_env *env, void *memory) {
  fs_state *state = memory;
  js_ctx ctx = env_ctx(env);
  js_ref_drop(ctx, &state->complete);
  js_ref_drop(ctx, &state->on_watch);
  js_ref_drop(ctx, &state->on_poll);
}

LODE_BINDING(fs, sizeof(fs_state), fs_init, fs_teardown);
