// SPDX-License-Identifier: MIT
//
// The state is the thread's in the kernel, and what was asked for in the loop's.
#include "runtime/loop/internal.h"

#include <sched.h>

// Only from the default policy and back to it: a policy that somebody else chose stays.
static bool change_policy(int from, int to) {
  return sched_getscheduler(0) == from && sched_setscheduler(0, to, &(struct sched_param){0}) == 0;
}

static void yield_processor(struct loop_state *state, bool yields) {
  if (yields)
    state->yields = change_policy(SCHED_OTHER, SCHED_BATCH);
  else if (state->yields)
    state->yields = !change_policy(SCHED_BATCH, SCHED_OTHER);
}

void loop_share_processor(lode_env *env, bool shared) {
  struct loop_state *state = env->loop_state;
  state->shares_processor = shared;
  if (!shared) yield_processor(state, false);
}

void loop_yield(lode_env *env, bool busy) {
  struct loop_state *state = env->loop_state;
  bool wanted = busy && state->shares_processor;
  if (LODE_UNLIKELY(wanted != state->yields)) yield_processor(state, wanted);
}
