// SPDX-License-Identifier: MIT
//
// The system's name lookups, on libuv's thread pool: the binding 'dns'. Callbacks get a status first;
// negative ones are libuv's (UV_EAI_*).
#include "modules/dns/dns.h"
#include "runtime/io/address.h"

#include <netdb.h>
#include <stdlib.h>

enum { ORDER_VERBATIM, ORDER_IPV4_FIRST, ORDER_IPV6_FIRST, MAX_ADDRESSES = 1024 };

struct lookup_req {
  union {
    uv_getaddrinfo_t info;
    uv_getnameinfo_t name;
  } uv;
  lode_env *env;
  js_ref callback;
  int order;
};

static struct lookup_req *req_new(js_ctx ctx, js_val callback) {
  struct lookup_req *req = lode_zalloc(sizeof *req);
  req->env = env_current();
  req->callback = js_ref_take(ctx, callback);
  return req;
}

static void req_free(struct lookup_req *req) {
  js_ref_drop(env_ctx(req->env), &req->callback);
  free(req);
}

// Appends the addresses of one family (AF_UNSPEC: of both).
static void collect(js_ctx ctx, js_obj list, uint32_t *count, const struct addrinfo *info, int family) {
  for (; info && *count < MAX_ADDRESSES; info = info->ai_next) {
    char text[INET6_ADDRSTRLEN];
    if (info->ai_family == AF_INET && family != AF_INET6)
      uv_ip4_name((struct sockaddr_in *)info->ai_addr, text, sizeof text);
    else if (info->ai_family == AF_INET6 && family != AF_INET)
      uv_ip6_name((struct sockaddr_in6 *)info->ai_addr, text, sizeof text);
    else
      continue;
    js_set_index(ctx, list, (*count)++, js_str(ctx, text));
  }
}

static void on_addresses(uv_getaddrinfo_t *uv, int status, struct addrinfo *info) {
  struct lookup_req *req = LODE_CONTAINER(uv, struct lookup_req, uv.info);
  lode_env *env = req->env;
  js_ctx ctx = env_enter(env);
  js_obj list = js_array(ctx, 0, NULL);
  uint32_t count = 0;
  if (status == 0 && req->order == ORDER_VERBATIM) {
    collect(ctx, list, &count, info, AF_UNSPEC);
  } else if (status == 0) {
    collect(ctx, list, &count, info, req->order == ORDER_IPV4_FIRST ? AF_INET : AF_INET6);
    collect(ctx, list, &count, info, req->order == ORDER_IPV4_FIRST ? AF_INET6 : AF_INET);
  }
  uv_freeaddrinfo(info);
  if (status == 0 && count == 0) status = UV_EAI_NODATA;
  js_val argv[] = {js_int(status), list};
  env_call(env, js_as_object(req->callback.value), NULL, 2, argv);
  req_free(req);
  env_leave(env);
}

// lookup(hostname, family 0 | 4 | 6, hints, order, callback(status, addresses)): 0 or a negative errno
JS_FN(dns_lookup) {
  js_text name;
  if (!js_text_take(ctx, JS_ARG(0), &name, exc)) return js_undefined();
  int family = js_to_int(JS_ARG(1), 0);
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = js_to_int(JS_ARG(2), 0)};
  hints.ai_family = family == 4 ? AF_INET : family == 6 ? AF_INET6 : AF_UNSPEC;
  struct lookup_req *req = req_new(ctx, JS_ARG(4));
  req->order = js_to_int(JS_ARG(3), 0);
  int result = strlen(name.data) == name.length
                   ? uv_getaddrinfo(env_loop(req->env), &req->uv.info, on_addresses, name.data, NULL, &hints)
                   : UV_EINVAL;
  js_text_drop(&name);
  if (result < 0) req_free(req);
  return js_int(result);
}

static void on_name(uv_getnameinfo_t *uv, int status, const char *host, const char *service) {
  struct lookup_req *req = LODE_CONTAINER(uv, struct lookup_req, uv.name);
  lode_env *env = req->env;
  js_ctx ctx = env_enter(env);
  js_val argv[] = {js_int(status), host ? js_str(ctx, host) : js_undefined(),
                   service ? js_str(ctx, service) : js_undefined()};
  env_call(env, js_as_object(req->callback.value), NULL, 3, argv);
  req_free(req);
  env_leave(env);
}

// lookupService(address, port, callback(status, host, service))
JS_FN(dns_lookup_service) {
  struct sockaddr_storage address;
  int result = lode_address_from_js(ctx, JS_ARG(0), JS_ARG(1), &address);
  if (result < 0) return js_int(result);
  struct lookup_req *req = req_new(ctx, JS_ARG(2));
  result =
      uv_getnameinfo(env_loop(req->env), &req->uv.name, on_name, (struct sockaddr *)&address, NI_NAMEREQD);
  if (result < 0) req_free(req);
  return js_int(result);
}

static const js_fn_spec functions[] = {{"lookup", dns_lookup}, {"lookupService", dns_lookup_service}};
static const js_num_spec numbers[] = {
    {"ADDRCONFIG", AI_ADDRCONFIG}, {"ALL", AI_ALL}, {"V4MAPPED", AI_V4MAPPED}};

static void init(lode_env *env, js_ctx ctx, js_obj target, void *memory) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  js_define_numbers(ctx, target, numbers, LODE_COUNT(numbers));
  dns_define_resolver(env, ctx, target, memory);
}

LODE_BINDING(dns, sizeof(struct dns_state), init, NULL);
