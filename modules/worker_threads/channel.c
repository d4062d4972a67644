// SPDX-License-Identifier: MIT
//
// Channels; see channel.h.
#include "modules/worker_threads/channel.h"

#include <stdlib.h>
#include <uv.h>

typedef struct lode_channel {
  uv_mutex_t lock;
  lode_channel_end *ends; // a list
  char *name;             // of a broadcast channel, else NULL
  struct lode_channel *next_named;
} lode_channel;

struct lode_channel_end {
  lode_channel *channel;
  lode_channel_end *next;
  struct parcel_link *first, *last;
  unsigned waiting;
  void (*wake)(void *);
  void *arg;
};

// The process's named channels, by nature one list for all threads. Guarded by registry_lock.
static lode_channel *registry;
static uv_mutex_t registry_lock;
static uv_once_t registry_once = UV_ONCE_INIT;
static void registry_init(void) { CHECK(uv_mutex_init(&registry_lock) == 0); }

// ---- Making ----

static lode_channel *channel_new(const char *name) {
  lode_channel *channel = lode_zalloc(sizeof *channel);
  CHECK(uv_mutex_init(&channel->lock) == 0);
  if (name) channel->name = lode_strdup(name);
  return channel;
}

static lode_channel_end *end_new(lode_channel *channel) {
  lode_channel_end *end = lode_zalloc(sizeof *end);
  end->channel = channel;
  lode_channel_end **at = &channel->ends; // in the order in which they came: so they are told, too
  while (*at) at = &(*at)->next;
  *at = end;
  return end;
}

void lode_channel_pair(lode_channel_end *ends[2]) {
  lode_channel *channel = channel_new(NULL);
  ends[0] = end_new(channel);
  ends[1] = end_new(channel);
}

// With the registry locked.
static lode_channel *find_named(const char *name) {
  lode_channel *channel = registry;
  while (channel && strcmp(channel->name, name)) channel = channel->next_named;
  return channel;
}

lode_channel_end *lode_channel_join(const char *name) {
  uv_once(&registry_once, registry_init);
  uv_mutex_lock(&registry_lock);
  lode_channel *channel = find_named(name);
  if (!channel) {
    channel = channel_new(name);
    channel->next_named = registry;
    registry = channel;
  }
  uv_mutex_lock(&channel->lock);
  lode_channel_end *end = end_new(channel);
  uv_mutex_unlock(&channel->lock);
  uv_mutex_unlock(&registry_lock);
  return end;
}

// ---- Posting and taking ----

static void push(lode_channel_end *end, lode_parcel *parcel) {
  struct parcel_link *link = parcel->link.parcel ? lode_alloc(sizeof *link) : &parcel->link;
  *link = (struct parcel_link){NULL, parcel};
  if (end->last)
    end->last->next = link;
  else
    end->first = link;
  end->last = link;
  // More than one: it was woken for the first and has not been here yet.
  if (end->waiting++ == 0 && end->wake) end->wake(end->arg);
}

// `end`: the one that posts, which does not get it.
static unsigned push_to_all(lode_channel *channel, const lode_channel_end *end, lode_parcel *parcel) {
  unsigned count = 0;
  uv_mutex_lock(&channel->lock);
  for (lode_channel_end *other = channel->ends; other; other = other->next) {
    if (other == end) continue;
    lode_parcel_hold(parcel);
    push(other, parcel);
    count++;
  }
  uv_mutex_unlock(&channel->lock);
  return count;
}

unsigned lode_channel_post(lode_channel_end *end, lode_parcel *parcel) {
  unsigned count = push_to_all(end->channel, end, parcel);
  lode_parcel_drop(parcel);
  return count;
}

unsigned lode_channel_post_to(const char *name, lode_parcel *parcel) {
  uv_once(&registry_once, registry_init);
  uv_mutex_lock(&registry_lock);
  lode_channel *channel = find_named(name);
  unsigned count = channel ? push_to_all(channel, NULL, parcel) : 0;
  uv_mutex_unlock(&registry_lock);
  lode_parcel_drop(parcel);
  return count;
}

static lode_parcel *unlinked(struct parcel_link *link) {
  lode_parcel *parcel = link->parcel;
  if (link != &parcel->link) free(link);
  return parcel;
}

lode_parcel *lode_channel_take(lode_channel_end *end, bool only_close) {
  lode_channel *channel = end->channel;
  uv_mutex_lock(&channel->lock);
  struct parcel_link *link = end->first;
  if (link && only_close && !link->parcel->closes) link = NULL;
  if (link) {
    end->first = link->next;
    if (!end->first) end->last = NULL;
    end->waiting--;
  }
  uv_mutex_unlock(&channel->lock);
  return link ? unlinked(link) : NULL;
}

unsigned lode_channel_waiting(lode_channel_end *end) {
  uv_mutex_lock(&end->channel->lock);
  unsigned waiting = end->waiting;
  uv_mutex_unlock(&end->channel->lock);
  return waiting;
}

bool lode_channel_same(const lode_channel_end *a, const lode_channel_end *b) {
  return a->channel == b->channel;
}

void lode_channel_listen(lode_channel_end *end, void (*wake)(void *), void *arg) {
  uv_mutex_lock(&end->channel->lock);
  end->wake = wake;
  end->arg = arg;
  if (end->waiting) wake(arg);
  uv_mutex_unlock(&end->channel->lock);
}

void lode_channel_sleep(lode_channel_end *end) {
  uv_mutex_lock(&end->channel->lock);
  end->wake = NULL;
  uv_mutex_unlock(&end->channel->lock);
}

// ---- Leaving ----

static void unlink_end(lode_channel *channel, lode_channel_end *end) {
  lode_channel_end **at = &channel->ends;
  while (*at != end) at = &(*at)->next;
  *at = end->next;
}

// With the registry locked where the channel has a name: nobody can join meanwhile.
static void unlink_channel(lode_channel *channel) {
  lode_channel **at = &registry;
  while (*at != channel) at = &(*at)->next_named;
  *at = channel->next_named;
}

static void free_channel(lode_channel *channel) {
  uv_mutex_destroy(&channel->lock);
  free(channel->name);
  free(channel);
}

static void leave(lode_channel_end *end, bool silent) {
  lode_channel *channel = end->channel;
  bool named = channel->name != NULL;
  if (named) uv_mutex_lock(&registry_lock);
  uv_mutex_lock(&channel->lock);
  unlink_end(channel, end);
  bool last = !channel->ends;
  if (!named && !last && !silent) push(channel->ends, lode_parcel_new_closing());
  if (named && last) unlink_channel(channel);
  uv_mutex_unlock(&channel->lock);
  if (named) uv_mutex_unlock(&registry_lock);
  if (last) free_channel(channel);
  // Parcels last, and without a lock: they may hold further ends.
  while (end->first) {
    struct parcel_link *link = end->first;
    end->first = link->next;
    lode_parcel_drop(unlinked(link));
  }
  free(end);
}

void lode_channel_close(lode_channel_end *end) { leave(end, false); }
void lode_channel_forget(lode_channel_end *end) { leave(end, true); }
