// SPDX-License-Identifier: MIT
//
// TCP sockets: the binding 'tcp'. Every function takes the native of a stream first and returns a negative
// errno on failure. Reading, writing and closing are in 'io_stream'.
#include "runtime/io/address.h"
#include "runtime/io/uv_stream.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static lode_uv_stream *tcp_from(js_val native) { return lode_uv_stream_from(native, UV_TCP); }

// create(): a native, or a negative errno
JS_FN(tcp_create) {
  lode_env *env = env_current();
  lode_uv_stream *stream = lode_uv_stream_new(env, UV_TCP);
  int result = uv_tcp_init(env_loop(env), &stream->uv.tcp);
  stream->uv.any.data = stream;
  if (result == 0) return stream->base.native.value;
  lode_uv_stream_abandon(stream);
  return js_int(result);
}

JS_FN(tcp_open) {
  lode_uv_stream *stream = tcp_from(JS_ARG(0));
  return js_int(stream ? uv_tcp_open(&stream->uv.tcp, js_to_int(JS_ARG(1), -1)) : UV_EBADF);
}

static int open_reuseport(lode_uv_stream *stream, int family) {
  int fd = lode_reuseport_socket(family, SOCK_STREAM);
  if (fd < 0) return fd;
  int result = uv_tcp_open(&stream->uv.tcp, fd);
  if (result < 0) close(fd);
  return result;
}

// bind(native, address, port, flags, reusePort)
JS_FN(tcp_bind) {
  lode_uv_stream *stream = tcp_from(JS_ARG(0));
  struct sockaddr_storage address;
  if (!stream) return js_int(UV_EBADF);
  int result = lode_address_from_js(ctx, JS_ARG(1), JS_ARG(2), &address);
  if (result < 0) return js_int(result);
  unsigned flags = (unsigned)js_to_int(JS_ARG(3), 0);
  if (js_is_true(JS_ARG(4)) && (result = open_reuseport(stream, address.ss_family)) < 0)
    return js_int(result);
  if (address.ss_family != AF_INET6) flags &= ~(unsigned)UV_TCP_IPV6ONLY;
  return js_int(uv_tcp_bind(&stream->uv.tcp, (struct sockaddr *)&address, flags));
}

JS_FN(tcp_listen) {
  lode_uv_stream *stream = tcp_from(JS_ARG(0));
  return js_int(stream ? lode_uv_stream_listen(stream, js_to_int(JS_ARG(1), 511)) : UV_EBADF);
}

// connect(native, address, port, callback(status))
JS_FN(tcp_connect) {
  lode_uv_stream *stream = tcp_from(JS_ARG(0));
  struct sockaddr_storage address;
  if (!stream) return js_int(UV_EBADF);
  int result = lode_address_from_js(ctx, JS_ARG(1), JS_ARG(2), &address);
  if (result < 0) return js_int(result);
  lode_connect_req *req = lode_connect_req_new(stream->base.env, JS_ARG(3));
  result = uv_tcp_connect(&req->uv, &stream->uv.tcp, (struct sockaddr *)&address, lode_connect_req_done);
  if (result < 0) lode_connect_req_drop(req);
  return js_int(result);
}

JS_FN(tcp_no_delay) {
  lode_uv_stream *stream = tcp_from(JS_ARG(0));
  return js_int(stream ? uv_tcp_nodelay(&stream->uv.tcp, js_truthy(ctx, JS_ARG(1))) : UV_EBADF);
}

// keepAlive(native, on, seconds)
JS_FN(tcp_keep_alive) {
  lode_uv_stream *stream = tcp_from(JS_ARG(0));
  if (!stream) return js_int(UV_EBADF);
  return js_int(
      uv_tcp_keepalive(&stream->uv.tcp, js_truthy(ctx, JS_ARG(1)), (unsigned)js_to_int(JS_ARG(2), 0)));
}

static js_val name_of(js_ctx ctx, js_val native, int (*get)(const uv_tcp_t *, struct sockaddr *, int *)) {
  lode_uv_stream *stream = tcp_from(native);
  struct sockaddr_storage address;
  int length = sizeof address;
  if (!stream) return js_int(UV_EBADF);
  int result = get(&stream->uv.tcp, (struct sockaddr *)&address, &length);
  return result < 0 ? js_int(result) : lode_address_to_js(ctx, (struct sockaddr *)&address);
}

// sockname(native), peername(native): [address, port, family] or a negative errno
JS_FN(tcp_sockname) { return name_of(ctx, JS_ARG(0), uv_tcp_getsockname); }
JS_FN(tcp_peername) { return name_of(ctx, JS_ARG(0), uv_tcp_getpeername); }

static void on_reset(uv_handle_t *handle) {
  lode_uv_stream *stream = handle->data;
  lode_stream_finish(&stream->base);
  free(stream);
}

// reset(native, callback): closes with RST
JS_FN(tcp_reset) {
  lode_uv_stream *stream = tcp_from(JS_ARG(0));
  if (!stream) return js_int(UV_EBADF);
  lode_uv_stream_forget(stream);
  int result = uv_tcp_close_reset(&stream->uv.tcp, on_reset);
  if (result < 0) return js_int(result);
  stream->base.closed = js_ref_take(ctx, JS_ARG(1));
  stream->base.closing = true;
  js_native_clear(argv[0]);
  return js_int(0);
}

static bool is_v6(int fd) {
  struct sockaddr_storage address;
  socklen_t length = sizeof address;
  return getsockname(fd, (struct sockaddr *)&address, &length) == 0 && address.ss_family == AF_INET6;
}

// tos(native, value?): sets the type of service, or returns it
JS_FN(tcp_tos) {
  lode_uv_stream *stream = tcp_from(JS_ARG(0));
  uv_os_fd_t fd;
  if (!stream) return js_int(UV_EBADF);
  int result = uv_fileno(&stream->uv.any, &fd);
  if (result < 0) return js_int(result);
  int level = is_v6(fd) ? IPPROTO_IPV6 : IPPROTO_IP, name = is_v6(fd) ? IPV6_TCLASS : IP_TOS;
  int value = js_to_int(JS_ARG(1), 0);
  socklen_t length = sizeof value;
  if (js_is_undefined(JS_ARG(1)))
    result = getsockopt(fd, level, name, &value, &length) ? -1 : value;
  else
    result = setsockopt(fd, level, name, &value, length);
  return js_int(result < 0 ? uv_translate_sys_error(errno) : result);
}

static const js_fn_spec functions[] = {
    {"create", tcp_create},        {"open", tcp_open},         {"bind", tcp_bind},
    {"listen", tcp_listen},        {"connect", tcp_connect},   {"noDelay", tcp_no_delay},
    {"keepAlive", tcp_keep_alive}, {"sockname", tcp_sockname}, {"peername", tcp_peername},
    {"reset", tcp_reset},          {"tos", tcp_tos},
};

static const js_num_spec numbers[] = {
    {"IPV6ONLY", UV_TCP_IPV6ONLY},
};

static void init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  js_define_numbers(ctx, target, numbers, LODE_COUNT(numbers));
}

LODE_BINDING(tcp, 0, init, NULL);
