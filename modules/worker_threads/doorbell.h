// SPDX-License-Identifier: MIT
//
// A bell that other threads ring for an environment, one for all of its ports.
//
// libuv has such a thing (uv_async_t), but there whoever is woken spins until the waker has left the function
// that woke it; where a processor is shared, that is the time slice of another thread. Here the waker writes
// to an eventfd and is done.
//
// A ringer is in the list of those that rang until it is answered. lode_doorbell_ring may be called from any
// thread between lode_doorbell_add and lode_doorbell_leave; the caller sees to that (ports: by the lock of
// their channel).
#ifndef LODE_DOORBELL_H
#define LODE_DOORBELL_H

#include "runtime/env/env.h"
#include "runtime/env/handle.h"

typedef struct lode_ringer {
  struct lode_ringer *next;
  unsigned number; // those made first are answered first
  bool rang;
  void (*answer)(struct lode_ringer *); // on the environment's thread
} lode_ringer;

typedef struct lode_doorbell {
  lode_handle handle; // first: see runtime/env/handle.h
  lode_env *env;
  bool open;
  int fd;
  uv_poll_t poll;
  uv_mutex_t lock;
  lode_ringer *rung;      // by number
  lode_ringer *last;      // of these
  lode_ringer *answering; // who had rung when the loop came by
  unsigned numbers;       // given so far
} lode_doorbell;

int lode_doorbell_open(lode_doorbell *bell, lode_env *env);
void lode_doorbell_end(lode_doorbell *bell); // in the binding's teardown, after the loop has closed it
void lode_doorbell_add(lode_doorbell *bell, lode_ringer *ringer, void (*answer)(lode_ringer *));
void lode_doorbell_ring(lode_doorbell *bell, lode_ringer *ringer);
void lode_doorbell_leave(lode_doorbell *bell, lode_ringer *ringer); // takes back that it rang

#endif
