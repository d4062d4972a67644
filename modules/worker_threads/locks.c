// SPDX-License-Identifier: MIT
//
// The binding 'locks': the Web Locks of a process. One table for all threads, under one lock: what is held,
// and what waits, both in the order in which it came. A request waits behind every older one of its name that
// it cannot share with. Who gets a lock, or loses it to a thief, reads it in its inbox.
#include "modules/worker_threads/inbox.h"

#include <stdlib.h>

enum { NEWS_GRANTED, NEWS_STOLEN };
enum { ASK_WAIT, ASK_IF_AVAILABLE, ASK_STEAL };
enum { ANSWER_PENDING, ANSWER_GRANTED, ANSWER_UNAVAILABLE };

struct request {
  struct request *next;
  char *name;
  bool shared;
  double id; // of its environment
  unsigned client;
  lode_inbox *inbox;
};

// Process-wide by nature. Guarded by the lock.
static struct {
  uv_mutex_t lock;
  struct request *held, *pending; // oldest first
} table;
static uv_once_t table_once = UV_ONCE_INIT;
static void table_init(void) { CHECK(uv_mutex_init(&table.lock) == 0); }
static unsigned clients;

typedef struct locks_state {
  lode_inbox inbox;
  unsigned client;
} locks_state;

extern const lode_binding lode_binding_locks;
static locks_state *here(void) { return binding_state(env_current(), &lode_binding_locks); }

// ---- The table, locked ----

static void append(struct request **list, struct request *request) {
  while (*list) list = &(*list)->next;
  request->next = NULL;
  *list = request;
}

static void free_request(struct request *request) {
  free(request->name);
  free(request);
}

static bool same(const struct request *a, const struct request *b) { return !strcmp(a->name, b->name); }

static bool held_in_the_way(const struct request *request) {
  for (const struct request *other = table.held; other; other = other->next)
    if (same(other, request) && !(other->shared && request->shared)) return true;
  return false;
}

static bool older_in_the_way(const struct request *request) {
  for (const struct request *other = table.pending; other && other != request; other = other->next)
    if (same(other, request)) return true;
  return false;
}

// Whether it may have the lock now.
static bool grantable(const struct request *request) {
  return !held_in_the_way(request) && !older_in_the_way(request);
}

static void grant_what_can_be(void) {
  for (struct request **at = &table.pending; *at;) {
    struct request *request = *at;
    if (!grantable(request)) {
      at = &request->next;
      continue;
    }
    *at = request->next;
    append(&table.held, request);
    lode_inbox_post(request->inbox, request->id, NEWS_GRANTED);
  }
}

static void steal(const char *name) {
  for (struct request **at = &table.held; *at;) {
    struct request *holder = *at;
    if (strcmp(holder->name, name)) {
      at = &holder->next;
      continue;
    }
    *at = holder->next;
    lode_inbox_post(holder->inbox, holder->id, NEWS_STOLEN);
    free_request(holder);
  }
}

static bool take_out(struct request **list, const lode_inbox *inbox, double id) {
  while (*list && ((*list)->inbox != inbox || (*list)->id != id)) list = &(*list)->next;
  struct request *request = *list;
  if (!request) return false;
  *list = request->next;
  free_request(request);
  return true;
}

static void forget(struct request **list, const lode_inbox *inbox) {
  while (*list) {
    struct request *request = *list;
    if (request->inbox != inbox) {
      list = &request->next;
      continue;
    }
    *list = request->next;
    free_request(request);
  }
}

static void leave(lode_inbox *inbox) {
  uv_mutex_lock(&table.lock);
  forget(&table.held, inbox);
  forget(&table.pending, inbox);
  grant_what_can_be();
  uv_mutex_unlock(&table.lock);
}

// ---- Operations ----

static int ask(struct request *request, int how) {
  if (how == ASK_STEAL) {
    steal(request->name);
    append(&table.held, request);
    return ANSWER_GRANTED;
  }
  append(&table.pending, request);
  if (grantable(request)) {
    struct request **at = &table.pending;
    while (*at != request) at = &(*at)->next;
    *at = NULL;
    append(&table.held, request);
    return ANSWER_GRANTED;
  }
  if (how != ASK_IF_AVAILABLE) return ANSWER_PENDING;
  take_out(&table.pending, request->inbox, request->id);
  return ANSWER_UNAVAILABLE;
}

// request(id, name, shared, how) -> an answer
JS_FN(locks_request) {
  locks_state *state = here();
  struct request *request = lode_zalloc(sizeof *request);
  request->name = js_strdup(ctx, JS_ARG(1));
  CHECK(request->name);
  request->id = js_to_num(JS_ARG(0), 0);
  request->shared = js_is_true(JS_ARG(2));
  request->client = state->client;
  request->inbox = &state->inbox;
  uv_mutex_lock(&table.lock);
  int answer = ask(request, js_to_int(JS_ARG(3), ASK_WAIT));
  uv_mutex_unlock(&table.lock);
  return js_int(answer);
}

// release(id): gives a lock back
JS_FN(locks_release) {
  uv_mutex_lock(&table.lock);
  if (take_out(&table.held, &here()->inbox, js_to_num(JS_ARG(0), 0))) grant_what_can_be();
  uv_mutex_unlock(&table.lock);
  return js_undefined();
}

// cancel(id) -> whether it still waited
JS_FN(locks_cancel) {
  uv_mutex_lock(&table.lock);
  bool waited = take_out(&table.pending, &here()->inbox, js_to_num(JS_ARG(0), 0));
  if (waited) grant_what_can_be();
  uv_mutex_unlock(&table.lock);
  return js_bool(waited);
}

// oldNews() -> [id, news, id, news ...] of what has not been told yet
JS_FN(locks_old_news) {
  lode_inbox *inbox = &here()->inbox;
  js_lock(ctx);
  js_obj list = js_array(ctx, 0, NULL);
  double id;
  int news;
  for (unsigned i = 0; lode_inbox_take(inbox, &id, &news); i += 2) {
    js_set_index(ctx, list, i, js_num(id));
    js_set_index(ctx, list, i + 1, js_int(news));
  }
  js_unlock(ctx);
  return list;
}

// What a list looked like: copied under the lock, made into values without it.
struct shot {
  char *name;
  bool shared;
  unsigned client;
};

static size_t shoot(const struct request *list, struct shot **shots) {
  size_t count = 0;
  for (const struct request *at = list; at; at = at->next) count++;
  *shots = lode_alloc((count + 1) * sizeof **shots);
  count = 0;
  for (; list; list = list->next)
    (*shots)[count++] = (struct shot){lode_strdup(list->name), list->shared, list->client};
  return count;
}

// A flat list: name, shared, client, name ...
static js_obj develop(js_ctx ctx, struct shot *shots, size_t count) {
  js_obj list = js_array(ctx, 0, NULL);
  for (size_t i = 0; i < count; i++) {
    js_set_index(ctx, list, (unsigned)i * 3, js_str(ctx, shots[i].name));
    js_set_index(ctx, list, (unsigned)i * 3 + 1, js_bool(shots[i].shared));
    js_set_index(ctx, list, (unsigned)i * 3 + 2, js_num(shots[i].client));
    free(shots[i].name);
  }
  free(shots);
  return list;
}

// query() -> [held, pending]
JS_FN(locks_query) {
  struct shot *held, *pending;
  uv_mutex_lock(&table.lock);
  size_t held_count = shoot(table.held, &held), pending_count = shoot(table.pending, &pending);
  uv_mutex_unlock(&table.lock);
  js_lock(ctx);
  js_val lists[] = {develop(ctx, held, held_count), develop(ctx, pending, pending_count)};
  js_obj result = js_array(ctx, 2, lists);
  js_unlock(ctx);
  return result;
}

// setup(news)
JS_FN(locks_setup) {
  uv_once(&table_once, table_init);
  locks_state *state = here();
  state->client = __atomic_fetch_add(&clients, 1, __ATOMIC_RELAXED);
  lode_inbox_open(&state->inbox, env_current(), JS_ARG(0), leave);
  return js_undefined();
}

static const js_fn_spec functions[] = {
    {"setup", locks_setup},   {"request", locks_request}, {"release", locks_release},
    {"cancel", locks_cancel}, {"query", locks_query},     {"oldNews", locks_old_news},
};

static void init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}

static void teardown(LODE_UNUSED lode_env *env, void *state) {
  lode_inbox_end(&((locks_state *)state)->inbox);
}

LODE_BINDING(locks, sizeof(locks_state), init, teardown);
