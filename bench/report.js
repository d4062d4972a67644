// SPDX-License-Identifier: MIT
//
// Results as text: a table of medians with ratios to lode's, and the goals with what was reached.
'use strict';

const MEASURES = [
  { key: 'http.cpu', title: 'http: CPU per request', unit: 'us', digits: 1, less: true },
  { key: 'http.perSecond', title: 'http: requests per second', unit: '/s', digits: 0, less: false },
  { key: 'http.busy', title: 'http: server core busy', unit: '%', digits: 0, plain: true },
  { key: 'http.peak', title: 'http: peak memory', unit: 'MiB', digits: 1, less: true },
  { key: 'express.cpu', title: 'Express: CPU per request', unit: 'us', digits: 1, less: true },
  { key: 'express.perSecond', title: 'Express: requests per second', unit: '/s', digits: 0, less: false },
  { key: 'express.peak', title: 'Express: peak memory', unit: 'MiB', digits: 1, less: true },
  { key: 'serve.cpu', title: 'Bun.serve: CPU per request', unit: 'us', digits: 1, less: true },
  { key: 'start', title: 'start-up, empty file', unit: 'ms', digits: 1, less: true },
  { key: 'idle', title: 'memory after start', unit: 'MiB', digits: 1, less: true },
  { key: 'spawn', title: 'spawn(\'true\') to its close', unit: 'ms', digits: 2, less: true },
  { key: 'fork', title: 'fork, a message and its answer', unit: 'ms', digits: 1, less: true },
  { key: 'cluster.cpu', title: 'cluster of 2: CPU per request', unit: 'us', digits: 1, less: true },
  { key: 'cluster.perSecond', title: 'cluster of 2 on one core: requests per second', unit: '/s', digits: 0, less: false },
  { key: 'scaling', title: 'cluster of 2 on both cores, times one process', unit: 'x', digits: 2, plain: true },
];

// [what, measure, reference runtime, at most this many times the reference]
const GOALS = [
  ['http CPU against C on libuv', 'http.cpu', 'c', 1.6],
  ['http CPU against Node 26', 'http.cpu', 'node26', 0.75],
  ['Express CPU against Node 26', 'express.cpu', 'node26', 0.85],
  ['start-up against Node 26', 'start', 'node26', 0.6],
  ['memory after start against Node 26', 'idle', 'node26', 0.7],
  ['spawn against Node 26', 'spawn', 'node26', 0.9],
  ['fork and a message against Node 26', 'fork', 'node26', 0.7],
  ['cluster CPU against Node 26', 'cluster.cpu', 'node26', 0.6],
];

function cell(value, measure, reference) {
  if (value === undefined) return '-';
  const text = value.toFixed(measure.digits);
  if (measure.plain || reference === undefined || reference === value) return text;
  return `${text} (${(value / reference).toFixed(2)}x)`;
}

function table({ machine, settings, runtimes }) {
  const reference = runtimes.find((runtime) => runtime.id === 'lode') || runtimes[0];
  const rows = [['', ...runtimes.map((runtime) => runtime.label)]];
  for (const measure of MEASURES) {
    const values = runtimes.map((runtime) => runtime.medians[measure.key]);
    if (values.every((value) => value === undefined)) continue;
    rows.push([`${measure.title}, ${measure.unit}`,
      ...values.map((value) => cell(value, measure, reference.medians[measure.key]))]);
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) => row.map((text, column) => (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column]))).join('  '));
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
  return `\n${machine}\nmedians of ${settings.rounds} rounds of ${settings.seconds} s, ${settings.connections} ` +
    `connections; (times ${reference.label})\n\n${lines.join('\n')}\n`;
}

// A server that waits for the load generator wakes up for fewer requests at a time: each then costs more.
function idleNote(runtimes) {
  const idle = runtimes.filter((runtime) => runtime.medians['http.busy'] < 90);
  if (idle.length === 0) return '';
  return `note: ${idle.map((runtime) => runtime.label).join(', ')} waited for wrk; the cost per request is overstated there, ` +
    'and ratios to it look better than they are\n';
}

function targets({ runtimes }) {
  const by = new Map(runtimes.map((runtime) => [runtime.id, runtime.medians]));
  const lines = [];
  for (const [what, key, reference, limit] of GOALS) {
    const mine = by.get('lode')?.[key];
    const theirs = by.get(reference)?.[key];
    if (mine === undefined || theirs === undefined) continue;
    const ratio = mine / theirs;
    lines.push(`${ratio <= limit ? 'reached' : 'MISSED '}  ${what}: ${ratio.toFixed(2)} (goal: at most ${limit})`);
  }
  return lines.join('\n') + (lines.length ? '\n' : '') + idleNote(runtimes);
}

module.exports = { table, targets, MEASURES };
