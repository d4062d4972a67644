// SPDX-License-Identifier: MIT
//
// The stream interface over libuv's streams.
//
// Writing: what the kernel takes at once is written at once (uv_try_write); only the rest becomes a request.
// A request copies its bytes unless they belong to a JavaScript value and are many: then it holds that value,
// whose memory the engine keeps in place once C has asked for its address.
#include "runtime/io/uv_stream.h"
#include "runtime/io/batch.h"

#include <stdlib.h>

enum { COPY_UP_TO = 16 * 1024 };

static lode_uv_stream *self_of(lode_stream *s) { return LODE_CONTAINER(s, lode_uv_stream, base); }

// ---- Reading ----

static lode_batch *batch_of(lode_uv_stream *self) { return lode_stream_batch(self->base.env); }

static void on_alloc(uv_handle_t *handle, LODE_UNUSED size_t suggested, uv_buf_t *buf) {
  lode_uv_stream *self = handle->data;
  if (self->base.batched && handle->type == UV_TCP && lode_batch_defer(batch_of(self), self)) {
    self->put_off = true;
    *buf = uv_buf_init(NULL, 0); // libuv does not read, and says so
    return;
  }
  *buf = lode_stream_slab_borrow(self->base.env);
}

// Handles that came with the bytes of a channel between processes go first: the message that needs them
// follows.
static void deliver_handles(lode_uv_stream *self) {
  lode_env *env = self->base.env;
  while (!self->base.closing && uv_pipe_pending_count(&self->uv.pipe) > 0) {
    js_ctx ctx = env_enter(env);
    uv_handle_type type = uv_pipe_pending_type(&self->uv.pipe);
    js_val native = lode_pipe_accept(self, ctx, type);
    lode_stream_emit_handle(&self->base, native, (int)type);
    env_leave(env);
    if (js_is_undefined(native)) return;
  }
}

// libuv may keep polling after an error; nothing useful can follow.
static void stop_after_error(lode_uv_stream *self) {
  uv_read_stop(&self->uv.stream);
  self->base.reading = false;
}

static void on_read(uv_stream_t *uv, ssize_t nread, const uv_buf_t *buf) {
  enum { GIVE_AWAY_FROM = 24 * 1024 };
  lode_uv_stream *self = uv->data;
  lode_stream *s = &self->base;
  if (nread == 0 || s->closing) return;
  if (self->put_off) {
    self->put_off = false;
    lode_batch_deferred(batch_of(self));
    return;
  }
  if (self->read_directly) lode_batch_read_directly(self, nread);
  if (nread < 0) stop_after_error(self);
  if (uv->type == UV_NAMED_PIPE && self->uv.pipe.ipc) {
    uint8_t *copy = nread > 0 ? memcpy(lode_alloc((size_t)nread), buf->base, (size_t)nread) : NULL;
    deliver_handles(self);
    if (s->closing)
      free(copy);
    else
      lode_stream_deliver_take(s, nread, copy);
    return;
  }
  if (nread >= GIVE_AWAY_FROM && !s->reader) {
    lode_stream_slab_give_away(s->env);
    lode_stream_deliver_take(s, nread, (uint8_t *)buf->base);
  } else {
    lode_stream_deliver(s, nread, (const uint8_t *)buf->base);
  }
}

void lode_uv_stream_failed(lode_uv_stream *self, int status) {
  stop_after_error(self);
  lode_stream_deliver(&self->base, status, NULL);
}

static int uvs_read_start(lode_stream *s) {
  if (s->reading) return 0;
  lode_batch_started(batch_of(self_of(s)), self_of(s));
  int result = uv_read_start(&self_of(s)->uv.stream, on_alloc, on_read);
  if (result == UV_EALREADY) result = 0;
  s->reading = result == 0;
  return result;
}

static int uvs_read_stop(lode_stream *s) {
  s->reading = false;
  lode_batch_stopped(batch_of(self_of(s)), self_of(s));
  return uv_read_stop(&self_of(s)->uv.stream);
}

// ---- Writing ----

struct write_req {
  uv_write_t uv;
  lode_stream *stream;
  lode_stream_done_fn done;
  void *arg;
  js_ref owner;
  char bytes[];
};

static void on_written(uv_write_t *uv, int status) {
  struct write_req *req = LODE_CONTAINER(uv, struct write_req, uv);
  lode_stream *s = req->stream;
  js_ref_drop(env_ctx(s->env), &req->owner);
  if (req->done) req->done(s, status, req->arg);
  free(req);
}

static size_t sum(const uv_buf_t bufs[], unsigned count) {
  size_t total = 0;
  for (unsigned i = 0; i < count; i++) total += bufs[i].len;
  return total;
}

// Copies what is left after `skip` bytes.
static void gather(char *out, const uv_buf_t bufs[], unsigned count, size_t skip) {
  for (unsigned i = 0; i < count; i++) {
    if (skip >= bufs[i].len) {
      skip -= bufs[i].len;
      continue;
    }
    memcpy(out, bufs[i].base + skip, bufs[i].len - skip);
    out += bufs[i].len - skip;
    skip = 0;
  }
}

static int write_in_place(lode_uv_stream *self, struct write_req *req, const uv_buf_t bufs[], unsigned count,
                          size_t skip) {
  while (count && skip >= bufs[0].len) skip -= bufs[0].len, bufs++, count--;
  uv_buf_t *rest = lode_alloc(sizeof *rest * count);
  memcpy(rest, bufs, sizeof *rest * count);
  rest[0].base += skip;
  rest[0].len -= skip;
  int result = uv_write(&req->uv, &self->uv.stream, rest, count, on_written);
  free(rest);
  return result;
}

static int queue_rest(lode_uv_stream *self, const uv_buf_t bufs[], unsigned count, size_t skip, size_t rest,
                      js_val owner, lode_stream_done_fn done, void *arg) {
  bool in_place = owner && rest > COPY_UP_TO;
  struct write_req *req = lode_alloc(sizeof *req + (in_place ? 0 : rest));
  req->stream = &self->base;
  req->done = done;
  req->arg = arg;
  req->owner = in_place ? js_ref_take(env_ctx(self->base.env), owner) : (js_ref){NULL};
  int result;
  if (in_place) {
    result = write_in_place(self, req, bufs, count, skip);
  } else {
    gather(req->bytes, bufs, count, skip);
    uv_buf_t all = {.base = req->bytes, .len = rest};
    result = uv_write(&req->uv, &self->uv.stream, &all, 1, on_written);
  }
  if (result == 0) return 1;
  js_ref_drop(env_ctx(self->base.env), &req->owner);
  free(req);
  return result;
}

void lode_uv_stream_queue(lode_uv_stream *self, const char *data, size_t length) {
  uv_buf_t buf = {.base = (char *)data, .len = length};
  queue_rest(self, &buf, 1, 0, length, NULL, NULL, NULL);
}

static void settle(lode_uv_stream *self) {
  if (self->send_waits) lode_batch_settle(batch_of(self));
}

static int uvs_write(lode_stream *s, const uv_buf_t bufs[], unsigned count, js_val owner,
                     lode_stream_done_fn done, void *arg) {
  lode_uv_stream *self = self_of(s);
  size_t total = sum(bufs, count), sent = 0;
  settle(self);
  s->bytes_written += total;
  if (total == 0 && self->uv.stream.write_queue_size == 0) return 0;
  int taken = uv_try_write(&self->uv.stream, bufs, count);
  if (taken < 0 && taken != UV_EAGAIN && taken != UV_ENOSYS) return taken;
  if (taken > 0) sent = (size_t)taken;
  if (sent == total) return 0;
  return queue_rest(self, bufs, count, sent, total - sent, owner, done, arg);
}

static int uvs_write_soon(lode_stream *s, const uv_buf_t *buf, lode_stream_done_fn done, void *arg) {
  lode_uv_stream *self = self_of(s);
  if (self->uv.any.type == UV_TCP && lode_batch_send(batch_of(self), self, buf->base, buf->len)) return 0;
  return uvs_write(s, buf, 1, NULL, done, arg);
}

struct shutdown_req {
  uv_shutdown_t uv;
  lode_stream *stream;
  lode_stream_done_fn done;
  void *arg;
};

static void on_shutdown(uv_shutdown_t *uv, int status) {
  struct shutdown_req *req = LODE_CONTAINER(uv, struct shutdown_req, uv);
  if (req->done) req->done(req->stream, status, req->arg);
  free(req);
}

static int uvs_shutdown(lode_stream *s, lode_stream_done_fn done, void *arg) {
  settle(self_of(s));
  struct shutdown_req *req = lode_alloc(sizeof *req);
  req->stream = s;
  req->done = done;
  req->arg = arg;
  int result = uv_shutdown(&req->uv, &self_of(s)->uv.stream, on_shutdown);
  if (result < 0) free(req);
  return result;
}

// ---- The handle ----

static void on_closed(uv_handle_t *handle) {
  lode_uv_stream *self = handle->data;
  lode_stream_finish(&self->base);
  free(self);
}

void lode_uv_stream_forget(lode_uv_stream *self) { lode_batch_forget(batch_of(self), self); }

static void uvs_close(lode_stream *s) {
  lode_uv_stream_forget(self_of(s));
  uv_close(&self_of(s)->uv.any, on_closed);
}

static void close_at_teardown(uv_handle_t *handle) {
  lode_uv_stream *self = handle->data;
  lode_stream_close(&self->base);
}

static void uvs_ref(lode_stream *s, bool on) {
  if (on)
    uv_ref(&self_of(s)->uv.any);
  else
    uv_unref(&self_of(s)->uv.any);
}

static bool uvs_has_ref(lode_stream *s) { return uv_has_ref(&self_of(s)->uv.any); }

static int uvs_fd(lode_stream *s) {
  settle(self_of(s)); // who wants the descriptor may write to it
  uv_os_fd_t fd;
  int result = uv_fileno(&self_of(s)->uv.any, &fd);
  return result < 0 ? result : fd;
}

static size_t uvs_queued(lode_stream *s) { return self_of(s)->uv.stream.write_queue_size; }
static uv_stream_t *uvs_transport(lode_stream *s) {
  settle(self_of(s));
  return &self_of(s)->uv.stream;
}

static const lode_stream_ops ops = {
    .read_start = uvs_read_start,
    .read_stop = uvs_read_stop,
    .write = uvs_write,
    .write_soon = uvs_write_soon,
    .shutdown = uvs_shutdown,
    .close = uvs_close,
    .ref = uvs_ref,
    .has_ref = uvs_has_ref,
    .fd = uvs_fd,
    .queued = uvs_queued,
    .transport = uvs_transport,
};

lode_uv_stream *lode_uv_stream_new(lode_env *env, uv_handle_type type) {
  size_t size = offsetof(lode_uv_stream, uv) + uv_handle_size(type);
  lode_uv_stream *self = lode_zalloc(size);
  self->handle.close = close_at_teardown;
  lode_stream_init(&self->base, &ops, env);
  self->uv.any.data = self;
  return self;
}

void lode_uv_stream_abandon(lode_uv_stream *self) {
  lode_stream_finish(&self->base);
  free(self);
}

lode_uv_stream *lode_uv_stream_from(js_val native, uv_handle_type type) {
  lode_stream *s = lode_stream_from(native);
  if (!s || s->ops != &ops) return NULL;
  lode_uv_stream *self = self_of(s);
  return type == UV_UNKNOWN_HANDLE || self->uv.any.type == type ? self : NULL;
}

js_val lode_uv_stream_object(const uv_handle_t *handle) {
  const lode_handle *owner = handle->data;
  if (!owner || owner->close != close_at_teardown) return NULL;
  return LODE_CONTAINER(owner, lode_uv_stream, handle)->base.object.value;
}

// ---- Listening ----

static lode_uv_stream *accept_stream(lode_uv_stream *server, int *status) {
  lode_env *env = server->base.env;
  uv_handle_type type = server->uv.any.type;
  lode_uv_stream *client = lode_uv_stream_new(env, type);
  if (type == UV_TCP)
    *status = uv_tcp_init(env_loop(env), &client->uv.tcp);
  else
    *status = uv_pipe_init(env_loop(env), &client->uv.pipe, 0);
  client->uv.any.data = client;
  if (*status < 0) {
    lode_uv_stream_abandon(client);
    return NULL;
  }
  *status = uv_accept(&server->uv.stream, &client->uv.stream);
  if (*status == 0) return client;
  lode_stream_close(&client->base);
  return NULL;
}

static void on_connection(uv_stream_t *uv, int status) {
  lode_uv_stream *server = uv->data;
  lode_env *env = server->base.env;
  if (server->base.closing) return;
  env_enter(env);
  lode_uv_stream *client = status == 0 ? accept_stream(server, &status) : NULL;
  js_val native = client ? client->base.native.value : js_undefined();
  if (status != UV_EAGAIN) lode_stream_emit_connection(&server->base, status, native, (int)uv->type);
  env_leave(env);
}

int lode_uv_stream_listen(lode_uv_stream *server, int backlog) {
  return uv_listen(&server->uv.stream, backlog, on_connection);
}

// ---- Connecting ----

lode_connect_req *lode_connect_req_new(lode_env *env, js_val callback) {
  lode_connect_req *req = lode_alloc(sizeof *req);
  req->env = env;
  req->callback = lode_stream_callback_take(env, callback);
  return req;
}

void lode_connect_req_done(uv_connect_t *uv, int status) {
  lode_connect_req *req = LODE_CONTAINER(uv, lode_connect_req, uv);
  lode_env *env = req->env;
  void *callback = req->callback;
  free(req);
  lode_stream_callback_run(env, callback, status);
}

void lode_connect_req_drop(lode_connect_req *req) {
  lode_stream_callback_drop(req->env, req->callback);
  free(req);
}
