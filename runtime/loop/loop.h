// SPDX-License-Identifier: MIT
//
// Running an environment's event loop: timers, immediates, the engine's own deferred work.
#ifndef LODE_LOOP_H
#define LODE_LOOP_H

#include "runtime/env/env.h"

// Prepares the loop's phases; once per environment, before bootstrap. The GLib context must exist before the
// engine: loop_engine_context_new is called first of all on the thread.
void loop_engine_context_new(void);
void loop_engine_context_free(void); // last of all on the thread
void loop_init(lode_env *env);
// Turns the loop until nothing keeps it alive or the environment stops.
void loop_run(lode_env *env);
bool loop_alive(lode_env *env);
// How long the loop has waited so far, in nanoseconds. libuv measures it from the first question on, because
// that costs a system call for each wait; what came before is estimated: the time in which the thread did not
// work. A worker's loop measures from its start, and other threads may ask for it.
uint64_t loop_idle_ns(lode_env *env);
// The thread has waited so long elsewhere for what the loop waits for. On the loop's thread.
void loop_add_idle(lode_env *env, uint64_t ns);

// ---- Yielding ----
//
// Busy workers of a cluster that are more than the processors take them from each other whenever one is
// woken, for a request or two each time. A thread that yields (SCHED_BATCH, see sched(7)) waits, when it is
// woken, for the one that runs to wait or to use up its slice; its share is the same.
//
// Threads and processes inherit it. Whoever starts one of its own purpose stops yielding before, until
// the loop finds itself busy again; the threads of libuv's pool and the engine's keep it.

// Whether the thread shares its processor with others like it.
void loop_share_processor(lode_env *env, bool shared);
// From now on the thread yields if it is busy and shares its processor. On the loop's thread.
void loop_yield(lode_env *env, bool busy);

// ---- Turns ----

// What the streams put off until libuv has told of all that is readable: before immediates.
void loop_after_poll(lode_env *env, void (*fn)(void *), void *arg);
// The main program and the loop, to the end: returns the exit code.
int loop_main(lode_env *env);

#endif
