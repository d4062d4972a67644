// SPDX-License-Identifier: MIT
//
// The shortest edit script between two lists of lines (E. W. Myers, "An O(ND) Difference Algorithm", 1986).
// Idea: the greedy search, keeping of each round only the diagonals that it could touch; the script is then read off
// those rounds from the end.
'use strict';

const KEEP = 0;
const ADD = 1; // only in actual
const DROP = -1; // only in expected

function sameLine(actual, expected, ignoreComma) {
  if (actual === expected) return true;
  return ignoreComma && (`${actual},` === expected || actual === `${expected},`);
}

// Time and memory grow with the square of the number of differences: nobody reads more of them than this.
const MOST_ROUNDS = 1500;

// Returns [{ type, value }], ADD for lines of `actual` alone, DROP for lines of `expected` alone.
function myersDiff(actual, expected, ignoreComma = false) {
  const n = actual.length;
  const m = expected.length;
  const max = n + m;
  if (max > 2 ** 31 - 1) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_OUT_OF_RANGE('myersDiff input size', '< 2^31', max);
  }
  const furthest = new Int32Array(2 * max + 3);
  const rounds = [];
  for (let d = 0; d <= max; d++) {
    if (d > MOST_ROUNDS) return coarse(actual, expected, ignoreComma);
    // Only the diagonals that round d can touch are worth keeping.
    rounds.push(furthest.slice(max - d, max + d + 3));
    for (let k = -d; k <= d; k += 2) {
      const at = k + max + 1;
      let x = k === -d || (k !== d && furthest[at - 1] < furthest[at + 1]) ? furthest[at + 1] : furthest[at - 1] + 1;
      let y = x - k;
      while (x < n && y < m && sameLine(actual[x], expected[y], ignoreComma)) {
        x++;
        y++;
      }
      furthest[at] = x;
      if (x >= n && y >= m) return wayBack(rounds, actual, expected, d, ignoreComma);
    }
  }
  return [];
}

function wayBack(rounds, actual, expected, last, ignoreComma) {
  let x = actual.length;
  let y = expected.length;
  const script = [];
  for (let d = last; d > 0; d--) {
    const furthest = rounds[d];
    const k = x - y;
    const at = k + d + 1;
    const down = k === -d || (k !== d && furthest[at - 1] < furthest[at + 1]);
    const fromX = down ? furthest[at + 1] : furthest[at - 1];
    const fromY = fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY) {
      x--;
      y--;
      script.push(kept(actual[x], expected[y], ignoreComma));
    }
    if (down) script.push({ type: DROP, value: expected[--y] });
    else script.push({ type: ADD, value: actual[--x] });
  }
  while (x > 0) {
    x--;
    y--;
    script.push(kept(actual[x], expected[y], ignoreComma));
  }
  return script.reverse();
}

// For texts with hardly anything in common: what they share at both ends, and all the rest on each side.
function coarse(actual, expected, ignoreComma) {
  const shorter = Math.min(actual.length, expected.length);
  let head = 0;
  while (head < shorter && sameLine(actual[head], expected[head], ignoreComma)) head++;
  let tail = 0;
  while (tail < shorter - head && sameLine(actual.at(-1 - tail), expected.at(-1 - tail), ignoreComma)) tail++;
  const script = [];
  for (let i = 0; i < head; i++) script.push(kept(actual[i], expected[i], ignoreComma));
  for (let i = head; i < actual.length - tail; i++) script.push({ type: ADD, value: actual[i] });
  for (let i = head; i < expected.length - tail; i++) script.push({ type: DROP, value: expected[i] });
  for (let i = tail; i > 0; i--) script.push(kept(actual.at(-i), expected.at(-i), ignoreComma));
  return script;
}

// Of two lines that differ in a comma, the one with the comma is shown.
function kept(actual, expected, ignoreComma) {
  const value = ignoreComma && !actual.endsWith(',') ? expected : actual;
  return { type: KEEP, value };
}

module.exports = { ADD, DROP, KEEP, myersDiff };
