// SPDX-License-Identifier: MIT
//
// Options make reports at uncaught exceptions and at signals, in the folder and under the name that they say; handled exceptions make none.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const { scratch, lode } = require('../helpers/run');

const folder = scratch();
let count = 0;

function reportOf(options, program) {
  const name = `${++count}.json`;
  const { status, stderr } = lode([`--report-directory=${folder}`, `--report-filename=${name}`, ...options, '-e', program]);
  const file = path.join(folder, name);
  if (!fs.existsSync(file)) return { status, stderr, report: undefined };
  const text = fs.readFileSync(file, 'utf8');
  return { status, stderr, text, report: JSON.parse(text) };
}

const thrown = reportOf(['--report-uncaught-exception', '--report-compact'], 'const e = new TypeError("gone"); e.extra = 7; throw e');
assert.strictEqual(thrown.status, 1);
assert.strictEqual(thrown.report.header.event, 'Exception');
assert.strictEqual(thrown.report.javascriptStack.message, 'TypeError: gone');
assert.deepStrictEqual(thrown.report.javascriptStack.errorProperties, { extra: '7' });
assert.strictEqual(thrown.text.indexOf('\n'), thrown.text.length - 1);
assert.match(thrown.stderr, /TypeError: gone[^]*Writing Node\.js report to file: 1\.json\nNode\.js report completed\n$/);

assert.strictEqual(reportOf([], 'throw 1').report, undefined);
assert.strictEqual(reportOf(['--report-uncaught-exception'], 'process.on("uncaughtException", () => {}); throw 1').report, undefined);
assert.strictEqual(reportOf([], 'process.report.reportOnUncaughtException = true; throw 1').report.javascriptStack.message, '1');

const signalled = reportOf(['--report-on-signal', '--report-signal=SIGUSR1'], `
  process.kill(process.pid, 'SIGUSR1');
  const wait = setInterval(() => { if (fs.existsSync(${JSON.stringify(path.join(folder, '5.json'))})) clearInterval(wait); }, 5);`);
assert.strictEqual(signalled.status, 0);
assert.strictEqual(signalled.report.header.trigger, 'SIGUSR1');
