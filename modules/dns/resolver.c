// SPDX-License-Identifier: MIT
//
// DNS queries over c-ares. C sends them and hands back the answer's bytes; JavaScript reads the records
// (records.js).
//
// c-ares tells which descriptors to watch; each gets a uv_poll, and one timer drives its timeouts while
// queries are open. A resolver belongs to its JavaScript object. When that is collected, on any thread, the
// resolver goes to a list that the next call on the engine's thread empties. At exit all channels are
// destroyed before the loop closes.
#include "base/lazy_library.h"
#include "modules/dns/dns.h"
#include "runtime/env/handle.h"

#include <ares.h>
#include <netdb.h>
#include <stdlib.h>

struct resolver {
  struct resolver *next, *previous; // of the live list; engine's thread only
  struct resolver *next_dead;
  struct dns_state *state;
  lode_env *env;
  ares_channel channel; // NULL after exit
  struct ticker *ticker;
  struct watcher *watchers;
  int timeout; // ms, or -1
  int open;    // queries
};

struct watcher {
  lode_handle handle;
  struct resolver *resolver; // NULL once closing
  ares_socket_t fd;
  struct watcher *next;
  uv_poll_t poll;
};

struct ticker {
  lode_handle handle;
  struct resolver *resolver;
  uv_timer_t timer;
};

// ---- The loop's side ----

static void free_watcher(uv_handle_t *handle) { free(handle->data); }
static void close_handle(uv_handle_t *handle) { uv_close(handle, free_watcher); }

static void on_tick(uv_timer_t *timer) {
  struct ticker *ticker = timer->data;
  if (ticker->resolver && ticker->resolver->channel)
    ares_process_fd(ticker->resolver->channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

static void start_ticker(struct resolver *r) {
  if (r->ticker) return;
  struct ticker *ticker = lode_zalloc(sizeof *ticker);
  ticker->handle.close = close_handle;
  ticker->resolver = r;
  uv_timer_init(env_loop(r->env), &ticker->timer);
  ticker->timer.data = ticker;
  uint64_t every = r->timeout > 0 && r->timeout < 1000 ? (uint64_t)r->timeout : 1000;
  uv_timer_start(&ticker->timer, on_tick, every, every);
  r->ticker = ticker;
}

static void stop_ticker(struct resolver *r) {
  if (!r->ticker) return;
  r->ticker->resolver = NULL;
  if (!uv_is_closing((uv_handle_t *)&r->ticker->timer)) close_handle((uv_handle_t *)&r->ticker->timer);
  r->ticker = NULL;
}

static void on_poll(uv_poll_t *poll, int status, int events) {
  struct watcher *w = poll->data;
  struct resolver *r = w->resolver;
  if (!r || !r->channel) return;
  if (status < 0) events = UV_READABLE | UV_WRITABLE;
  ares_socket_t fd = w->fd;
  ares_process_fd(r->channel, events & UV_READABLE ? fd : ARES_SOCKET_BAD,
                  events & UV_WRITABLE ? fd : ARES_SOCKET_BAD);
}

static void on_socket(void *arg, ares_socket_t fd, int readable, int writable) {
  struct resolver *r = arg;
  struct watcher **link = &r->watchers;
  while (*link && (*link)->fd != fd) link = &(*link)->next;
  struct watcher *w = *link;
  if (!readable && !writable) {
    if (!w) return;
    *link = w->next;
    w->resolver = NULL;
    if (!uv_is_closing((uv_handle_t *)&w->poll)) close_handle((uv_handle_t *)&w->poll);
    return;
  }
  if (!w) {
    w = lode_zalloc(sizeof *w);
    w->handle.close = close_handle;
    w->resolver = r;
    w->fd = fd;
    if (uv_poll_init_socket(env_loop(r->env), &w->poll, fd) < 0) {
      free(w);
      return;
    }
    w->poll.data = w;
    w->next = r->watchers;
    r->watchers = w;
  }
  uv_poll_start(&w->poll, (readable ? UV_READABLE : 0) | (writable ? UV_WRITABLE : 0), on_poll);
}

// ---- Life ----

static void unlink_resolver(struct resolver *r) {
  if (r->previous)
    r->previous->next = r->next;
  else
    r->state->live = r->next;
  if (r->next) r->next->previous = r->previous;
}

static void destroy_channel(struct resolver *r) {
  ares_channel channel = r->channel;
  if (!channel) return;
  ares_destroy(channel); // runs the callbacks of open queries
  r->channel = NULL;
  stop_ticker(r);
}

// Any thread.
static void finalize(void *pointer) {
  struct resolver *r = pointer;
  struct dns_state *state = r->state;
  if (!r->channel) { // after exit
    free(r);
    return;
  }
  pthread_mutex_lock(&state->lock);
  r->next_dead = state->dead;
  state->dead = r;
  pthread_mutex_unlock(&state->lock);
}

static const js_native_type resolver_type = {"Resolver", finalize};

static void at_exit(void *arg) {
  struct dns_state *state = arg;
  // A callback of c-ares that ends the process: the library may not be re-entered to destroy its channel.
  if (state->answering) return;
  for (struct resolver *r = state->live; r; r = r->next) destroy_channel(r);
}

static void reap(struct dns_state *state) {
  pthread_mutex_lock(&state->lock);
  struct resolver *dead = state->dead;
  state->dead = NULL;
  pthread_mutex_unlock(&state->lock);
  while (dead) {
    struct resolver *next = dead->next_dead;
    unlink_resolver(dead);
    destroy_channel(dead);
    free(dead);
    dead = next;
  }
}

static struct resolver *resolver_from(js_val native) {
  struct resolver *r = js_native_get(native, &resolver_type);
  return r && r->channel ? r : NULL;
}

// createResolver(timeout, tries): a native, or an ares status
JS_FN(resolver_create) {
  struct dns_state *state = binding_state(env_current(), &lode_binding_dns);
  if (!state->library) return js_int(ARES_ENOTINITIALIZED);
  reap(state);
  struct resolver *r = lode_zalloc(sizeof *r);
  r->state = state;
  r->env = state->env;
  r->timeout = js_to_int(JS_ARG(0), -1);
  struct ares_options options = {.flags = ARES_FLAG_NOCHECKRESP,
                                 .sock_state_cb = on_socket,
                                 .sock_state_cb_data = r,
                                 .timeout = r->timeout,
                                 .tries = js_to_int(JS_ARG(1), 4)};
  int mask = ARES_OPT_FLAGS | ARES_OPT_SOCK_STATE_CB | ARES_OPT_TRIES;
  if (r->timeout >= 0) mask |= ARES_OPT_TIMEOUTMS;
  int status = ares_init_options(&r->channel, &options, mask);
  if (status != ARES_SUCCESS) {
    free(r);
    return js_int(status);
  }
  r->next = state->live;
  if (state->live) state->live->previous = r;
  state->live = r;
  return js_native_new(ctx, &resolver_type, r);
}

// ---- Queries ----

struct query {
  struct resolver *resolver;
  js_ref callback, keep; // keep: the resolver's object, alive while a query is open
};

static struct query *query_new(js_ctx ctx, struct resolver *r, js_val native, js_val callback) {
  struct query *q = lode_alloc(sizeof *q);
  q->resolver = r;
  q->callback = js_ref_take(ctx, callback);
  q->keep = js_ref_take(ctx, native);
  r->open++;
  start_ticker(r);
  return q;
}

// Brackets a callback of c-ares, whole: leaving the environment runs ticks and promise reactions, any of
// which may end the process while the library is still on the stack (see at_exit).
static js_ctx answer_begin(struct dns_state *state) {
  state->answering++;
  return env_enter(state->env);
}

static void answer_end(struct dns_state *state) {
  env_leave(state->env);
  state->answering--;
}

// Frees the query.
static void finish_query(struct query *q, js_ctx ctx, int status, js_val answer) {
  struct resolver *r = q->resolver;
  if (--r->open == 0) stop_ticker(r);
  js_val argv[] = {js_int(status), answer};
  env_call(r->env, js_as_object(q->callback.value), NULL, 2, argv);
  js_ref_drop(ctx, &q->callback);
  js_ref_drop(ctx, &q->keep);
  free(q);
}

static void on_answer(void *arg, int status, LODE_UNUSED int timeouts, unsigned char *bytes, int length) {
  struct query *q = arg;
  struct dns_state *state = q->resolver->state;
  js_ctx ctx = answer_begin(state);
  js_val answer = bytes && length > 0 ? js_uint8array_copy(ctx, bytes, (size_t)length) : js_undefined();
  finish_query(q, ctx, status, answer);
  answer_end(state);
}

// query(native, name, type, callback(status, bytes)): callbacks always come later, or 0 is not returned
JS_FN(resolver_query) {
  struct resolver *r = resolver_from(JS_ARG(0));
  js_text name;
  if (!r) return js_int(ARES_EDESTRUCTION);
  if (!js_text_take(ctx, JS_ARG(1), &name, exc)) return js_undefined();
  struct query *q = query_new(ctx, r, argv[0], JS_ARG(3));
  ares_query(r->channel, name.data, 1, js_to_int(JS_ARG(2), 1), on_answer, q);
  js_text_drop(&name);
  return js_int(0);
}

static void on_host(void *arg, int status, LODE_UNUSED int timeouts, struct hostent *host) {
  struct query *q = arg;
  struct dns_state *state = q->resolver->state;
  js_ctx ctx = answer_begin(state);
  js_obj names = js_array(ctx, 0, NULL);
  uint32_t count = 0;
  if (status == ARES_SUCCESS && host) {
    for (char **alias = host->h_aliases; alias && *alias; alias++)
      js_set_index(ctx, names, count++, js_str(ctx, *alias));
    if (count == 0 && host->h_name) js_set_index(ctx, names, count++, js_str(ctx, host->h_name));
  }
  finish_query(q, ctx, status, names);
  answer_end(state);
}

// reverse(native, address, callback(status, names))
JS_FN(resolver_reverse) {
  struct resolver *r = resolver_from(JS_ARG(0));
  js_text text;
  unsigned char address[16];
  if (!r) return js_int(ARES_EDESTRUCTION);
  if (!js_text_take(ctx, JS_ARG(1), &text, exc)) return js_undefined();
  int family = strchr(text.data, ':') ? AF_INET6 : AF_INET;
  int valid = uv_inet_pton(family, text.data, address);
  js_text_drop(&text);
  if (valid != 0) return js_int(ARES_ENOTIMP);
  struct query *q = query_new(ctx, r, argv[0], JS_ARG(2));
  ares_gethostbyaddr(r->channel, address, family == AF_INET ? 4 : 16, family, on_host, q);
  return js_int(0);
}

JS_FN(resolver_cancel) {
  struct resolver *r = resolver_from(JS_ARG(0));
  if (r) ares_cancel(r->channel);
  return js_undefined();
}

// ---- Servers ----

// setServers(native, 'a:p,b'): 0 or an ares status
JS_FN(resolver_set_servers) {
  struct resolver *r = resolver_from(JS_ARG(0));
  js_text list;
  if (!r) return js_int(ARES_EDESTRUCTION);
  if (r->open) return js_int(-1); // c-ares would drop the open queries' sockets
  if (!js_text_take(ctx, JS_ARG(1), &list, exc)) return js_undefined();
  int status =
      list.length ? ares_set_servers_ports_csv(r->channel, list.data) : ares_set_servers(r->channel, NULL);
  js_text_drop(&list);
  return js_int(status);
}

// servers(native): [address, port, ...]
JS_FN(resolver_servers) {
  struct resolver *r = resolver_from(JS_ARG(0));
  struct ares_addr_port_node *servers = NULL;
  js_obj list = js_array(ctx, 0, NULL);
  if (!r || ares_get_servers_ports(r->channel, &servers) != ARES_SUCCESS) return list;
  uint32_t count = 0;
  for (struct ares_addr_port_node *s = servers; s; s = s->next) {
    char text[INET6_ADDRSTRLEN];
    if (uv_inet_ntop(s->family, &s->addr, text, sizeof text) < 0) continue;
    js_set_index(ctx, list, count++, js_str(ctx, text));
    js_set_index(ctx, list, count++, js_int(s->udp_port));
  }
  ares_free_data(servers);
  return list;
}

// setLocalAddress(native, ipv4 | '', ipv6 | '')
JS_FN(resolver_set_local) {
  struct resolver *r = resolver_from(JS_ARG(0));
  js_text text;
  unsigned char bytes[16];
  if (!r) return js_undefined();
  if (js_text_take(ctx, JS_ARG(1), &text, NULL)) {
    if (uv_inet_pton(AF_INET, text.data, bytes) == 0)
      ares_set_local_ip4(r->channel, (unsigned)bytes[0] << 24 | (unsigned)bytes[1] << 16 |
                                         (unsigned)bytes[2] << 8 | bytes[3]);
    js_text_drop(&text);
  }
  if (js_text_take(ctx, JS_ARG(2), &text, NULL)) {
    if (uv_inet_pton(AF_INET6, text.data, bytes) == 0) ares_set_local_ip6(r->channel, bytes);
    js_text_drop(&text);
  }
  return js_undefined();
}

static const js_fn_spec functions[] = {
    {"createResolver", resolver_create},     {"query", resolver_query},
    {"reverse", resolver_reverse},           {"cancel", resolver_cancel},
    {"setServers", resolver_set_servers},    {"servers", resolver_servers},
    {"setLocalAddress", resolver_set_local},
};

void dns_define_resolver(lode_env *env, js_ctx ctx, js_obj target, struct dns_state *state) {
  state->env = env;
  pthread_mutex_init(&state->lock, NULL);
  lazy_library_load(&lazy_library_cares);
  state->library = ares_library_init(ARES_LIB_INIT_ALL) == ARES_SUCCESS;
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  env_at_exit(env, at_exit, state);
}
