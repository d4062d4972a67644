// SPDX-License-Identifier: MIT
//
// console.time, timeLog and timeEnd. The running timers are in console._times: label -> process.hrtime() of the start.
'use strict';

const { formatTime } = require('console/duration');

function start(self, label) {
  label = `${label}`;
  if (self._times.has(label)) {
    process.emitWarning(`Label '${label}' already exists for console.time()`);
    return;
  }
  self._times.set(label, process.hrtime());
}

// Prints the time since the start; false where there was no start.
function print(self, method, label, data) {
  const begun = self._times.get(label);
  if (begun === undefined) {
    process.emitWarning(`No such label '${label}' for console.${method}()`);
    return false;
  }
  const [seconds, nanoseconds] = process.hrtime(begun);
  const shown = formatTime(seconds * 1000 + nanoseconds / 1e6);
  if (data === undefined) self.log('%s: %s', label, shown);
  else self.log('%s: %s', label, shown, ...data);
  return true;
}

function log(self, label, data) {
  print(self, 'timeLog', `${label}`, data);
}

function end(self, label) {
  label = `${label}`;
  if (print(self, 'timeEnd', label, undefined)) self._times.delete(label);
}

module.exports = { end, log, start };
