// SPDX-License-Identifier: MIT
//
// For tests of programs made of packages from npm (test/programs): brings the packages, copies a program next to them, runs it under
// lode and under the machine's Node, and compares what both print and how they end.
//
// The packages are installed once for each state of the lock file, into build/npm, by whoever comes first; others wait. A machine that
// has no Node 20, or cannot reach a registry, skips these tests.
'use strict';

const assert = require('assert');
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const { spawn, spawnSync } = require('child_process');

const root = path.resolve(__dirname, '../..');
const source = path.join(root, 'test', 'programs');
const lode = process.execPath;
const node = process.env.TEST_NODE || 'node';

class Skip extends Error {}

function home() {
  const hash = crypto.createHash('sha256').update(fs.readFileSync(path.join(source, 'package-lock.json'))).digest('hex');
  return path.join(root, 'build', 'npm', `programs-${hash.slice(0, 12)}`);
}

function checkNode() {
  const run = spawnSync(node, ['-p', 'process.versions.lode ? 0 : process.versions.node'], { encoding: 'utf8' });
  if (run.status !== 0 || !(parseInt(run.stdout, 10) >= 20)) throw new Skip('there is no Node 20 to compare with');
}

// Into a folder of its own first: a half-finished installation is never seen by anybody.
function install(folder) {
  const fresh = `${folder}.new`;
  fs.rmSync(fresh, { recursive: true, force: true });
  fs.mkdirSync(fresh, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) fs.copyFileSync(path.join(source, file), path.join(fresh, file));
  const options = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1'];
  const npm = spawnSync('npm', options, { cwd: fresh, encoding: 'utf8', timeout: 400000 });
  if (npm.status !== 0) {
    const reason = (npm.stderr || String(npm.error ?? 'npm ci failed')).trim().split('\n')[0];
    throw new Skip(`the packages could not be installed: ${reason}`);
  }
  fs.renameSync(fresh, folder);
}

const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

// The lock is a folder with the process id of who installs.
function withLock(folder, action) {
  const lock = `${folder}.lock`;
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  for (;;) {
    try {
      fs.mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      // Who held it may be gone.
      let age = 0;
      try { age = Date.now() - fs.statSync(lock).mtimeMs; } catch {}
      if (age > 450000) fs.rmSync(lock, { recursive: true, force: true });
      else sleep(200);
    }
  }
  try {
    action();
  } finally {
    fs.rmSync(lock, { recursive: true, force: true });
  }
}

function packages() {
  checkNode();
  const folder = home();
  const failed = `${folder}.failed`; // why, so that one test asks the registry and not each
  if (!fs.existsSync(folder)) {
    withLock(folder, () => {
      if (fs.existsSync(folder)) return;
      if (fs.existsSync(failed) && Date.now() - fs.statSync(failed).mtimeMs < 600000) throw new Skip(fs.readFileSync(failed, 'utf8'));
      try {
        install(folder);
      } catch (error) {
        if (error instanceof Skip) fs.writeFileSync(failed, error.message);
        throw error;
      }
    });
  }
  return folder;
}

// prepare('mocha', 'cjs'): the folder test/programs/fixtures/mocha/cjs, copied to where its packages are found.
function prepare(...names) {
  let folder;
  try {
    folder = packages();
  } catch (error) {
    if (!(error instanceof Skip)) throw error;
    console.log(`skip: ${error.message}`);
    process.exit(0);
  }
  const copy = path.join(folder, `${names.join('-')}-${path.basename(process.argv[1], '.js')}`);
  fs.rmSync(copy, { recursive: true, force: true });
  fs.cpSync(path.join(source, 'fixtures', ...names), copy, { recursive: true });
  return copy;
}

const environment = { ...process.env, TZ: 'UTC', LANG: 'C.UTF-8', TERM: 'xterm' };
for (const name of ['FORCE_COLOR', 'NO_COLOR', 'NODE_OPTIONS', 'NODE_ENV', 'CI', 'COLUMNS', 'LC_ALL', 'LANGUAGE']) delete environment[name];

// -> { code, signal, stdout, stderr }
function run(runtime, args, { cwd, env, input, timeout = 500000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(runtime, args, { cwd, env: { ...environment, ...env }, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
    const result = { code: null, signal: null, stdout: '', stderr: '' };
    const timer = setTimeout(() => {
      result.stderr += `\n${runtime} was stopped after ${timeout} ms\n`;
      child.kill('SIGKILL');
    }, timeout);
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8');
      child[name].on('data', (text) => { result[name] += text; });
    }
    if (input !== undefined) child.stdin.end(input);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve(Object.assign(result, { code, signal }));
    });
  });
}

function firstDifferences(ours, theirs) {
  const a = ours.split('\n');
  const b = theirs.split('\n');
  const lines = [];
  for (let i = 0; i < Math.max(a.length, b.length) && lines.length < 16; i++) {
    if (a[i] !== b[i]) lines.push(`line ${i + 1}`, `  lode ${JSON.stringify(a[i])?.slice(0, 500)}`, `  node ${JSON.stringify(b[i])?.slice(0, 500)}`);
  }
  return lines.join('\n');
}

// Runs a program under both; fails where they differ. `clean` takes out of a text what may differ. Answers what both said.
async function same(args, options = {}) {
  const { clean = (text) => text, least = 1 } = options;
  const perRuntime = (runtime) => (typeof args === 'function' ? args(runtime === lode ? 'lode' : 'node') : args);
  const [ours, theirs] = await Promise.all([lode, node].map((runtime) => run(runtime, perRuntime(runtime), options)));
  for (const name of ['stdout', 'stderr']) {
    const [a, b] = [clean(ours[name]), clean(theirs[name])];
    if (a !== b) assert.fail(`${name} differs from Node's:\n${firstDifferences(a, b)}\nstderr of lode:\n${ours.stderr.slice(-3000)}`);
  }
  assert.deepStrictEqual([ours.code, ours.signal], [theirs.code, theirs.signal], 'exit code and signal');
  assert.strictEqual(theirs.signal, null, 'Node ended by itself');
  // A program that says nothing compares nothing.
  assert.ok(theirs.stdout.length + theirs.stderr.length >= least, `${theirs.stdout.length} characters`);
  return theirs;
}

// Every file under a folder: path -> text.
function tree(folder, into = {}, prefix = '') {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(prefix, entry.name);
    if (entry.isDirectory()) tree(path.join(folder, entry.name), into, name);
    else into[name] = fs.readFileSync(path.join(folder, entry.name), 'utf8');
  }
  return into;
}

// Stack frames of the runtime's own files differ; what V8 knows of the receiver's class, JavaScriptCore does not.
function withoutFrames(text) {
  return text.replace(/^ +at .*\n/gm, '');
}

module.exports = { lode, node, packages, prepare, root, run, same, tree, withoutFrames };
