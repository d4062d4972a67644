// SPDX-License-Identifier: MIT
//
// Running a program as its users would: a process of its own, under the runtime that runs the test.
'use strict';

const path = require('path');
const { spawn } = require('child_process');

const root = path.resolve(__dirname, '../..');
const example = (name) => path.join(root, 'examples', name);

// Runs to the end; resolves with { code, signal, stdout, stderr }.
function run(file, args = [], { env = {}, input = '' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { env: { ...process.env, ...env } });
    const result = { code: null, signal: null, stdout: '', stderr: '' };
    child.stdout.on('data', (data) => { result.stdout += data; });
    child.stderr.on('data', (data) => { result.stderr += data; });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ ...result, code, signal }));
    child.stdin.end(input);
  });
}

// Starts a server and resolves once `pattern` matches its output: { child, match, stop }. `options` are lode's own.
function serve(file, pattern, { env = {}, options = [] } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...options, file], { env: { ...process.env, PORT: '0', ...env } });
    let output = '';
    const stop = () => new Promise((done) => {
      child.removeAllListeners('exit');
      child.on('exit', (code, signal) => done({ code, signal }));
      child.kill();
    });
    child.stderr.on('data', (data) => { output += data; });
    child.stdout.on('data', (data) => {
      output += data;
      const match = pattern.exec(output);
      if (match) resolve({ child, match, stop });
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${file} ended with ${code}: ${output}`)));
  });
}

module.exports = { example, run, serve };
