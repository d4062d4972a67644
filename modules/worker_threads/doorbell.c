// SPDX-License-Identifier: MIT
//
// The bell of an environment; see doorbell.h.
#include "modules/worker_threads/doorbell.h"

#include "runtime/engine/interrupt.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <unistd.h>

static lode_ringer *take(lode_doorbell *bell) {
  uv_mutex_lock(&bell->lock);
  lode_ringer *ringer = bell->first;
  if (ringer) {
    bell->first = ringer->next;
    if (!bell->first) bell->last = NULL;
    bell->count--;
    ringer->rang = false;
  }
  uv_mutex_unlock(&bell->lock);
  return ringer;
}

static void wake(const lode_doorbell *bell) {
  uint64_t one = 1;
  while (write(bell->fd, &one, sizeof one) < 0 && errno == EINTR) {
  }
}

// Answers those who have rung by now: who rings meanwhile waits for the next turn of the loop.
static void on_bell(uv_poll_t *poll, LODE_UNUSED int status, LODE_UNUSED int events) {
  lode_doorbell *bell = poll->data;
  uint64_t rings;
  while (read(bell->fd, &rings, sizeof rings) < 0 && errno == EINTR) {
  }
  engine_watch_wake(env_interrupts(bell->env)); // one entry for all that follows
  uv_mutex_lock(&bell->lock);
  unsigned left = bell->count;
  uv_mutex_unlock(&bell->lock);
  for (lode_ringer *ringer; left-- && (ringer = take(bell));) ringer->answer(ringer);
  uv_mutex_lock(&bell->lock);
  bool more = bell->first;
  uv_mutex_unlock(&bell->lock);
  if (more) wake(bell);
}

static void close_at_teardown(uv_handle_t *handle) { uv_close(handle, NULL); }

void lode_doorbell_open(lode_doorbell *bell, lode_env *env) {
  if (bell->open) return;
  CHECK(uv_mutex_init(&bell->lock) == 0);
  bell->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  CHECK(bell->fd >= 0);
  CHECK(uv_poll_init(env_loop(env), &bell->poll, bell->fd) == 0);
  bell->poll.data = bell;
  bell->env = env;
  bell->handle.close = close_at_teardown;
  CHECK(uv_poll_start(&bell->poll, UV_READABLE, on_bell) == 0);
  uv_unref((uv_handle_t *)&bell->poll);
  bell->open = true;
}

void lode_doorbell_end(lode_doorbell *bell) {
  if (!bell->open) return;
  close(bell->fd);
  uv_mutex_destroy(&bell->lock);
  bell->open = false;
}

void lode_doorbell_ring(lode_doorbell *bell, lode_ringer *ringer) {
  uv_mutex_lock(&bell->lock);
  bool first = !bell->first;
  if (!ringer->rang) {
    ringer->rang = true;
    ringer->next = NULL;
    if (bell->last)
      bell->last->next = ringer;
    else
      bell->first = ringer;
    bell->last = ringer;
    bell->count++;
  }
  uv_mutex_unlock(&bell->lock);
  if (first) wake(bell); // else the loop was woken already, or looks at the list again before it sleeps
}

void lode_doorbell_leave(lode_doorbell *bell, lode_ringer *ringer) {
  uv_mutex_lock(&bell->lock);
  if (ringer->rang) {
    lode_ringer **at = &bell->first, *before = NULL;
    while (*at != ringer) {
      before = *at;
      at = &(*at)->next;
    }
    *at = ringer->next;
    if (bell->last == ringer) bell->last = before;
    bell->count--;
    ringer->rang = false;
  }
  uv_mutex_unlock(&bell->lock);
}
