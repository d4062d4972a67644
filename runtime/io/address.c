// SPDX-License-Identifier: MIT
//
// Socket addresses: parsing numeric text, the triple that JavaScript gets, and sockets that share an address.
#include "runtime/io/address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

int lode_address_parse(const char *text, int port, struct sockaddr_storage *out) {
  memset(out, 0, sizeof *out);
  if (strchr(text, ':')) return uv_ip6_addr(text, port, (struct sockaddr_in6 *)out);
  return uv_ip4_addr(text, port, (struct sockaddr_in *)out);
}

int lode_address_from_js(js_ctx ctx, js_val value, js_val port, struct sockaddr_storage *out) {
  js_text text;
  if (!js_text_take(ctx, value, &text, NULL)) return UV_EINVAL;
  int result =
      strlen(text.data) == text.length ? lode_address_parse(text.data, js_to_int(port, 0), out) : UV_EINVAL;
  js_text_drop(&text);
  return result;
}

static js_val v4_to_js(js_ctx ctx, const struct sockaddr_in *in) {
  char text[INET_ADDRSTRLEN];
  uv_ip4_name(in, text, sizeof text);
  js_val triple[] = {js_str(ctx, text), js_int(ntohs(in->sin_port)), js_int(4)};
  return js_array(ctx, 3, triple);
}

static js_val v6_to_js(js_ctx ctx, const struct sockaddr_in6 *in) {
  char text[INET6_ADDRSTRLEN + 1 + UV_IF_NAMESIZE];
  uv_ip6_name(in, text, INET6_ADDRSTRLEN);
  if (IN6_IS_ADDR_LINKLOCAL(&in->sin6_addr) && in->sin6_scope_id > 0) {
    char name[UV_IF_NAMESIZE];
    size_t size = sizeof name;
    if (uv_if_indextoiid(in->sin6_scope_id, name, &size) == 0) {
      strcat(text, "%");
      strcat(text, name);
    }
  }
  js_val triple[] = {js_str(ctx, text), js_int(ntohs(in->sin6_port)), js_int(6)};
  return js_array(ctx, 3, triple);
}

js_val lode_address_to_js(js_ctx ctx, const struct sockaddr *address) {
  if (address->sa_family == AF_INET) return v4_to_js(ctx, (const struct sockaddr_in *)address);
  if (address->sa_family == AF_INET6) return v6_to_js(ctx, (const struct sockaddr_in6 *)address);
  return js_undefined();
}

int lode_reuseport_socket(int family, int type) {
  int fd = socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), on = 1;
  if (fd < 0) return uv_translate_sys_error(errno);
  if (setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) == 0) return fd;
  int error = uv_translate_sys_error(errno);
  close(fd);
  return error;
}
