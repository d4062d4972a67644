// SPDX-License-Identifier: MIT
//
// mocha: suites of CommonJS and of ES modules, with hooks, failures of every kind, reporters and parallel runs.
// time limit: 600 seconds
'use strict';

const path = require('path');
const { prepare, same, withoutFrames } = require('../helpers/programs');

const clean = (text) => withoutFrames(text).replace(/\(\d+m?s\)/g, '(time)').replace(/"duration": \d+/g, '"duration": 0')
  .replace(/"(start|end)": "[^"]*"/g, '"$1": ""').replace(/ +at .*?\\n/g, '').replace(/(\\n)? +at [^"]*/g, '');

async function main() {
  const cjs = prepare('mocha', 'cjs');
  const esm = prepare('mocha', 'esm');
  const mocha = path.join(cjs, '..', 'node_modules', 'mocha', 'bin', 'mocha.js');
  await same([mocha, '--slow', '100000', 'sum.spec.js', 'tdd.test.js'], { cwd: cjs, clean, least: 2000 });
  await same([mocha, '--slow', '100000', '--reporter', 'tap', '*.js'], { cwd: cjs, clean, least: 1000 });
  await same([mocha, '--parallel', '--jobs', '2', '--slow', '100000', 'tdd.test.js', 'tdd.test.js'], { cwd: cjs, clean, least: 100 });
  await same([mocha], { cwd: esm, clean, least: 500 });
  await same([mocha, '--reporter', 'dot', '--grep', 'imports|order'], { cwd: esm, clean, least: 200 });
}
main();
