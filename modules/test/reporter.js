// SPDX-License-Identifier: MIT
//
// The report of node:test: one line a test, the failures again at the end, and the totals.
'use strict';

const SIGNS = { passed: '\u2714', failed: '\u2716', skipped: '\ufe63', suite: '\u25b6', info: '\u2139' };
const totals = { tests: 0, suites: 0, pass: 0, fail: 0, skipped: 0, todo: 0 };
const failures = [];
const begun = Date.now();

function write(line) {
  process.stdout.write(`${line}\n`);
}

function colored(state, text) {
  if (!process.stdout.isTTY) return text;
  const code = state === 'failed' ? 31 : state === 'passed' ? 32 : 90;
  return `\u001b[${code}m${text}\u001b[39m`;
}

function remark(test) {
  const kind = test.skip !== false ? 'SKIP' : test.todo !== false ? 'TODO' : '';
  if (kind === '') return '';
  const why = test.skip !== false ? test.skip : test.todo;
  return ` # ${typeof why === 'string' ? why : kind}`;
}

function count(test) {
  if (test.isSuite) {
    totals.suites++;
    return;
  }
  totals.tests++;
  if (test.skip !== false) totals.skipped++;
  else if (test.todo !== false) totals.todo++;
  else if (test.state === 'failed') totals.fail++;
  else totals.pass++;
}

function report(test) {
  count(test);
  const indent = '  '.repeat(Math.max(0, test.depth));
  const state = test.skip !== false ? 'skipped' : test.state;
  const line = `${test.name} (${test.duration.toFixed(6).replace(/\.?0+$/, '')}ms)${remark(test)}`;
  if (test.children.length > 0) {
    write(`${indent}${SIGNS.suite} ${test.name}`);
    for (const child of test.children) report(child);
  }
  write(indent + colored(state, `${SIGNS[state] ?? SIGNS.failed} ${line}`));
  for (const text of test.diagnostics) write(`${indent}${SIGNS.info} ${text}`);
  if (test.state === 'failed' && test.todo === false && !test.children.some((child) => child.state === 'failed')) failures.push(test);
}

// Writes the totals; true when something failed.
function summary(root) {
  const rows = [['tests', totals.tests], ['suites', totals.suites], ['pass', totals.pass], ['fail', totals.fail],
    ['cancelled', 0], ['skipped', totals.skipped], ['todo', totals.todo], ['duration_ms', Date.now() - begun]];
  for (const [name, value] of rows) write(`${SIGNS.info} ${name} ${value}`);
  if (failures.length > 0) {
    const { inspect } = require('util/inspect');
    write(`\n${SIGNS.failed} failing tests:`);
    for (const test of failures) {
      write(`\n${SIGNS.failed} ${test.fullName} (${test.duration.toFixed(3)}ms)`);
      write(inspect(test.error).split('\n').map((line) => `  ${line}`).join('\n'));
    }
  }
  return totals.fail > 0 || failures.length > 0 || root.children.some((test) => test.state === 'failed' && test.todo === false);
}

module.exports = { report, summary, note: (text) => write(`${SIGNS.info} ${text}`) };
