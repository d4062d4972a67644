// SPDX-License-Identifier: MIT
//
// Unix domain sockets and pipes: the binding 'pipe'. Same shape as tcp.c. Names are bytes: a leading NUL
// means Linux's abstract namespace.
#include "runtime/io/handle.h"
#include "runtime/io/uv_stream.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static lode_uv_stream *pipe_from(js_val native) { return lode_uv_stream_from(native, UV_NAMED_PIPE); }

// create(ipc)
JS_FN(pipe_create) {
  lode_env *env = env_current();
  lode_uv_stream *stream = lode_uv_stream_new(env, UV_NAMED_PIPE);
  int result = uv_pipe_init(env_loop(env), &stream->uv.pipe, js_is_true(JS_ARG(0)));
  stream->uv.any.data = stream;
  if (result == 0) return stream->base.native.value;
  lode_uv_stream_abandon(stream);
  return js_int(result);
}

JS_FN(pipe_open) {
  lode_uv_stream *stream = pipe_from(JS_ARG(0));
  return js_int(stream ? uv_pipe_open(&stream->uv.pipe, js_to_int(JS_ARG(1), -1)) : UV_EBADF);
}

// libuv's functions take C strings and cut long ones: names are checked here, abstract ones done here.
static int check_name(const js_text *name, struct sockaddr_un *address, socklen_t *length) {
  if (name->length == 0 || name->length >= sizeof address->sun_path) return UV_EINVAL;
  memset(address, 0, sizeof *address);
  address->sun_family = AF_UNIX;
  memcpy(address->sun_path, name->data, name->length);
  *length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + name->length);
  bool abstract = name->data[0] == 0;
  return abstract || strlen(name->data) == name->length ? abstract : UV_EINVAL;
}

static int open_abstract(lode_uv_stream *stream, const struct sockaddr_un *address, socklen_t length,
                         int (*use)(int, const struct sockaddr *, socklen_t)) {
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return uv_translate_sys_error(errno);
  int result = use(fd, (const struct sockaddr *)address, length) ? uv_translate_sys_error(errno)
                                                                 : uv_pipe_open(&stream->uv.pipe, fd);
  if (result < 0) close(fd);
  return result;
}

static int bind_name(lode_uv_stream *stream, const js_text *name) {
  struct sockaddr_un address;
  socklen_t length;
  int abstract = check_name(name, &address, &length);
  if (abstract < 0) return abstract;
  return abstract ? open_abstract(stream, &address, length, bind)
                  : uv_pipe_bind(&stream->uv.pipe, name->data);
}

JS_FN(pipe_bind) {
  lode_uv_stream *stream = pipe_from(JS_ARG(0));
  js_text name;
  if (!stream) return js_int(UV_EBADF);
  if (!js_text_take(ctx, JS_ARG(1), &name, exc)) return js_undefined();
  int result = bind_name(stream, &name);
  js_text_drop(&name);
  return js_int(result);
}

JS_FN(pipe_listen) {
  lode_uv_stream *stream = pipe_from(JS_ARG(0));
  return js_int(stream ? lode_uv_stream_listen(stream, js_to_int(JS_ARG(1), 511)) : UV_EBADF);
}

// connect(native, name, callback(status)): 0 callback comes; 1 connected already; negative errno
JS_FN(pipe_connect) {
  lode_uv_stream *stream = pipe_from(JS_ARG(0));
  struct sockaddr_un address;
  socklen_t length;
  js_text name;
  if (!stream) return js_int(UV_EBADF);
  if (!js_text_take(ctx, JS_ARG(1), &name, exc)) return js_undefined();
  int result = check_name(&name, &address, &length);
  if (result == 1) {
    result = open_abstract(stream, &address, length, connect);
    if (result == 0) result = 1;
  } else if (result == 0) {
    lode_connect_req *req = lode_connect_req_new(stream->base.env, JS_ARG(2));
    uv_pipe_connect(&req->uv, &stream->uv.pipe, name.data, lode_connect_req_done);
  }
  js_text_drop(&name);
  return js_int(result);
}

// chmod(native, UV_READABLE | UV_WRITABLE)
JS_FN(pipe_chmod) {
  lode_uv_stream *stream = pipe_from(JS_ARG(0));
  return js_int(stream ? uv_pipe_chmod(&stream->uv.pipe, js_to_int(JS_ARG(1), 0)) : UV_EBADF);
}

// setBlocking(native, on): of any libuv stream
JS_FN(pipe_set_blocking) {
  lode_uv_stream *stream = lode_uv_stream_from(JS_ARG(0), UV_UNKNOWN_HANDLE);
  return js_int(stream ? uv_stream_set_blocking(&stream->uv.stream, js_is_true(JS_ARG(1))) : UV_EBADF);
}

// ---- Channels between processes: handles beside the bytes ----

static js_val accept_udp(lode_uv_stream *channel) {
  lode_io_handle *handle = lode_io_handle_new(channel->base.env, UV_UDP);
  uv_udp_init(env_loop(channel->base.env), &handle->uv.udp);
  handle->uv.any.data = handle;
  js_val native = handle->native.value;
  if (uv_accept(&channel->uv.stream, (uv_stream_t *)&handle->uv.any) == 0) return native;
  lode_io_handle_close(handle);
  return js_undefined();
}

js_val lode_pipe_accept(lode_uv_stream *channel, LODE_UNUSED js_ctx ctx, uv_handle_type type) {
  if (type == UV_UDP) return accept_udp(channel);
  if (type != UV_TCP && type != UV_NAMED_PIPE) return js_undefined();
  lode_env *env = channel->base.env;
  lode_uv_stream *stream = lode_uv_stream_new(env, type);
  if (type == UV_TCP)
    uv_tcp_init(env_loop(env), &stream->uv.tcp);
  else
    uv_pipe_init(env_loop(env), &stream->uv.pipe, 0);
  stream->uv.any.data = stream;
  if (uv_accept(&channel->uv.stream, &stream->uv.stream) == 0) return stream->base.native.value;
  lode_stream_close(&stream->base);
  return js_undefined();
}

struct handle_write {
  uv_write_t uv;
  lode_uv_stream *stream;
  void *callback;
  js_ref sent; // alive until it is on its way
  char bytes[];
};

static void on_handle_written(uv_write_t *uv, int status) {
  struct handle_write *req = LODE_CONTAINER(uv, struct handle_write, uv);
  js_ref_drop(env_ctx(req->stream->base.env), &req->sent);
  lode_stream_write_done(&req->stream->base, status, req->callback);
  free(req);
}

static uv_stream_t *sendable_from(js_val native) {
  lode_uv_stream *stream = lode_uv_stream_from(native, UV_UNKNOWN_HANDLE);
  if (stream) return &stream->uv.stream;
  lode_io_handle *udp = lode_io_handle_from(native, UV_UDP);
  return udp ? (uv_stream_t *)&udp->uv.any : NULL;
}

// writeHandle(native, bytes, sent, callback): 1 (onwrite comes later) or a negative errno
JS_FN(pipe_write_handle) {
  lode_uv_stream *stream = pipe_from(JS_ARG(0));
  uv_stream_t *sent = sendable_from(JS_ARG(2));
  uint8_t *data;
  size_t length;
  if (!stream || !sent) return js_int(UV_EBADF);
  if (!js_bytes(ctx, JS_ARG(1), &data, &length)) return js_int(UV_EINVAL);
  struct handle_write *req = lode_alloc(sizeof *req + length);
  memcpy(req->bytes, data, length);
  req->stream = stream;
  req->callback = lode_stream_callback_take(stream->base.env, JS_ARG(3));
  req->sent = js_ref_take(ctx, argv[2]);
  uv_buf_t buf = uv_buf_init(req->bytes, (unsigned)length);
  int result = uv_write2(&req->uv, &stream->uv.stream, &buf, 1, sent, on_handle_written);
  if (result == 0) return js_int(1);
  js_ref_drop(ctx, &req->sent);
  lode_stream_callback_drop(stream->base.env, req->callback);
  free(req);
  return js_int(result);
}

static const js_fn_spec functions[] = {
    {"create", pipe_create},
    {"open", pipe_open},
    {"bind", pipe_bind},
    {"listen", pipe_listen},
    {"connect", pipe_connect},
    {"chmod", pipe_chmod},
    {"setBlocking", pipe_set_blocking},
    {"writeHandle", pipe_write_handle},
};

static void init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  js_define_numbers(ctx, target, (js_num_spec[]){{"READABLE", UV_READABLE}, {"WRITABLE", UV_WRITABLE}}, 2);
}

LODE_BINDING(pipe, 0, init, NULL);
