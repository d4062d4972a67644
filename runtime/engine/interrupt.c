// SPDX-License-Identifier: MIT
//
// One watchdog per engine, on JSContextGroupSetExecutionTimeLimit: after a while of running JavaScript the
// engine asks `due` at a safe point whether to go on. The answer looks at a flag (stop), at another (break)
// and at the deadlines.
//
// Three things about that function were found by trying:
// - After a question whose answer was "go on" it does not ask again unless the limit is set anew, from
// within.
// - With a limit set, each outermost entry into JavaScript starts a timer (2 us); and once the engine has
// terminated
//   something, all further JavaScript of that outermost entry is terminated too, which would take the caller
//   of a vm script with it. Both hang on the engine's notion of its outermost entry. An entry scope of lode's
//   own, entered for good, becomes the outermost: leaving and entering it again is what resets the engine,
//   and the timer starts once.
// - Each question throws away the optimised code of the functions that run. So questions become rarer the
// longer an
//   entry lasts.
#include "runtime/engine/interrupt.h"
#include "runtime/engine/jsc_private.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#define MS 1000000ull
enum { FIRST_QUESTION_MS = 20, LAST_QUESTION_MS = 250, BREAK_QUESTION_MS = 20 };

struct engine_interrupts {
  JSContextGroupRef group; // borrowed: the engine outlives this
  JSGlobalContextRef ctx;  // borrowed
  atomic_bool stop, broken;
  bool watching;                // engine_watch was called
  bool entered;                 // `scope` is the engine's outermost entry
  bool armed;                   // the engine has a limit
  bool outgrown;                // past heap_bytes
  size_t heap_bytes;            // 0: no limit
  uint64_t heap_after_ns;       // not looked at before
  uint64_t patience_ns;         // until the next question of the watch
  struct engine_limit *limits;  // innermost first
  struct jsc_entry_scope scope; // address known to the engine while entered
};

static uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

engine_interrupts *engine_interrupts_new(JSGlobalContextRef ctx) {
  engine_interrupts *interrupts = lode_zalloc(sizeof *interrupts);
  interrupts->ctx = ctx;
  interrupts->group = JSContextGetGroup(ctx);
  interrupts->scope = (struct jsc_entry_scope){(void *)interrupts->group, ctx};
  return interrupts;
}

bool engine_stopped(const engine_interrupts *interrupts) {
  return atomic_load_explicit(&interrupts->stop, memory_order_acquire);
}
void engine_stop(engine_interrupts *interrupts) {
  atomic_store_explicit(&interrupts->stop, true, memory_order_release);
}
void engine_break(engine_interrupts *interrupts) {
  atomic_store_explicit(&interrupts->broken, true, memory_order_release);
}

// ---- The outermost entry ----

static void leave(engine_interrupts *interrupts) {
  if (!interrupts->entered) return;
  jsc_entry_scope_leave(&interrupts->scope);
  interrupts->entered = false;
}

static void enter(engine_interrupts *interrupts) {
  if (interrupts->entered || !jsc_entry_scope_enter || !jsc_entry_scope_leave) return;
  jsc_entry_scope_enter(&interrupts->scope);
  interrupts->entered = true;
}

// Leaving also forgets a termination, and takes the place of whatever entry was the outermost so far.
static void reenter(engine_interrupts *interrupts) {
  if (!jsc_entry_scope_enter || !jsc_entry_scope_leave) return;
  interrupts->entered = true;
  leave(interrupts);
  enter(interrupts);
}

// ---- Questions ----

static bool due(JSContextRef ctx, void *pointer);

static void arm(engine_interrupts *interrupts, uint64_t ns) {
  JSContextGroupSetExecutionTimeLimit(interrupts->group, (double)ns / 1e9, due, interrupts);
  interrupts->armed = true;
}

static void disarm(engine_interrupts *interrupts) {
  if (!interrupts->armed) return;
  JSContextGroupClearExecutionTimeLimit(interrupts->group);
  interrupts->armed = false;
}

// How long from `now` until something may be due; 0: never.
static uint64_t next_question(const engine_interrupts *interrupts, uint64_t now) {
  uint64_t wait = interrupts->watching ? interrupts->patience_ns : 0;
  for (struct engine_limit *limit = interrupts->limits; limit; limit = limit->outer) {
    uint64_t own = limit->breakable ? BREAK_QUESTION_MS * MS : 0;
    if (limit->deadline_ns) {
      uint64_t left = limit->deadline_ns > now ? limit->deadline_ns - now : 0;
      if (left < MS / 2) left = MS / 2;
      if (!own || left < own) own = left;
    }
    if (own && (!wait || own < wait)) wait = own;
  }
  return wait;
}

// ---- The heap's size ----

static size_t heap_size(JSGlobalContextRef ctx) {
  js_obj statistics = JSGetMemoryUsageStatistics(ctx);
  return statistics ? (size_t)js_to_num(js_get(ctx, statistics, "heapSize"), 0) : 0;
}

// What counts is what a collection leaves. Looking costs time with a large heap: it is done for a tenth of it
// at most.
static bool too_large(engine_interrupts *interrupts, uint64_t now) {
  if (!interrupts->heap_bytes || now < interrupts->heap_after_ns) return false;
  bool large = heap_size(interrupts->ctx) > interrupts->heap_bytes;
  if (large) {
    JSSynchronousGarbageCollectForDebugging(interrupts->ctx);
    large = heap_size(interrupts->ctx) > interrupts->heap_bytes;
  }
  uint64_t spent = now_ns() - now;
  interrupts->heap_after_ns = now + spent * 10 + 10 * MS;
  if (large) interrupts->outgrown = true;
  return large;
}

static void lengthen(engine_interrupts *interrupts) {
  interrupts->patience_ns += interrupts->patience_ns / 2;
  if (interrupts->patience_ns > LAST_QUESTION_MS * MS) interrupts->patience_ns = LAST_QUESTION_MS * MS;
}

// The outermost limit that is over ends all within it.
static bool limit_over(engine_interrupts *interrupts, uint64_t now) {
  bool broken = atomic_load_explicit(&interrupts->broken, memory_order_acquire);
  struct engine_limit *over = NULL, *innermost = NULL;
  for (struct engine_limit *limit = interrupts->limits; limit; limit = limit->outer) {
    if (limit->breakable && !innermost) innermost = limit;
    if (limit->deadline_ns && limit->deadline_ns <= now) over = limit;
  }
  if (over) over->outcome = ENGINE_TIMED_OUT;
  if (!over && broken && innermost) {
    over = innermost;
    over->outcome = ENGINE_BROKEN;
  }
  return over;
}

static bool due(LODE_UNUSED JSContextRef ctx, void *pointer) {
  engine_interrupts *interrupts = pointer;
  uint64_t now = now_ns();
  if (too_large(interrupts, now)) engine_stop(interrupts);
  bool end = engine_stopped(interrupts) || limit_over(interrupts, now);
  if (!interrupts->heap_bytes) lengthen(interrupts);
  uint64_t next = next_question(interrupts, now);
  if (next) arm(interrupts, next);
  return end;
}

// ---- The watch of a whole thread ----

void engine_watch(engine_interrupts *interrupts, size_t heap_bytes) {
  interrupts->watching = true;
  interrupts->heap_bytes = heap_bytes;
  interrupts->patience_ns = FIRST_QUESTION_MS * MS;
  js_lock(interrupts->ctx);
  arm(interrupts, interrupts->patience_ns);
  reenter(interrupts);
  js_unlock(interrupts->ctx);
}

bool engine_outgrown(const engine_interrupts *interrupts) { return interrupts->outgrown; }

void engine_ask_now(engine_interrupts *interrupts) {
  js_lock(interrupts->ctx);
  interrupts->patience_ns = MS / 10;
  arm(interrupts, interrupts->patience_ns);
  js_unlock(interrupts->ctx);
}

void engine_watch_sleep(engine_interrupts *interrupts) {
  if (!interrupts->watching || !interrupts->entered) return;
  js_lock(interrupts->ctx);
  leave(interrupts);
  js_unlock(interrupts->ctx);
}

void engine_watch_wake(engine_interrupts *interrupts) {
  if (!interrupts->watching) return;
  js_lock(interrupts->ctx);
  if (interrupts->patience_ns != FIRST_QUESTION_MS * MS) {
    interrupts->patience_ns = FIRST_QUESTION_MS * MS;
    arm(interrupts, interrupts->patience_ns);
  }
  enter(interrupts);
  if (too_large(interrupts, now_ns())) engine_stop(interrupts);
  js_unlock(interrupts->ctx);
}

// ---- Limits ----

static void rearm(engine_interrupts *interrupts) {
  uint64_t wait = next_question(interrupts, now_ns());
  if (wait)
    arm(interrupts, wait);
  else
    disarm(interrupts);
  reenter(interrupts);
}

void engine_limit_begin(engine_interrupts *interrupts, struct engine_limit *limit, uint64_t timeout_ns,
                        bool breakable) {
  *limit = (struct engine_limit){.outer = interrupts->limits,
                                 .deadline_ns = timeout_ns ? now_ns() + timeout_ns : 0,
                                 .breakable = breakable,
                                 .outcome = ENGINE_DONE};
  interrupts->limits = limit;
  if (breakable) atomic_store_explicit(&interrupts->broken, false, memory_order_release);
  js_lock(interrupts->ctx);
  rearm(interrupts);
  js_unlock(interrupts->ctx);
}

static bool outer_over(const struct engine_limit *limit) {
  for (limit = limit->outer; limit; limit = limit->outer)
    if (limit->outcome != ENGINE_DONE) return true;
  return false;
}

int engine_limit_end(engine_interrupts *interrupts, struct engine_limit *limit) {
  CHECK(interrupts->limits == limit);
  interrupts->limits = limit->outer;
  bool passing = engine_stopped(interrupts) || outer_over(limit);
  if (limit->outcome == ENGINE_BROKEN)
    atomic_store_explicit(&interrupts->broken, false, memory_order_release);
  // A termination that passes on must not be forgotten.
  if (passing) return ENGINE_PASSING;
  js_lock(interrupts->ctx);
  rearm(interrupts);
  js_unlock(interrupts->ctx);
  return limit->outcome;
}

void engine_interrupts_free(engine_interrupts *interrupts) {
  js_lock(interrupts->ctx);
  disarm(interrupts);
  leave(interrupts);
  js_unlock(interrupts->ctx);
  free(interrupts);
}
