// SPDX-License-Identifier: MIT
//
// How much of its time the event loop spends outside the system's waiting call.

'use strict';

const { idleTime, milestone, now } = binding('performance');

const LOOP_START = 5;

function share(idle, active) {
  return { idle, active, utilization: idle + active === 0 ? 0 : active / (idle + active) };
}

// Since the loop began; with one earlier result since that; with two, between them.
function utilizationOf(idle, active, later, earlier) {
  if (earlier) return share(later.idle - earlier.idle, later.active - earlier.active);
  if (!later) return share(idle, active);
  return share(idle - later.idle, active - later.active);
}

function eventLoopUtilization(later, earlier) {
  const idle = idleTime(); // measured from now on, if it was not
  const start = milestone(LOOP_START);
  if (start <= 0) return { idle: 0, active: 0, utilization: 0 };
  return utilizationOf(idle, now() - start - idle, later, earlier);
}

module.exports = { eventLoopUtilization, utilizationOf };
