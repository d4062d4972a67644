// SPDX-License-Identifier: MIT
//
// Channels under fire: threads post at one end while the other is read, moved to another thread, and closed;
// and broadcasts with members that come and go. Run under ThreadSanitizer this finds what is not guarded.
#include "modules/worker_threads/channel.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

enum { MESSAGES = 20000, READERS = 4, CHANNELS = 50 };

static void wake(void *arg) { __atomic_fetch_add((int *)arg, 1, __ATOMIC_RELAXED); }

static lode_parcel *parcel_of(lode_parcel_pool *pool, int32_t number) {
  return lode_parcel_new(pool, &number, 1, "text", 4, false);
}

// ---- One end posts, the other is handed from thread to thread ----

static void *post_all(void *end) {
  lode_parcel_pool pool = {0};
  for (int32_t i = 0; i < MESSAGES; i++) CHECK(lode_channel_post(end, parcel_of(&pool, i)) == 1);
  lode_channel_close(end);
  lode_pool_end(&pool);
  return NULL;
}

struct reader {
  lode_channel_end *end;
  int32_t next;
  int woken;
  bool closed;
};

// Reads some, as one owner of the end, and sleeps.
static void *read_some(void *arg) {
  struct reader *reader = arg;
  lode_channel_listen(reader->end, wake, &reader->woken);
  for (int count = 0; count < MESSAGES / READERS / 2 && !reader->closed;) {
    lode_parcel *parcel = lode_channel_take(reader->end, false);
    if (!parcel) {
      sched_yield();
      continue;
    }
    if (parcel->closes)
      reader->closed = true;
    else
      CHECK(parcel->tape[0] == reader->next++);
    CHECK(parcel->closes || !memcmp(lode_parcel_text(parcel), "text", 4));
    lode_parcel_drop(parcel);
    count++;
  }
  lode_channel_sleep(reader->end);
  return NULL;
}

static void test_moving(void) {
  lode_channel_end *ends[2];
  lode_channel_pair(ends);
  pthread_t poster;
  CHECK(pthread_create(&poster, NULL, post_all, ends[0]) == 0);
  struct reader reader = {.end = ends[1]};
  while (!reader.closed) {
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, read_some, &reader) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
  }
  CHECK(reader.next == MESSAGES);
  CHECK(pthread_join(poster, NULL) == 0);
  lode_channel_close(reader.end);
}

// ---- Both ends are closed while the other posts ----

static void *post_until_alone(void *end) {
  lode_parcel_pool pool = {0};
  for (int32_t i = 0; i < 200 && lode_channel_post(end, parcel_of(&pool, i)); i++) {
  }
  lode_channel_close(end);
  lode_pool_end(&pool);
  return NULL;
}

static void test_closing(void) {
  for (int i = 0; i < CHANNELS; i++) {
    lode_channel_end *ends[2];
    pthread_t threads[2];
    lode_channel_pair(ends);
    for (int k = 0; k < 2; k++) CHECK(pthread_create(&threads[k], NULL, post_until_alone, ends[k]) == 0);
    for (int k = 0; k < 2; k++) CHECK(pthread_join(threads[k], NULL) == 0);
  }
}

// ---- Ends within parcels, to any depth ----

static void release_end(void *end) { lode_channel_close(end); }
static const lode_thing_type thing_end = {"end", NULL, release_end, NULL};

static void test_nesting(void) {
  lode_channel_end *outermost = NULL, *kept = NULL;
  for (int i = 0; i < 100000; i++) {
    lode_channel_end *ends[2];
    lode_channel_pair(ends);
    if (!kept) {
      kept = ends[0];
    } else {
      lode_parcel *parcel = parcel_of(NULL, i);
      lode_parts texts = {0}, parts = {0};
      lode_parts_add_thing(&parts, &thing_end, outermost);
      lode_parcel_take_parts(parcel, &texts, &parts);
      lode_channel_post(ends[0], parcel);
      lode_channel_forget(ends[0]);
    }
    outermost = ends[1];
  }
  lode_channel_close(outermost); // and all within: no recursion to that depth
  lode_parcel *news = lode_channel_take(kept, true);
  CHECK(news && news->closes);
  lode_parcel_drop(news);
  lode_channel_close(kept);
}

// ---- Broadcasts ----

static void *come_and_go(void *name) {
  lode_parcel_pool pool = {0};
  for (int i = 0; i < 100; i++) {
    int woken = 0;
    lode_channel_end *end = lode_channel_join(name);
    lode_channel_listen(end, wake, &woken);
    for (int32_t k = 0; k < 10; k++) lode_channel_post(end, parcel_of(&pool, k));
    for (lode_parcel *parcel; (parcel = lode_channel_take(end, false));) lode_parcel_drop(parcel);
    lode_channel_close(end);
  }
  lode_pool_end(&pool);
  return NULL;
}

static void test_broadcast(void) {
  char name[] = "somewhere";
  pthread_t threads[READERS];
  for (int i = 0; i < READERS; i++) CHECK(pthread_create(&threads[i], NULL, come_and_go, name) == 0);
  for (int i = 0; i < 100; i++) lode_channel_post_to(name, parcel_of(NULL, i));
  for (int i = 0; i < READERS; i++) CHECK(pthread_join(threads[i], NULL) == 0);
  CHECK(lode_channel_post_to(name, parcel_of(NULL, 0)) == 0);
}

int main(void) {
  test_moving();
  test_closing();
  test_nesting();
  test_broadcast();
  puts("channel: ok");
  return 0;
}
