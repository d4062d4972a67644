// SPDX-License-Identifier: MIT
//
// Datagram sockets: the binding 'udp'. Functions take the native of a handle first and return a negative
// errno on failure; events are onmessage(object, nread, arraybuffer | undefined, [address, port, family] |
// undefined) and onsent(callback, status, bytes).
#include "runtime/io/address.h"
#include "runtime/io/handle.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_DATAGRAM = 64 * 1024, MAX_CHUNKS = 1024 };

struct udp_state {
  js_ref onmessage, onsent;
  char *slab; // borrowed by one receive at a time
};

extern const lode_binding lode_binding_udp;

static lode_io_handle *udp_from(js_val native) { return lode_io_handle_from(native, UV_UDP); }
static struct udp_state *state_of(lode_env *env) { return binding_state(env, &lode_binding_udp); }

JS_FN(udp_create) {
  lode_env *env = env_current();
  lode_io_handle *handle = lode_io_handle_new(env, UV_UDP);
  int result = uv_udp_init(env_loop(env), &handle->uv.udp);
  handle->uv.any.data = handle;
  if (result == 0) return handle->native.value;
  lode_io_handle_abandon(handle);
  return js_int(result);
}

JS_FN(udp_open) {
  lode_io_handle *handle = udp_from(JS_ARG(0));
  return js_int(handle ? uv_udp_open(&handle->uv.udp, js_to_int(JS_ARG(1), -1)) : UV_EBADF);
}

static int open_reuseport(lode_io_handle *handle, int family) {
  int fd = lode_reuseport_socket(family, SOCK_DGRAM);
  if (fd < 0) return fd;
  int result = uv_udp_open(&handle->uv.udp, fd);
  if (result < 0) close(fd);
  return result;
}

// bind(native, address, port, flags, reusePort)
JS_FN(udp_bind) {
  lode_io_handle *handle = udp_from(JS_ARG(0));
  struct sockaddr_storage address;
  if (!handle) return js_int(UV_EBADF);
  int result = lode_address_from_js(ctx, JS_ARG(1), JS_ARG(2), &address);
  if (result == 0 && js_is_true(JS_ARG(4))) result = open_reuseport(handle, address.ss_family);
  if (result < 0) return js_int(result);
  unsigned flags = (unsigned)js_to_int(JS_ARG(3), 0);
  if (address.ss_family != AF_INET6) flags &= ~(unsigned)UV_UDP_IPV6ONLY;
  return js_int(uv_udp_bind(&handle->uv.udp, (struct sockaddr *)&address, flags));
}

JS_FN(udp_connect) {
  lode_io_handle *handle = udp_from(JS_ARG(0));
  struct sockaddr_storage address;
  if (!handle) return js_int(UV_EBADF);
  int result = lode_address_from_js(ctx, JS_ARG(1), JS_ARG(2), &address);
  return js_int(result < 0 ? result : uv_udp_connect(&handle->uv.udp, (struct sockaddr *)&address));
}

JS_FN(udp_disconnect) {
  lode_io_handle *handle = udp_from(JS_ARG(0));
  return js_int(handle ? uv_udp_connect(&handle->uv.udp, NULL) : UV_EBADF);
}

// ---- Receiving ----

static void on_alloc(uv_handle_t *uv, LODE_UNUSED size_t suggested, uv_buf_t *buf) {
  struct udp_state *state = state_of(((lode_io_handle *)uv->data)->env);
  if (!state->slab) state->slab = lode_alloc(MAX_DATAGRAM);
  *buf = uv_buf_init(state->slab, MAX_DATAGRAM);
}

static void on_message(uv_udp_t *uv, ssize_t nread, const uv_buf_t *buf, const struct sockaddr *from,
                       LODE_UNUSED unsigned flags) {
  lode_io_handle *handle = uv->data;
  if (handle->closing || (nread == 0 && !from) || !handle->object.value) return;
  struct udp_state *state = state_of(handle->env);
  js_ctx ctx = env_enter(handle->env);
  js_val bytes = js_undefined();
  if (nread >= 0) {
    void *copy = lode_alloc((size_t)nread);
    memcpy(copy, buf->base, (size_t)nread);
    bytes = js_arraybuffer_take(ctx, copy, (size_t)nread);
  }
  js_val argv[] = {handle->object.value, js_int((int32_t)nread), bytes,
                   from ? lode_address_to_js(ctx, from) : js_undefined()};
  env_call(handle->env, js_as_object(state->onmessage.value), NULL, 4, argv);
  env_leave(handle->env);
}

JS_FN(udp_receive) {
  lode_io_handle *handle = udp_from(JS_ARG(0));
  if (!handle) return js_int(UV_EBADF);
  if (!js_is_true(JS_ARG(1))) return js_int(uv_udp_recv_stop(&handle->uv.udp));
  int result = uv_udp_recv_start(&handle->uv.udp, on_alloc, on_message);
  return js_int(result == UV_EALREADY ? 0 : result);
}

// ---- Sending ----

struct send_req {
  uv_udp_send_t uv;
  lode_env *env;
  js_ref callback;
  size_t length;
  char bytes[];
};

static void on_sent(uv_udp_send_t *uv, int status) {
  struct send_req *req = LODE_CONTAINER(uv, struct send_req, uv);
  lode_env *env = req->env;
  js_ctx ctx = env_enter(env);
  js_val argv[] = {req->callback.value, js_int(status), js_num((double)req->length)};
  env_call(env, js_as_object(state_of(env)->onsent.value), NULL, 3, argv);
  js_ref_drop(ctx, &req->callback);
  free(req);
  env_leave(env);
}

static int queue_send(js_ctx ctx, lode_io_handle *handle, const uv_buf_t bufs[], uint32_t count, size_t total,
                      const struct sockaddr *to, js_val callback) {
  struct send_req *req = lode_alloc(sizeof *req + total);
  req->env = handle->env;
  req->length = total;
  req->callback = js_ref_take(ctx, callback);
  char *out = req->bytes;
  for (uint32_t i = 0; i < count; i++) out = (char *)memcpy(out, bufs[i].base, bufs[i].len) + bufs[i].len;
  uv_buf_t all = uv_buf_init(req->bytes, (unsigned)total);
  int result = uv_udp_send(&req->uv, &handle->uv.udp, &all, 1, to, on_sent);
  if (result == 0) return 0;
  js_ref_drop(ctx, &req->callback);
  free(req);
  return result;
}

// send(native, [bytes...], address | undefined, port, callback): 0 (onsent comes) or a negative errno
JS_FN(udp_send) {
  lode_io_handle *handle = udp_from(JS_ARG(0));
  struct sockaddr_storage address, *to = NULL;
  if (!handle) return js_int(UV_EBADF);
  if (!js_is_object(ctx, JS_ARG(1))) return js_int(UV_EINVAL);
  if (!js_is_undefined(JS_ARG(2))) {
    int result = lode_address_from_js(ctx, argv[2], JS_ARG(3), to = &address);
    if (result < 0) return js_int(result);
  }
  js_obj list = js_as_object(argv[1]);
  uint32_t count = js_length(ctx, list);
  if (count > MAX_CHUNKS) return js_int(UV_E2BIG);
  uv_buf_t *bufs = lode_zalloc(sizeof *bufs * (count + 1));
  size_t total = 0;
  int result = 0;
  for (uint32_t i = 0; i < count && result == 0; i++) {
    uint8_t *data;
    size_t length;
    if (!js_bytes(ctx, js_get_index(ctx, list, i), &data, &length))
      result = UV_EINVAL;
    else
      bufs[i] = uv_buf_init((char *)data, (unsigned)length), total += length;
  }
  if (count == 0) bufs[0] = uv_buf_init("", 0), count = 1;
  // libuv sends at once where it can, but reports it later, and counts it as queued until then.
  if (result == 0) result = queue_send(ctx, handle, bufs, count, total, (struct sockaddr *)to, JS_ARG(4));
  free(bufs);
  return js_int(result);
}

// ---- Names and options ----

static js_val name_of(js_ctx ctx, js_val native, int (*get)(const uv_udp_t *, struct sockaddr *, int *)) {
  lode_io_handle *handle = udp_from(native);
  struct sockaddr_storage address;
  int length = sizeof address;
  if (!handle) return js_int(UV_EBADF);
  int result = get(&handle->uv.udp, (struct sockaddr *)&address, &length);
  return result < 0 ? js_int(result) : lode_address_to_js(ctx, (struct sockaddr *)&address);
}

JS_FN(udp_sockname) { return name_of(ctx, JS_ARG(0), uv_udp_getsockname); }
JS_FN(udp_peername) { return name_of(ctx, JS_ARG(0), uv_udp_getpeername); }

// option(native, which, value)
JS_FN(udp_option) {
  enum { BROADCAST, TTL, MULTICAST_TTL, MULTICAST_LOOP };
  lode_io_handle *handle = udp_from(JS_ARG(0));
  int value = js_to_int(JS_ARG(2), 0);
  if (!handle) return js_int(UV_EBADF);
  switch (js_to_int(JS_ARG(1), -1)) {
  case BROADCAST:
    return js_int(uv_udp_set_broadcast(&handle->uv.udp, value));
  case TTL:
    return js_int(uv_udp_set_ttl(&handle->uv.udp, value));
  case MULTICAST_TTL:
    return js_int(uv_udp_set_multicast_ttl(&handle->uv.udp, value));
  case MULTICAST_LOOP:
    return js_int(uv_udp_set_multicast_loop(&handle->uv.udp, value));
  default:
    return js_int(UV_EINVAL);
  }
}

JS_FN(udp_multicast_interface) {
  lode_io_handle *handle = udp_from(JS_ARG(0));
  js_text text;
  if (!handle) return js_int(UV_EBADF);
  if (!js_text_take(ctx, JS_ARG(1), &text, exc)) return js_undefined();
  int result = uv_udp_set_multicast_interface(&handle->uv.udp, text.data);
  js_text_drop(&text);
  return js_int(result);
}

// membership(native, group, interface | undefined, source | undefined, join)
JS_FN(udp_membership) {
  lode_io_handle *handle = udp_from(JS_ARG(0));
  if (!handle) return js_int(UV_EBADF);
  char *group = js_strdup(ctx, JS_ARG(1));
  char *interface = js_is_nullish(JS_ARG(2)) ? NULL : js_strdup(ctx, argv[2]);
  char *source = js_is_nullish(JS_ARG(3)) ? NULL : js_strdup(ctx, argv[3]);
  uv_membership how = js_is_true(JS_ARG(4)) ? UV_JOIN_GROUP : UV_LEAVE_GROUP;
  int result = UV_EINVAL;
  if (group && source)
    result = uv_udp_set_source_membership(&handle->uv.udp, group, interface, source, how);
  else if (group)
    result = uv_udp_set_membership(&handle->uv.udp, group, interface, how);
  free(group);
  free(interface);
  free(source);
  return js_int(result);
}

// bufferSize(native, size, receive): sets where size is not 0, gets else
JS_FN(udp_buffer_size) {
  lode_io_handle *handle = udp_from(JS_ARG(0));
  int size = js_to_int(JS_ARG(1), 0);
  if (!handle) return js_int(UV_EBADF);
  int result = js_is_true(JS_ARG(2)) ? uv_recv_buffer_size(&handle->uv.any, &size)
                                     : uv_send_buffer_size(&handle->uv.any, &size);
  return js_int(result < 0 ? result : size);
}

JS_FN(udp_queue) {
  lode_io_handle *handle = udp_from(JS_ARG(0));
  double size = handle ? (double)handle->uv.udp.send_queue_size : 0,
         count = handle ? (double)handle->uv.udp.send_queue_count : 0;
  return js_array(ctx, 2, (js_val[]){js_num(size), js_num(count)});
}

JS_FN(udp_fd) {
  lode_io_handle *handle = udp_from(JS_ARG(0));
  uv_os_fd_t fd;
  if (!handle) return js_int(-1);
  int result = uv_fileno(&handle->uv.any, &fd);
  return js_int(result < 0 ? result : fd);
}

JS_FN(udp_setup) {
  struct udp_state *state = state_of(env_current());
  state->onmessage = js_ref_take(ctx, JS_ARG(0));
  state->onsent = js_ref_take(ctx, JS_ARG(1));
  return js_undefined();
}

static const js_fn_spec functions[] = {
    {"setup", udp_setup},
    {"create", udp_create},
    {"open", udp_open},
    {"bind", udp_bind},
    {"connect", udp_connect},
    {"disconnect", udp_disconnect},
    {"receive", udp_receive},
    {"send", udp_send},
    {"sockname", udp_sockname},
    {"peername", udp_peername},
    {"option", udp_option},
    {"multicastInterface", udp_multicast_interface},
    {"membership", udp_membership},
    {"bufferSize", udp_buffer_size},
    {"queue", udp_queue},
    {"fd", udp_fd},
};

static const js_num_spec numbers[] = {{"IPV6ONLY", UV_UDP_IPV6ONLY}, {"REUSEADDR", UV_UDP_REUSEADDR}};

static void init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  js_define_numbers(ctx, target, numbers, LODE_COUNT(numbers));
}

static void teardown(lode_env *env, void *memory) {
  struct udp_state *state = memory;
  js_ref_drop(env_ctx(env), &state->onmessage);
  js_ref_drop(env_ctx(env), &state->onsent);
  free(state->slab);
}

LODE_BINDING(udp, sizeof(struct udp_state), init, teardown);
