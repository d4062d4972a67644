// SPDX-License-Identifier: MIT
//
// Worker threads: an environment of its own per thread. The thread that starts one is its parent; a thread
// ends before its parent's environment does.
#ifndef LODE_THREAD_H
#define LODE_THREAD_H

#include "runtime/env/env.h"

typedef struct lode_thread lode_thread;

struct thread_options {
  struct env_thread thread; // its id is positive; its name is copied
  size_t stack_bytes;
};

enum { THREAD_ENDED, THREAD_STOPPED, THREAD_OUT_OF_MEMORY, THREAD_FAILED };
struct thread_end {
  int code;      // exit code
  int reason;    // THREAD_...
  double parcel; // the thread never took it: the parent's again; or 0
};

// Starts a thread. `on_end` runs on the parent's loop once the thread is gone; the thread keeps that loop
// alive until then. Negative errno (and nothing started) where the system gives no thread.
int thread_start(lode_env *parent, const struct thread_options *options,
                 void (*on_end)(lode_thread *thread, struct thread_end end, void *arg), void *arg,
                 lode_thread **thread);
// The parent's: ends the thread's JavaScript as soon as it can be reached. `on_end` follows.
void thread_stop(lode_thread *thread);
void thread_ref(lode_thread *thread, bool keeps_parent_alive);
// Calls read(env) while the thread's environment is sure to live, on the calling thread: only for what any
// thread may ask of an environment. False where the environment is not there yet or no more.
bool thread_peek(lode_thread *thread, void (*read)(lode_env *env, void *result), void *result);

#endif
