// SPDX-License-Identifier: MIT
//
// Stopping JavaScript that runs: one set of interrupts per engine, for vm scripts with a deadline, for
// SIGINT, and for worker threads that are terminated in the middle of a loop or grow too large.
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

// Ends JavaScript for good: what runs now, if the engine is stoppable, and all that would run later. The
// interrupts must live until this returns.
void engine_stop(engine_interrupts *interrupts);
bool engine_stopped(const engine_interrupts *interrupts);
bool engine_outgrown(const engine_interrupts *interrupts); // whether it stopped because of its size
// Ends the innermost breakable limit. Only sets a flag: signal handlers may call it.
void engine_break(engine_interrupts *interrupts);

// ---- On the engine's thread ----

// From now on engine_stop reaches code that runs, and an engine that grows past `heap_bytes` (0: no limit)
// stops itself. Call when no JavaScript runs.
void engine_make_stoppable(engine_interrupts *interrupts, size_t heap_bytes);
// engine_stop of the calling thread's own engine: what runs ends at its next loop.
void engine_stop_self(engine_interrupts *interrupts);
// Around the loop's wait. Sleep says after how many milliseconds it wants to be called again, should nothing
// happen until then; 0: never.
unsigned engine_sleep(engine_interrupts *interrupts);
void engine_wake(engine_interrupts *interrupts);

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
