// SPDX-License-Identifier: MIT
//
// Averages of few turns, windows of many, and the kernel's word where time alone does not tell.
#include "runtime/io/pace.h"
#include "base/base.h"

#include <sys/resource.h>
#include <uv.h>

// A loop is busy while its turns have one and a half reads on average: of the last sixteen or so, each of
// which counts more than the one before. In 256ths of a read.
enum { READ = 256, BUSY = 3 * READ / 2, MEMORY = 16 };

// A loop that keeps up with many clients is woken for every two or three requests, and waking costs more than
// a request. So it rests for a moment before it polls, until about ENOUGH of them have come by the rate of
// the last window; a network card does the same. Only where so many come in time as are worth it, where the
// clients are so many that most of them do not wait for it meanwhile, and where it is not late already: a
// full turn is followed by the next one at once.
enum { ENOUGH = 5, FEW = 2, FULL = 8, CROWD = 20, CROWD_PER_READ = 4, WINDOW_TURNS = 64 };

// Where a callback took that long (more than a young collection does) answers wait for no callback, for so
// many turns. Another process that had the processor meanwhile looks the same, and the kernel has to be asked
// about it. That is done once in a window; where it leaves a doubt, at the start of every run for a while.
enum { SLOW_NS = 5 * 1000 * 1000, HURRIED_TURNS = 1000, WATCHFUL_TURNS = 200 };

void pace_init(struct pace *pace) { *pace = (struct pace){.window = 1}; }

bool pace_is_busy(const struct pace *pace) { return pace->load >= BUSY; }
bool pace_is_hurried(const struct pace *pace) { return pace->hurried; }

static uint64_t ns_of(const struct timeval *time) {
  return (uint64_t)time->tv_sec * 1000000000u + (uint64_t)time->tv_usec * 1000u;
}

static struct pace_effort effort_so_far(void) {
  struct rusage used = {0};
  getrusage(RUSAGE_THREAD, &used);
  return (struct pace_effort){true, ns_of(&used.ru_utime) + ns_of(&used.ru_stime), used.ru_nvcsw,
                              used.ru_nivcsw};
}

// ---- Turns ----

void pace_note_read(struct pace *pace, unsigned *window) {
  pace->seen++;
  if (*window == pace->window) return;
  *window = pace->window;
  pace->clients++;
}

static uint64_t worth_resting(const struct pace *pace, uint64_t passed) {
  if (pace->clients < CROWD || !pace->reads) return 0;
  uint64_t wanted = pace->clients / CROWD_PER_READ, per_read = passed / pace->reads;
  if (wanted > ENOUGH) wanted = ENOUGH;
  if (per_read * FEW > PACE_REST_MAX_NS) return 0;
  return per_read * wanted < PACE_REST_MAX_NS ? per_read * wanted : PACE_REST_MAX_NS;
}

static void end_window(struct pace *pace, bool batching) {
  uint64_t now = uv_hrtime();
  pace->crowd = pace->clients;
  pace->rest_ns = worth_resting(pace, now - pace->start);
  pace->start = now;
  if (batching) pace->effort = effort_so_far();
  pace->turns = pace->reads = pace->clients = 0;
  pace->window++;
}

bool pace_end_turn(struct pace *pace, bool batching) {
  pace->load = pace->load - pace->load / MEMORY + pace->seen * (READ / MEMORY);
  pace->reads += pace->seen;
  pace->seen = 0;
  if (LODE_UNLIKELY(pace->hurried)) pace->hurried--;
  if (pace->watchful) pace->watchful--;
  if (++pace->turns < WINDOW_TURNS) return false;
  end_window(pace, batching);
  return true;
}

uint64_t pace_rest_ns(const struct pace *pace) {
  bool may = pace_is_busy(pace) && pace->seen < FULL && pace->crowd * READ >= pace->load * CROWD_PER_READ;
  return may ? pace->rest_ns : 0;
}

// ---- Runs ----

// A single callback keeps no answer waiting.
void pace_begin_run(struct pace *pace, unsigned callbacks) {
  pace->run = pace->watchful && callbacks > 1 ? effort_so_far() : (struct pace_effort){0};
}

static bool was_slow(const struct pace *pace, const struct pace_effort *now, uint64_t from) {
  const struct pace_effort *before = pace->run.known ? &pace->run : &pace->effort;
  if (!before->known || now->losses == before->losses) return true;
  uint64_t worked = now->worked_ns - before->worked_ns;
  if (pace->run.known) return worked > SLOW_NS || now->waits != before->waits;
  return worked > SLOW_NS + (from - pace->start); // whatever was done in the window before it
}

void pace_note_callback(struct pace *pace, uint64_t from, uint64_t to) {
  if (LODE_LIKELY(to - from <= SLOW_NS)) return;
  struct pace_effort now = effort_so_far();
  if (was_slow(pace, &now, from)) pace->hurried = HURRIED_TURNS;
  if (pace->run.known) pace->run = now;
  pace->watchful = WATCHFUL_TURNS;
}
