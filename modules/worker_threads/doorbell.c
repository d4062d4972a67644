// SPDX-License-Identifier: MIT
//
// The bell of an environment; see doorbell.h.
#include "modules/worker_threads/doorbell.h"

#include "runtime/engine/interrupt.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <unistd.h>

static void wake(const lode_doorbell *bell) {
  uint64_t one = 1;
  while (write(bell->fd, &one, sizeof one) < 0 && errno == EINTR) {
  }
}

static lode_ringer *next_to_answer(lode_doorbell *bell) {
  uv_mutex_lock(&bell->lock);
  lode_ringer *ringer = bell->answering;
  if (ringer) {
    bell->answering = ringer->next;
    ringer->rang = false;
  }
  uv_mutex_unlock(&bell->lock);
  return ringer;
}

// Answers those who have rung by now: who rings meanwhile waits for the next turn of the loop.
static void on_bell(uv_poll_t *poll, LODE_UNUSED int status, LODE_UNUSED int events) {
  lode_doorbell *bell = poll->data;
  uint64_t rings;
  while (read(bell->fd, &rings, sizeof rings) < 0 && errno == EINTR) {
  }
  engine_wake(env_interrupts(bell->env)); // one entry for all that follows
  uv_mutex_lock(&bell->lock);
  bell->answering = bell->rung;
  bell->rung = bell->last = NULL;
  uv_mutex_unlock(&bell->lock);
  for (lode_ringer *ringer; (ringer = next_to_answer(bell));) ringer->answer(ringer);
}

static void close_at_teardown(uv_handle_t *handle) { uv_close(handle, NULL); }

int lode_doorbell_open(lode_doorbell *bell, lode_env *env) {
  if (bell->open) return 0;
  bell->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (bell->fd < 0) return -errno;
  CHECK(uv_mutex_init(&bell->lock) == 0);
  CHECK(uv_poll_init(env_loop(env), &bell->poll, bell->fd) == 0);
  bell->poll.data = bell;
  bell->env = env;
  bell->handle.close = close_at_teardown;
  CHECK(uv_poll_start(&bell->poll, UV_READABLE, on_bell) == 0);
  uv_unref((uv_handle_t *)&bell->poll);
  bell->open = true;
  return 0;
}

void lode_doorbell_end(lode_doorbell *bell) {
  if (!bell->open) return;
  close(bell->fd);
  uv_mutex_destroy(&bell->lock);
  bell->open = false;
}

void lode_doorbell_add(lode_doorbell *bell, lode_ringer *ringer, void (*answer)(lode_ringer *)) {
  *ringer = (lode_ringer){.number = bell->numbers++, .answer = answer};
}

static void insert(lode_doorbell *bell, lode_ringer *ringer) {
  lode_ringer **at = bell->last && bell->last->number < ringer->number ? &bell->last->next : &bell->rung;
  while (*at && (*at)->number < ringer->number) at = &(*at)->next;
  ringer->next = *at;
  *at = ringer;
  if (!ringer->next) bell->last = ringer;
}

void lode_doorbell_ring(lode_doorbell *bell, lode_ringer *ringer) {
  uv_mutex_lock(&bell->lock);
  bool first = !bell->rung;
  bool again = ringer->rang;
  if (!again) insert(bell, ringer);
  ringer->rang = true;
  uv_mutex_unlock(&bell->lock);
  if (first && !again) wake(bell);
}

static bool take_out(lode_ringer **list, const lode_ringer *ringer) {
  while (*list && *list != ringer) list = &(*list)->next;
  if (!*list) return false;
  *list = ringer->next;
  return true;
}

void lode_doorbell_leave(lode_doorbell *bell, lode_ringer *ringer) {
  uv_mutex_lock(&bell->lock);
  if (ringer->rang && !take_out(&bell->answering, ringer)) {
    take_out(&bell->rung, ringer);
    bell->last = bell->rung;
    while (bell->last && bell->last->next) bell->last = bell->last->next;
  }
  ringer->rang = false;
  uv_mutex_unlock(&bell->lock);
}
