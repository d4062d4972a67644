// SPDX-License-Identifier: MIT
//
// What a worker can run: a CommonJS file, an ES module, a data: URL, TypeScript, a file URL; with top-level await.
'use strict';

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { pathToFileURL } = require('url');
const { Worker } = require('worker_threads');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lode-worker-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
const file = (name, text) => {
  fs.writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};

const programs = {
  commonjs: file('a.cjs', 'require("worker_threads").parentPort.postMessage(require("path").basename(__filename))'),
  module: pathToFileURL(file('b.mjs', 'import { parentPort } from "worker_threads"; await null; parentPort.postMessage(import.meta.url.slice(-5))')),
  typescript: file('c.ts', 'const { parentPort } = require("worker_threads"); const text: string = "c.ts"; parentPort.postMessage(text)'),
  data: new URL('data:text/javascript,import{parentPort}from"worker_threads";parentPort.postMessage("data")'),
};
const expected = { commonjs: 'a.cjs', module: 'b.mjs', typescript: 'c.ts', data: 'data' };
const got = {};
for (const name in programs) {
  const worker = new Worker(programs[name], { execArgv: ['--no-warnings'] });
  worker.on('message', (message) => { got[name] = message; });
  worker.on('exit', (code) => assert.strictEqual(code, 0));
}
// The path that is not there is the worker's error.
new Worker(path.join(folder, 'none.js')).on('error', (error) => { got.missing = error.code; });
process.on('exit', () => assert.deepStrictEqual({ ...got }, { ...expected, missing: 'MODULE_NOT_FOUND' }));
