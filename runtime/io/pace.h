// SPDX-License-Identifier: MIT
//
// How busy a loop is with reads, and what follows from it: whether reads are put off to be batched, whether
// the loop rests before it polls, and whether answers may wait for one another (batch.h).
#ifndef LODE_IO_PACE_H
#define LODE_IO_PACE_H

#include <stdbool.h>
#include <stdint.h>

// A loop rests no longer than that, in nanoseconds. What comes meanwhile is late by that at most.
enum { PACE_REST_MAX_NS = 150 * 1000 };

// What the thread has done so far.
struct pace_effort {
  bool known;
  uint64_t worked_ns;
  long waits, losses; // how often it gave the processor up, and how often that was taken away
};

struct pace {
  unsigned load; // reads per turn
  unsigned seen; // in this turn
  // A window is a stretch of turns. In the current one:
  unsigned window; // its number
  unsigned turns, reads, clients;
  uint64_t start;
  struct pace_effort effort; // at its start
  // By the last one:
  unsigned crowd;
  uint64_t rest_ns; // 0: not worth it
  // Callbacks:
  unsigned hurried;       // are slow: for so many turns
  unsigned watchful;      // may be slow: the kernel is asked at the start of each run, for so many turns
  struct pace_effort run; // at the start of this run, if asked
};

void pace_init(struct pace *pace);

// A client's stream is readable. `window` belongs to the stream, 0 at first.
void pace_note_read(struct pace *pace, unsigned *window);
bool pace_end_turn(struct pace *pace, bool batching); // true: a window ends with it

bool pace_is_busy(const struct pace *pace);     // reads are worth putting off
bool pace_is_hurried(const struct pace *pace);  // an answer is not to wait for the next callback
uint64_t pace_rest_ns(const struct pace *pace); // how long to rest now; 0: not at all

// A run is a row of so many callbacks. `pace_note_callback`: one ran from one time to the other (uv_hrtime).
void pace_begin_run(struct pace *pace, unsigned callbacks);
void pace_note_callback(struct pace *pace, uint64_t from, uint64_t to);

#endif
