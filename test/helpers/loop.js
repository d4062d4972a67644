// SPDX-License-Identifier: MIT
//
// For tests of watched loops: a function that blocks, and the reports of what a function starts.
'use strict';

function busy(ms) {
  const start = process.hrtime.bigint();
  const until = start + BigInt(ms) * 1000000n;
  while (process.hrtime.bigint() < until);
}

// Watches from a turn that has only begun, calls `start` in a later one, and resolves with the first report that fits.
function reportOf(start, { threshold = 100, fits = () => true } = {}) {
  return new Promise((resolve) => {
    setTimeout(() => {
      const watch = process.watchLoop({ threshold, print: false });
      process.on('loopBlocked', function heard(report) {
        if (!fits(report)) return;
        process.off('loopBlocked', heard);
        watch.stop();
        resolve(report);
      });
      setTimeout(start, 1);
    }, 1);
  });
}

// The stack in which a function is the innermost of the author's.
function stackOf(report, name) {
  return report.stacks.find(({ frames }) => frames[0].functionName === name);
}

module.exports = { busy, reportOf, stackOf };
