// SPDX-License-Identifier: MIT
//
// The inside of the environment, for runtime/ only.
#ifndef LODE_ENV_INTERNAL_H
#define LODE_ENV_INTERNAL_H

#include "runtime/env/env.h"

// Words that JavaScript writes and C reads without a call: one Int32Array over env->shared.
enum {
  SHARED_HAS_TICKS,      // the nextTick queue is not empty
  SHARED_HAS_REJECTIONS, // rejected promises wait to be reported
  SHARED_IMMEDIATES,     // immediates queued
  SHARED_IMMEDIATE_REFS, // of these, how many keep the loop alive
  SHARED_CONTEXT,        // 1: every entry begins without an async context; 2: and with a call of $lode.end
  SHARED_COUNT = 16
};

enum { ENV_MAX_BINDINGS = 96 };

enum { ENV_STDIO_COUNT = 3 };

struct exit_hook {
  struct exit_hook *next;
  void (*fn)(void *);
  void *arg;
};

struct lode_env {
  uv_loop_t loop;
  JSGlobalContextRef ctx;
  engine_interrupts *interrupts;
  int depth;        // of env_enter
  uint32_t entries; // outermost env_enters so far, modulo 2^32
  bool stopping;
  bool exiting; // of a worker: it asked for its end itself
  bool failed;  // a callback of this entry threw: its ticks wait for the next one
  int exit_code;
  int32_t shared[SHARED_COUNT];
  js_ref run_ticks;                 // () => void; runs the nextTick queue until empty
  js_ref on_uncaught;               // (error, fromPromise) => boolean handled
  js_ref hooks;                     // object of the bootstrap: main, beforeExit, exit
  js_ref context;                   // the object `$lode`, whose `c` is the async context frame
  struct exit_hook *exit_hooks;     // newest first
  int stdio_flags[ENV_STDIO_COUNT]; // at the start of the process; main environment only
  bool stdio_remembered;
  struct {
    js_ref target;
    void *state;
  } bindings[ENV_MAX_BINDINGS];       // by position in the lode_bindings section
  struct env_thread thread;           // what it points to is the starter's
  struct lode_thread *threads;        // started by this environment and not joined yet
  void (*end_threads)(lode_env *env); // stops and joins them; set with the first
  const char *lib_root;               // LODE_LIB at the start of the process, or NULL; borrowed
  int argc;
  char **argv;                         // the process's own, borrowed
  const char *exec_path;               // borrowed
  uint64_t started_ns;                 // uv_hrtime at the start of the process
  uint64_t milestones[ENV_MILESTONES]; // uv_hrtime at each, 0 where not reached
  void *loop_state;                    // runtime/loop's; freed with the environment
};

// Creates the environment of the calling thread. Aborts when there is one already.
lode_env *env_new(int argc, char **argv);
// The same on another thread than `parent`'s, which outlives it.
lode_env *env_new_thread(const lode_env *parent, const struct env_thread *thread);
// Runs the embedded bootstrap; false with a message on stderr when it threw.
bool env_bootstrap(lode_env *env);
// Calls one of the bootstrap's hooks (main, beforeExit, exit): the number it returns; 0 where it threw or
// nothing may run.
int env_call_hook(lode_env *env, const char *name);
// No more JavaScript, and the loop returns at the end of this turn.
void env_halt(lode_env *env);
// Ordered teardown; the loop must no longer run.
void env_free(lode_env *env);

void env_stdio_remember(lode_env *env);
void env_stdio_restore(const lode_env *env); // before every _exit
void env_close_handles(lode_env *env);
void env_run_exit_hooks(lode_env *env);
// Hands a thrown value to 'uncaughtException' or ends the process.
void env_report(lode_env *env, js_val error);

#endif
