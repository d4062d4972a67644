// SPDX-License-Identifier: MIT
//
// News from other threads; see inbox.h.
#include "modules/worker_threads/inbox.h"

#include <stdlib.h>

struct inbox_item {
  struct inbox_item *next;
  double id;
  int news;
};

static struct inbox_item *take(lode_inbox *inbox) {
  uv_mutex_lock(&inbox->lock);
  struct inbox_item *item = inbox->first;
  if (item) inbox->first = item->next;
  if (!inbox->first) inbox->last = NULL;
  uv_mutex_unlock(&inbox->lock);
  return item;
}

static void on_news(uv_async_t *async) {
  lode_inbox *inbox = async->data;
  for (struct inbox_item *item; (item = take(inbox));) {
    js_val argv[] = {js_num(item->id), js_int(item->news)};
    free(item);
    env_enter(inbox->env);
    env_call(inbox->env, js_as_object(inbox->listener.value), NULL, 2, argv);
    env_leave(inbox->env);
  }
}

bool lode_inbox_take(lode_inbox *inbox, double *id, int *news) {
  struct inbox_item *item = take(inbox);
  if (!item) return false;
  *id = item->id;
  *news = item->news;
  free(item);
  return true;
}

static void close_at_teardown(uv_handle_t *handle) {
  lode_inbox *inbox = handle->data;
  inbox->leave(inbox);
  uv_close(handle, NULL);
}

void lode_inbox_open(lode_inbox *inbox, lode_env *env, js_val listener, void (*leave)(lode_inbox *)) {
  CHECK(!inbox->open);
  CHECK(uv_mutex_init(&inbox->lock) == 0);
  CHECK(uv_async_init(env_loop(env), &inbox->async, on_news) == 0);
  uv_unref((uv_handle_t *)&inbox->async);
  inbox->async.data = inbox;
  inbox->handle.close = close_at_teardown;
  inbox->env = env;
  inbox->listener = js_ref_take(env_ctx(env), listener);
  inbox->leave = leave;
  inbox->open = true;
}

void lode_inbox_post(lode_inbox *inbox, double id, int news) {
  struct inbox_item *item = lode_alloc(sizeof *item);
  *item = (struct inbox_item){NULL, id, news};
  uv_mutex_lock(&inbox->lock);
  if (inbox->last)
    inbox->last->next = item;
  else
    inbox->first = item;
  inbox->last = item;
  uv_async_send(&inbox->async);
  uv_mutex_unlock(&inbox->lock);
}

void lode_inbox_end(lode_inbox *inbox) {
  if (!inbox->open) return;
  for (struct inbox_item *item; (item = take(inbox));) free(item);
  uv_mutex_destroy(&inbox->lock);
  js_ref_drop(env_ctx(inbox->env), &inbox->listener);
  inbox->open = false;
}
