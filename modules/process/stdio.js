// SPDX-License-Identifier: MIT
//
// process.stdin, process.stdout, process.stderr: made at first use, by what the descriptor is.
//
// Output to files, pipes and terminals is synchronous, as in Node on Linux: nothing is lost when the process ends.

'use strict';

const { uvException } = require('internal/errors');
const tty = binding('tty');

let stdin, stdout, stderr;

// ---- Output ----

let SyncWriteStream;
function syncWriteStream(fd) {
  if (SyncWriteStream === undefined) SyncWriteStream = defineSyncWriteStream();
  return new SyncWriteStream(fd, { autoClose: false });
}

function defineSyncWriteStream() {
  const { Writable } = require('stream');
  return class SyncWriteStream extends Writable {
    constructor(fd, options) {
      super({ autoDestroy: true });
      this.fd = fd;
      this.readable = false;
      this.autoClose = options?.autoClose !== false;
    }

    _write(chunk, encoding, callback) {
      const result = tty.writeAll(this.fd, chunk);
      if (result < 0) callback(uvException({ errno: result, syscall: 'write' }));
      else callback();
    }

    destroySoon() { return this.destroy(); }
  };
}

function makeOutput(fd) {
  const stream = openOutput(fd, tty.guess(fd));
  stream.fd = fd;
  stream._isStdio = true;
  stream.destroySoon = stream.destroy;
  stream._destroy = surviveDestroy;
  return stream;
}

function openOutput(fd, kind) {
  if (kind === 'TTY') {
    const { WriteStream } = require('tty');
    const stream = new WriteStream(fd);
    stream._type = 'tty';
    process.on('SIGWINCH', () => stream._refreshSize());
    return stream;
  }
  if (kind === 'FILE') {
    const stream = syncWriteStream(fd);
    stream._type = 'fs';
    return stream;
  }
  if (kind === 'PIPE' || kind === 'TCP') {
    const { Socket } = require('net');
    const channel = process.channel;
    const handle = channel && channel.fd === fd ? channel.handle : undefined;
    const stream = new Socket(handle ? { handle, readable: false, writable: true } : { fd, readable: false, writable: true });
    stream._type = 'pipe';
    return stream;
  }
  const { Writable } = require('stream');
  return new Writable({ write(chunk, encoding, callback) { callback(); } });
}

// Standard output may be ended by nobody: it stays writable after destroy().
function surviveDestroy(error, callback) {
  callback(error);
  this._undestroy();
  if (!this._writableState.emitClose) process.nextTick(emitClose, this);
}

function emitClose(stream) {
  stream.emit('close');
}

function getStdout() {
  if (stdout === undefined) stdout = makeOutput(1);
  return stdout;
}

function getStderr() {
  if (stderr === undefined) stderr = makeOutput(2);
  return stderr;
}

// ---- Input ----

function getStdin() {
  if (stdin !== undefined) return stdin;
  const fd = 0;
  stdin = openInput(fd, tty.guess(fd));
  stdin.fd = fd;
  if (stdin._handle && stdin._handle.readStop) {
    stdin._handle.reading = false;
    stdin._readableState.reading = false;
    stdin._handle.readStop();
  }
  // A paused stdin must not keep the process alive.
  stdin.on('pause', () => {
    const handle = stdin._handle;
    if (!handle || !handle.reading) return;
    stdin._readableState.reading = false;
    handle.readStop();
  });
  return stdin;
}

function openInput(fd, kind) {
  if (kind === 'TTY') return new (require('tty').ReadStream)(fd);
  if (kind === 'FILE') return new (require('fs').ReadStream)(null, { fd, autoClose: false });
  if (kind === 'PIPE' || kind === 'TCP') {
    const { Socket } = require('net');
    const channel = process.channel;
    if (channel && channel.fd === fd) {
      return new Socket({ handle: channel.handle, readable: true, writable: false, manualStart: true });
    }
    const stream = new Socket({ fd, readable: true, writable: false, manualStart: true });
    stream._type = 'pipe';
    return stream;
  }
  const { Readable } = require('stream');
  const stream = new Readable({ read() {} });
  stream.push(null);
  return stream;
}

module.exports = { getStdin, getStdout, getStderr, guessHandleType: (fd) => tty.guess(fd),
                   get SyncWriteStream() { return SyncWriteStream ??= defineSyncWriteStream(); } };
