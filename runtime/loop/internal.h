// SPDX-License-Identifier: MIT
//
// The loop's state in an environment. For runtime/loop only.
#ifndef LODE_LOOP_INTERNAL_H
#define LODE_LOOP_INTERNAL_H

#include "runtime/env/internal.h"
#include "runtime/loop/loop.h"

#include <glib.h>

enum { ENGINE_POLLS = 4 };

struct loop_state {
  lode_env *env;
  uint64_t base;           // uv_now at the start
  uint64_t worked_before;  // by the thread when the loop began, in ns
  uint64_t idle_before;    // it was measured, in ns
  uint64_t idle_elsewhere; // in ns; atomic
  bool measures_idle;
  bool shares_processor, yields; // see yielding.c
  uv_timer_t timer;
  uv_check_t check;
  uv_idle_t idle; // active while referenced immediates wait
  js_ref run_timer, run_immediate;
  void (*after_poll)(void *);
  void *after_poll_arg;
  // The engine's GLib context, driven from this loop. None of these handles keeps the loop alive, but
  // engine_prepare while asynchronous WebAssembly is under way.
  GMainContext *engine_context;
  uv_prepare_t engine_prepare;
  uv_timer_t engine_timer;
  uint64_t engine_asked_at; // uv_now; how often since then:
  unsigned engine_asked;
  uv_poll_t engine_polls[ENGINE_POLLS];
  GPollFD engine_fds[ENGINE_POLLS];
  int engine_poll_count;
};

void loop_engine_context_attach(struct loop_state *state);
void loop_engine_context_close(struct loop_state *state);

#endif
