// SPDX-License-Identifier: MIT
//
// Running code with an end, for node:vm: a deadline, or SIGINT. While code runs that SIGINT is to break,
// lode's handler stands in the place of the program's, which come back afterwards.
#include "runtime/engine/interrupt.h"
#include "runtime/env/env.h"

#include <signal.h>
#include <stdatomic.h>

// Process-wide by nature, as signal handlers are: whose code a SIGINT breaks, the latest first.
static _Atomic(engine_interrupts *) breaking;

static void on_sigint(LODE_UNUSED int signal) {
  engine_interrupts *interrupts = atomic_load(&breaking);
  if (interrupts) engine_break(interrupts);
}

struct sigint_watch {
  engine_interrupts *before;
  struct sigaction action;
};

static void watch_sigint(struct sigint_watch *watch, engine_interrupts *interrupts) {
  struct sigaction ours = {.sa_handler = on_sigint, .sa_flags = SA_RESTART};
  sigfillset(&ours.sa_mask);
  watch->before = atomic_exchange(&breaking, interrupts);
  sigaction(SIGINT, &ours, &watch->action);
}

static void unwatch_sigint(const struct sigint_watch *watch) {
  sigaction(SIGINT, &watch->action, NULL);
  atomic_store(&breaking, watch->before);
}

// (fn, timeout in milliseconds or 0, whether SIGINT breaks it) => 0: fn returned, 1: time was up, 2: SIGINT.
// Throws what fn throws.
JS_FN(limited) {
  engine_interrupts *interrupts = env_interrupts(env_current());
  bool breakable = js_is_true(JS_ARG(2));
  struct engine_limit limit;
  struct sigint_watch watch;
  js_val error = NULL;
  if (breakable) watch_sigint(&watch, interrupts);
  engine_limit_begin(interrupts, &limit, (uint64_t)js_to_num(JS_ARG(1), 0) * 1000000, breakable);
  js_call(ctx, js_as_object(JS_ARG(0)), js_undefined(), 0, NULL, &error);
  int outcome = engine_limit_end(interrupts, &limit);
  if (breakable) unwatch_sigint(&watch);
  if (outcome == ENGINE_TIMED_OUT) return js_int(1);
  if (outcome == ENGINE_BROKEN) return js_int(2);
  if (error) return js_throw(exc, error);
  return js_int(0);
}

static void limits_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  static const js_fn_spec functions[] = {{"lodeLimited", limited}};
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}

LODE_BINDING(limits, 1, limits_init, NULL);
