// SPDX-License-Identifier: MIT
//
// util.diff: the shortest edit script between two lists of strings (Myers' algorithm: furthest reaching points
// per diagonal, kept per step to walk back). Result: [operation, value] with 1 only in actual, -1 only in
// expected, 0 in both.

'use strict';

const SAME = 0;
const DELETED = -1;
const INSERTED = 1;

function trace(actual, expected) {
  const most = actual.length + expected.length;
  const furthest = new Int32Array(2 * most + 2);
  const history = [];
  for (let step = 0; step <= most; step++) {
    history.push(furthest.slice());
    for (let k = -step; k <= step; k += 2) {
      const down = k === -step || (k !== step && furthest[most + k - 1] < furthest[most + k + 1]);
      let x = down ? furthest[most + k + 1] : furthest[most + k - 1] + 1;
      let y = x - k;
      while (x < actual.length && y < expected.length && actual[x] === expected[y]) {
        x++;
        y++;
      }
      furthest[most + k] = x;
      if (x >= actual.length && y >= expected.length) return history;
    }
  }
  return history;
}

// Walks from the end to the start, so that the list comes out reversed.
function walkBack(history, actual, expected) {
  const most = actual.length + expected.length;
  const out = [];
  let x = actual.length;
  let y = expected.length;
  for (let step = history.length - 1; step >= 0; step--) {
    const furthest = history[step];
    const k = x - y;
    const down = k === -step || (k !== step && furthest[most + k - 1] < furthest[most + k + 1]);
    const before = down ? k + 1 : k - 1;
    const fromX = furthest[most + before];
    const fromY = fromX - before;
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      out.push([SAME, actual[x - 1]]);
      x--;
      y--;
    }
    if (step > 0) {
      if (down) {
        out.push([DELETED, expected[y - 1]]);
        y--;
      } else {
        out.push([INSERTED, actual[x - 1]]);
        x--;
      }
    }
  }
  return out.reverse();
}

function validateInput(value, name) {
  if (Array.isArray(value)) {
    require('internal/validators').validateStringArray(value, name);
    return value;
  }
  require('internal/validators').validateString(value, name);
  return value.split('');
}

function diff(actual, expected) {
  if (actual === expected) return [];
  const a = validateInput(actual, 'actual');
  const b = validateInput(expected, 'expected');
  return walkBack(trace(a, b), a, b);
}

module.exports = { diff };
