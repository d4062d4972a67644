// SPDX-License-Identifier: MIT
//
// The binding 'atomics': waiting at an address of shared memory, and waking who waits there, in all threads.
//
// The engine could do this by itself, but what waits in it cannot be ended from outside, so a worker in
// Atomics.wait could not be terminated; and it has no Atomics.waitAsync. So waiters of both kinds stand here,
// in one table of the process, in lists by address, and are woken in the order in which they came. A waiter
// in a thread sleeps on a condition of its own and looks from time to time whether its environment was
// stopped. One that is asynchronous moves to a list of its environment, whose loop is woken.
//
// Locks: a bucket's, and within it an environment's.
#include "modules/worker_threads/inbox.h"
#include "runtime/engine/interrupt.h"

#include <stdlib.h>

enum { BUCKETS = 256 };
enum { WAIT_OK, WAIT_NOT_EQUAL, WAIT_TIMED_OUT, WAIT_STOPPED };
#define SLICE_NS (20 * 1000 * 1000ull)

struct waiter {
  struct waiter *next;
  const void *address;
  lode_inbox *inbox; // of an asynchronous one
  double id;
  bool woken; // of one in a thread
  uv_cond_t condition;
};

// Process-wide by nature: who waits does so for other threads.
static struct bucket {
  uv_mutex_t lock;
  struct waiter *first;
} buckets[BUCKETS];
static uv_once_t buckets_once = UV_ONCE_INIT;
static void buckets_init(void) {
  for (int i = 0; i < BUCKETS; i++) CHECK(uv_mutex_init(&buckets[i].lock) == 0);
}

typedef struct atomics_state {
  lode_inbox inbox;
} atomics_state;

extern const lode_binding lode_binding_atomics;

static struct bucket *bucket_of(const void *address) {
  uint64_t hash = (uint64_t)(uintptr_t)address / 4 * 0x9e3779b97f4a7c15ull;
  return &buckets[hash >> 56];
}

// ---- The lists, with their bucket locked ----

static void append(struct waiter **list, struct waiter *waiter) {
  while (*list) list = &(*list)->next;
  waiter->next = NULL;
  *list = waiter;
}

static bool take_out(struct waiter **list, const struct waiter *waiter) {
  while (*list && *list != waiter) list = &(*list)->next;
  if (!*list) return false;
  *list = waiter->next;
  return true;
}

static void wake(struct waiter *waiter) {
  if (waiter->inbox) {
    lode_inbox_post(waiter->inbox, waiter->id, 0);
    free(waiter);
    return;
  }
  waiter->woken = true;
  uv_cond_signal(&waiter->condition);
}

static double wake_some(const void *address, double most) {
  struct bucket *bucket = bucket_of(address);
  double count = 0;
  uv_mutex_lock(&bucket->lock);
  for (struct waiter **at = &bucket->first; *at && count < most;) {
    struct waiter *waiter = *at;
    if (waiter->address != address) {
      at = &waiter->next;
      continue;
    }
    *at = waiter->next;
    wake(waiter);
    count++;
  }
  uv_mutex_unlock(&bucket->lock);
  return count;
}

// ---- Operations ----

// The address of an element: (view, index of the element, whether it has 64 bits). JavaScript has checked
// them; a view of growable memory may only have grown since.
static const void *address_of(js_ctx ctx, js_val view, js_val index, js_val wide) {
  uint8_t *data;
  size_t length, at = (size_t)js_to_num(index, 0) * (js_is_true(wide) ? 8 : 4);
  CHECK(js_bytes(ctx, view, &data, &length) && at < length);
  return data + at;
}

static bool holds(const void *address, bool wide, int64_t value) {
  if (wide) return __atomic_load_n((const int64_t *)address, __ATOMIC_SEQ_CST) == value;
  return __atomic_load_n((const int32_t *)address, __ATOMIC_SEQ_CST) == (int32_t)value;
}

// With the bucket locked. Gives up after `timeout` nanoseconds.
static int sleep_until_woken(lode_env *env, struct bucket *bucket, struct waiter *waiter, double timeout) {
  uint64_t start = uv_hrtime();
  while (!waiter->woken) {
    if (engine_stopped(env_interrupts(env))) return WAIT_STOPPED;
    double left = timeout - (double)(uv_hrtime() - start);
    if (left <= 0) return WAIT_TIMED_OUT;
    uv_cond_timedwait(&waiter->condition, &bucket->lock, left < (double)SLICE_NS ? (uint64_t)left : SLICE_NS);
  }
  return WAIT_OK;
}

// wait(view, index, wide, value, milliseconds) -> one of the WAIT_ numbers
JS_FN(atomics_wait) {
  bool wide = js_is_true(JS_ARG(2));
  struct waiter waiter = {.address = address_of(ctx, JS_ARG(0), JS_ARG(1), JS_ARG(2))};
  int64_t value = js_bigint_to_int64(ctx, JS_ARG(3), 0);
  double timeout = js_to_num(JS_ARG(4), 0) * 1e6;
  struct bucket *bucket = bucket_of(waiter.address);
  uv_mutex_lock(&bucket->lock);
  if (!holds(waiter.address, wide, value)) {
    uv_mutex_unlock(&bucket->lock);
    return js_int(WAIT_NOT_EQUAL);
  }
  CHECK(uv_cond_init(&waiter.condition) == 0);
  append(&bucket->first, &waiter);
  int result = sleep_until_woken(env_current(), bucket, &waiter, timeout);
  if (result != WAIT_OK) take_out(&bucket->first, &waiter);
  uv_mutex_unlock(&bucket->lock);
  uv_cond_destroy(&waiter.condition);
  return js_int(result);
}

// notify(view, index, wide, most) -> how many were woken
JS_FN(atomics_notify) {
  return js_num(wake_some(address_of(ctx, JS_ARG(0), JS_ARG(1), JS_ARG(2)), js_to_num(JS_ARG(3), 0)));
}

// ---- Asynchronous waiters ----

// Takes all waiters of this environment out of the table, so that nobody posts to it any more.
static void forget_all(lode_inbox *inbox) {
  for (int i = 0; i < BUCKETS; i++) {
    uv_mutex_lock(&buckets[i].lock);
    for (struct waiter **at = &buckets[i].first; *at;) {
      struct waiter *waiter = *at;
      if (waiter->inbox != inbox) {
        at = &waiter->next;
        continue;
      }
      *at = waiter->next;
      free(waiter);
    }
    uv_mutex_unlock(&buckets[i].lock);
  }
}

static lode_inbox *inbox_here(void) {
  return &((atomics_state *)binding_state(env_current(), &lode_binding_atomics))->inbox;
}

// waitAsync(view, index, wide, value, id) -> WAIT_OK: settled(id) is called once woken; or WAIT_NOT_EQUAL
JS_FN(atomics_wait_async) {
  const void *address = address_of(ctx, JS_ARG(0), JS_ARG(1), JS_ARG(2));
  int64_t value = js_bigint_to_int64(ctx, JS_ARG(3), 0);
  struct bucket *bucket = bucket_of(address);
  uv_mutex_lock(&bucket->lock);
  bool waits = holds(address, js_is_true(JS_ARG(2)), value);
  if (waits) {
    struct waiter *waiter = lode_zalloc(sizeof *waiter);
    waiter->address = address;
    waiter->inbox = inbox_here();
    waiter->id = js_to_num(JS_ARG(4), 0);
    append(&bucket->first, waiter);
  }
  uv_mutex_unlock(&bucket->lock);
  return js_int(waits ? WAIT_OK : WAIT_NOT_EQUAL);
}

// cancel(view, index, wide, id) -> whether it still waited
JS_FN(atomics_cancel) {
  lode_inbox *inbox = inbox_here();
  struct bucket *bucket = bucket_of(address_of(ctx, JS_ARG(0), JS_ARG(1), JS_ARG(2)));
  double id = js_to_num(JS_ARG(3), 0);
  uv_mutex_lock(&bucket->lock);
  struct waiter **at = &bucket->first;
  while (*at && ((*at)->inbox != inbox || (*at)->id != id)) at = &(*at)->next;
  struct waiter *waiter = *at;
  if (waiter) *at = waiter->next;
  uv_mutex_unlock(&bucket->lock);
  free(waiter);
  return js_bool(waiter != NULL);
}

// setup(settled)
JS_FN(atomics_setup) {
  uv_once(&buckets_once, buckets_init);
  lode_inbox_open(inbox_here(), env_current(), JS_ARG(0), forget_all);
  return js_undefined();
}

static const js_fn_spec functions[] = {{"setup", atomics_setup},
                                       {"wait", atomics_wait},
                                       {"notify", atomics_notify},
                                       {"waitAsync", atomics_wait_async},
                                       {"cancel", atomics_cancel}};

static void init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}

static void teardown(LODE_UNUSED lode_env *env, void *state) {
  lode_inbox_end(&((atomics_state *)state)->inbox);
}

LODE_BINDING(atomics, sizeof(atomics_state), init, teardown);
