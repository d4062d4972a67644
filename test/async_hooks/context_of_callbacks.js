// SPDX-License-Identifier: MIT
//
// Callbacks of timers, files, processes, names, compression and cryptography run in the context in which they were given.
'use strict';

const assert = require('assert');
const { AsyncLocalStorage } = require('async_hooks');
const childProcess = require('child_process');
const crypto = require('crypto');
const dns = require('dns');
const fs = require('fs');
const stream = require('stream');
const timers = require('timers/promises');
const zlib = require('zlib');

const storage = new AsyncLocalStorage();
let jobs = 0;

function job(name, start) {
  jobs++;
  storage.run(name, start, () => {
    assert.strictEqual(storage.getStore(), name);
    jobs--;
  });
}

job('setTimeout', (done) => setTimeout(done, 1));
job('setImmediate', (done) => setImmediate(done));
job('nextTick', (done) => process.nextTick(done));
job('interval', (done) => {
  const timer = setInterval(() => {
    clearInterval(timer);
    done();
  }, 1);
});
job('timers/promises', async (done) => {
  await timers.setTimeout(1);
  done();
});
job('fs.stat', (done) => fs.stat(__filename, done));
job('fs.promises', async (done) => {
  const handle = await fs.promises.open(__filename);
  await handle.read(Buffer.alloc(4), 0, 4, 0);
  await handle.close();
  done();
});
job('opendir', async (done) => {
  for await (const entry of await fs.promises.opendir(__dirname)) {
    assert.ok(entry.name);
    break;
  }
  done();
});
job('read stream', (done) => fs.createReadStream(__filename).resume().on('end', done));
job('execFile', (done) => childProcess.execFile('true', done));
job('spawn', (done) => childProcess.spawn('true').on('exit', done));
job('dns.lookup', (done) => dns.lookup('localhost', done));
job('gzip', (done) => zlib.gzip('text', done));
job('deflate stream', (done) => zlib.createDeflate().on('end', done).resume().end('text'));
job('randomBytes', (done) => crypto.randomBytes(4, done));
job('pbkdf2', (done) => crypto.pbkdf2('a', 'b', 1, 8, 'sha1', done));
job('pipeline', (done) => stream.pipeline(stream.Readable.from(['a']), new stream.PassThrough().resume(), done));
job('finished', (done) => stream.finished(new stream.PassThrough().resume().end(), done));
job('pipeline of generators', async (done) => {
  await stream.promises.pipeline(
    async function* () {
      yield 'a';
      await null;
      assert.strictEqual(storage.getStore(), 'pipeline of generators');
      yield 'b';
    },
    async (source) => {
      for await (const chunk of source) assert.ok(chunk);
    });
  done();
});
job('bind', (done) => {
  const bound = AsyncLocalStorage.bind(done);
  storage.exit(() => setTimeout(bound, 1));
});
job('snapshot', (done) => {
  const inSnapshot = AsyncLocalStorage.snapshot();
  storage.run('elsewhere', () => setTimeout(() => inSnapshot(done), 1));
});

process.on('exit', () => {
  assert.strictEqual(storage.getStore(), undefined);
  assert.strictEqual(jobs, 0);
});
