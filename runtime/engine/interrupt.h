// SPDX-License-Identifier: MIT
//
// Stopping JavaScript that runs: one set of interrupts per engine, for vm scripts with a deadline, for
// SIGINT, and for worker threads that are terminated in the middle of a loop.
//
// JavaScript cannot catch any of these: `catch` and `finally` do not see them. C sees a call that threw.
#ifndef LODE_ENGINE_INTERRUPT_H
#define LODE_ENGINE_INTERRUPT_H

#include "runtime/engine/engine.h"

typedef struct engine_interrupts engine_interrupts;

// On the engine's thread. Free before the engine is released.
engine_interrupts *engine_interrupts_new(JSGlobalContextRef ctx);
void engine_interrupts_free(engine_interrupts *interrupts);

// ---- From any thread ----

// Ends JavaScript for good. What runs now ends soon where the engine watches (below), otherwise at its
// return.
void engine_stop(engine_interrupts *interrupts);
bool engine_stopped(const engine_interrupts *interrupts);
// Ends the innermost breakable limit. Only sets a flag: signal handlers may call it.
void engine_break(engine_interrupts *interrupts);

// ---- On the engine's thread ----

// From now on engine_stop reaches code that runs, and an engine that grows past `heap_bytes` (0: no limit)
// stops itself. The watch costs nothing while the loop sleeps, if told so.
void engine_watch(engine_interrupts *interrupts, size_t heap_bytes);
bool engine_outgrown(const engine_interrupts *interrupts); // whether that happened
void engine_ask_now(
    engine_interrupts *interrupts); // what runs now stops within a millisecond of its own time
void engine_watch_sleep(engine_interrupts *interrupts); // before the loop may block
void engine_watch_wake(engine_interrupts *interrupts);  // after it

// A call of JavaScript with a deadline (`timeout_ns`, 0: none), or that engine_break ends. Limits nest:
// begin, call, end, in the order of a stack; the struct is the caller's and lives until the end. The lock
// need not be held.
//
//     struct engine_limit limit;
//     engine_limit_begin(interrupts, &limit, 50000000, false);
//     js_val result = engine_eval(...);
//     switch (engine_limit_end(interrupts, &limit)) ...
//
// What an outer limit or engine_stop ended comes back as ENGINE_PASSING: return to JavaScript at once, with
// the exception that the call gave.
enum { ENGINE_DONE, ENGINE_TIMED_OUT, ENGINE_BROKEN, ENGINE_PASSING };
struct engine_limit {
  struct engine_limit *outer;
  uint64_t deadline_ns; // on uv_hrtime's clock; 0: none
  bool breakable;
  int outcome;
};
void engine_limit_begin(engine_interrupts *interrupts, struct engine_limit *limit, uint64_t timeout_ns,
                        bool breakable);
int engine_limit_end(engine_interrupts *interrupts, struct engine_limit *limit);

#endif
