// SPDX-License-Identifier: MIT
//
// News from other threads for an environment: pairs of numbers, handed to a JavaScript function in turns of
// the loop, each in an entry of its own. Does not keep the loop alive.
//
// lode_inbox_post may be called from any thread as long as the inbox is open. The environment's end is told
// by `leave`, on its own thread: when that has returned, nobody may post any more. So posters hold a lock,
// and `leave` takes them off their lists under it.
#ifndef LODE_INBOX_H
#define LODE_INBOX_H

#include "runtime/env/env.h"
#include "runtime/env/handle.h"

typedef struct lode_inbox {
  lode_handle handle; // first: see runtime/env/handle.h
  lode_env *env;
  bool open;
  uv_async_t async;
  uv_mutex_t lock;
  struct inbox_item *first, *last;
  js_ref listener; // (id, news)
  void (*leave)(struct lode_inbox *);
} lode_inbox;

void lode_inbox_open(lode_inbox *inbox, lode_env *env, js_val listener, void (*leave)(lode_inbox *));
void lode_inbox_post(lode_inbox *inbox, double id, int news);
// Takes the oldest news, on the environment's thread; false where there are none.
bool lode_inbox_take(lode_inbox *inbox, double *id, int *news);
void lode_inbox_end(lode_inbox *inbox); // in the binding's teardown

#endif
