// SPDX-License-Identifier: MIT
//
// Two ways to stop JavaScript. A thread's end is asked for from outside, once, and sets the engine's trap
// (traps.c): waiting for it costs nothing. All else goes through JSContextGroupSetExecutionTimeLimit, and is
// armed only while there is something to wait for: after a while of running JavaScript the engine asks `due`
// whether to go on.
//
// About that function, found by trying:
// - After a question whose answer was "go on" it asks again only if the limit is set anew, from within.
// - It starts a timer at each outermost entry (2 us), and what was terminated stays terminated until the
// outermost
//   entry is left, which would take the caller of a vm script with it. An entry scope of lode's own, entered
//   for good, becomes the outermost: leaving and entering it again is what resets the engine, and starts the
//   timer once.
// - A question that comes due while no JavaScript runs makes a thread of the engine's poll until some runs.
// So the
//   scope is left before the loop sleeps, but not at every turn: a timer per turn is what it is there to
//   avoid.
// - Each question throws away the optimised code of the functions that run: questions should be rare.
#include "runtime/engine/interrupt.h"
#include "runtime/engine/jsc_private.h"
#include "runtime/engine/traps.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#define MS 1000000ull
enum { FIRST_QUESTION_MS = 20, LAST_QUESTION_MS = 250, STAY_AWAKE_MS = 100 };

struct engine_interrupts {
  JSContextGroupRef group; // borrowed: the engine outlives this
  JSGlobalContextRef ctx;  // borrowed
  atomic_bool stop, broken;
  bool has_trap;                // engine_stop reaches running code through traps.c
  bool asking;                  // questions for the whole thread: its size, or instead of the trap
  bool outgrown;                // past heap_bytes
  size_t heap_bytes;            // 0: no limit
  uint64_t heap_after_ns;       // not looked at before
  uint64_t patience_ns;         // between the questions of the thread
  struct engine_limit *limits;  // innermost first
  bool armed;                   // the engine has a limit
  bool entered;                 // `scope` is the engine's outermost entry
  uint64_t entered_ns;          // since when
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

// ---- Stopping ----

bool engine_stopped(const engine_interrupts *interrupts) {
  return atomic_load_explicit(&interrupts->stop, memory_order_acquire);
}

void engine_stop(engine_interrupts *interrupts) {
  atomic_store_explicit(&interrupts->stop, true, memory_order_release);
  if (interrupts->has_trap) traps_terminate(interrupts->group);
}

void engine_stop_self(engine_interrupts *interrupts) {
  atomic_store_explicit(&interrupts->stop, true, memory_order_release);
  if (interrupts->has_trap) traps_terminate_self(interrupts->group);
}

void engine_break(engine_interrupts *interrupts) {
  atomic_store_explicit(&interrupts->broken, true, memory_order_release);
}

bool engine_outgrown(const engine_interrupts *interrupts) { return interrupts->outgrown; }

// ---- The outermost entry ----

static bool can_enter(void) { return jsc_entry_scope_enter && jsc_entry_scope_leave; }

static void leave(engine_interrupts *interrupts) {
  if (!interrupts->entered) return;
  jsc_entry_scope_leave(&interrupts->scope);
  interrupts->entered = false;
}

static void enter(engine_interrupts *interrupts) {
  if (interrupts->entered || !can_enter()) return;
  jsc_entry_scope_enter(&interrupts->scope);
  interrupts->entered = true;
  interrupts->entered_ns = now_ns();
}

// Leaving also forgets a termination, and takes the place of whatever entry was the outermost so far.
static void reenter(engine_interrupts *interrupts) {
  if (!can_enter()) return;
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

static uint64_t question_of_limit(const struct engine_limit *limit, uint64_t now) {
  uint64_t wait = limit->breakable ? FIRST_QUESTION_MS * MS : 0;
  if (!limit->deadline_ns) return wait;
  uint64_t left = limit->deadline_ns > now ? limit->deadline_ns - now : 0;
  if (left < MS / 2) left = MS / 2;
  return wait && wait < left ? wait : left;
}

// How long from `now` until something may be due; 0: never.
static uint64_t next_question(const engine_interrupts *interrupts, uint64_t now) {
  uint64_t wait = interrupts->asking ? interrupts->patience_ns : 0;
  for (struct engine_limit *limit = interrupts->limits; limit; limit = limit->outer) {
    uint64_t own = question_of_limit(limit, now);
    if (own && (!wait || own < wait)) wait = own;
  }
  return wait;
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

static size_t heap_size(JSGlobalContextRef ctx) {
  js_obj statistics = JSGetMemoryUsageStatistics(ctx);
  return statistics ? (size_t)js_to_num(js_get(ctx, statistics, "heapSize"), 0) : 0;
}

// What counts is what a collection leaves. Looking costs time with a large heap: it is done for a tenth of it
// at most.
static void look_at_size(engine_interrupts *interrupts, uint64_t now) {
  if (!interrupts->heap_bytes || now < interrupts->heap_after_ns) return;
  bool large = heap_size(interrupts->ctx) > interrupts->heap_bytes;
  if (large) {
    JSSynchronousGarbageCollectForDebugging(interrupts->ctx);
    large = heap_size(interrupts->ctx) > interrupts->heap_bytes;
  }
  interrupts->heap_after_ns = now + (now_ns() - now) * 10 + FIRST_QUESTION_MS / 2 * MS;
  if (!large) return;
  interrupts->outgrown = true;
  engine_stop_self(interrupts);
}

static void lengthen(engine_interrupts *interrupts) {
  interrupts->patience_ns += interrupts->patience_ns / 2;
  if (interrupts->patience_ns > LAST_QUESTION_MS * MS) interrupts->patience_ns = LAST_QUESTION_MS * MS;
}

static bool due(LODE_UNUSED JSContextRef ctx, void *pointer) {
  engine_interrupts *interrupts = pointer;
  uint64_t now = now_ns();
  look_at_size(interrupts, now);
  bool end = engine_stopped(interrupts) || limit_over(interrupts, now);
  if (!interrupts->heap_bytes) lengthen(interrupts);
  uint64_t next = next_question(interrupts, now);
  if (next) arm(interrupts, next);
  return end;
}

// ---- Of a whole thread ----

void engine_make_stoppable(engine_interrupts *interrupts, size_t heap_bytes) {
  js_lock(interrupts->ctx);
  interrupts->has_trap = traps_find(interrupts->ctx);
  interrupts->heap_bytes = heap_bytes;
  interrupts->asking = heap_bytes || !interrupts->has_trap;
  interrupts->patience_ns = FIRST_QUESTION_MS * MS;
  if (interrupts->has_trap) traps_prepare(interrupts->group);
  if (interrupts->asking) {
    arm(interrupts, interrupts->patience_ns);
    reenter(interrupts);
  }
  js_unlock(interrupts->ctx);
}

unsigned engine_sleep(engine_interrupts *interrupts) {
  if (LODE_LIKELY(!interrupts->asking) || !interrupts->entered) return 0;
  if (now_ns() - interrupts->entered_ns < STAY_AWAKE_MS * MS) return STAY_AWAKE_MS;
  js_lock(interrupts->ctx);
  leave(interrupts);
  js_unlock(interrupts->ctx);
  return 0;
}

void engine_wake(engine_interrupts *interrupts) {
  if (LODE_LIKELY(!interrupts->asking)) return;
  js_lock(interrupts->ctx);
  interrupts->patience_ns = FIRST_QUESTION_MS * MS;
  enter(interrupts);
  look_at_size(interrupts, now_ns());
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

// Where the termination crossed a frame of C between frames of JavaScript, the engine still means to
// terminate: a few more entries take that, one each.
static void absorb_termination(engine_interrupts *interrupts) {
  JSStringRef nothing = JSStringCreateWithUTF8CString("for (let i = 0; i < 2; i++);");
  for (int i = 0; i < 8; i++) {
    JSValueRef error = NULL;
    JSEvaluateScript(interrupts->ctx, nothing, NULL, NULL, 1, &error);
    if (!error) break;
    reenter(interrupts);
  }
  JSStringRelease(nothing);
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
  if (limit->outcome != ENGINE_DONE) absorb_termination(interrupts);
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
