// SPDX-License-Identifier: MIT
//
// ChildProcess: a running child, its standard streams, its end.
//
// 'exit' comes when the process ended, 'close' once its streams ended too.

'use strict';

const EventEmitter = require('events');
const { codes, errnoException } = require('internal/errors');
const { validateObject, validateOneOf, validateString } = require('internal/validators');
const { convertToValidSignal } = require('internal/util');
const diagnostics = require('internal/diagnostics');
const { closeMade, normalizeStdio, toFlat } = require('child_process/stdio');
const { dispatch, enterHandle } = require('runtime/io/context');
const children = binding('child_process');
const handles = binding('io_handle');

const UV_ENOENT = -2;
const UV_ESRCH = -3;
const UV_EACCES = -13;
const UV_EAGAIN = -11;
const UV_EINVAL = -22;
const UV_EMFILE = -24;
const UV_ENFILE = -23;
const UV_ENOSYS = -38;

class Process {
  constructor() {
    this.native = undefined;
    this.frame = undefined;
    this.asyncId = 0;
    this.triggerId = 0;
    this.owner = null;
    this.onexit = null;
    this.pid = 0;
    enterHandle(this, 'PROCESSWRAP');
  }

  get resourceName() { return 'ProcessWrap'; }

  // 0 or a negative errno.
  spawn(options, flat) {
    const { uid, gid } = options;
    const flags = options.detached ? children.DETACHED : 0;
    const native = children.spawn(options.file, options.args, options.envPairs, options.cwd, flags, uid, gid, flat);
    if (typeof native === 'number') return native;
    this.native = native;
    this.pid = children.pid(native);
    handles.attach(native, this);
    return 0;
  }

  kill(signal) { return this.native === undefined ? UV_ESRCH : children.kill(this.native, signal); }
  close(callback) { if (this.native !== undefined) handles.close(this.native, callback); }
  ref() { handles.setRef(this.native, true); }
  unref() { handles.setRef(this.native, false); }
  hasRef() { return handles.hasRef(this.native); }
}

children.setup((handle, code, signal) => dispatch(handle, handle.onexit, code, signal));

function signalName(number) {
  const { signals } = require('os').constants;
  for (const name of Object.keys(signals)) {
    if (signals[name] === number) return name;
  }
  return null;
}

function ChildProcess() {
  EventEmitter.call(this);
  this._closesNeeded = 1;
  this._closesGot = 0;
  this.connected = false;
  this.signalCode = null;
  this.exitCode = null;
  this.killed = false;
  this.spawnfile = null;
  this._handle = new Process();
  this._handle.owner = this;
  this._handle.onexit = onexit;
  if (diagnostics.on('child_process')) diagnostics.publish('child_process', { process: this });
}
Object.setPrototypeOf(ChildProcess.prototype, EventEmitter.prototype);
Object.setPrototypeOf(ChildProcess, EventEmitter);

function onexit(code, signal) {
  const child = this.owner;
  if (signal) child.signalCode = signalName(signal);
  else child.exitCode = code;
  if (child.stdin) child.stdin.destroy();
  if (child._handle) {
    child._handle.close();
    child._handle = null;
  }
  if (code < 0) child.emit('error', spawnError(child, code));
  else child.emit('exit', child.exitCode, child.signalCode);
  // Streams that nobody reads would never end.
  process.nextTick(drainStdio, child);
  countClose(child);
}

function spawnError(child, status) {
  const error = errnoException(status, child.spawnfile ? `spawn ${child.spawnfile}` : 'spawn');
  if (child.spawnfile) error.path = child.spawnfile;
  error.spawnargs = child.spawnargs.slice(1);
  return error;
}

function drainStdio(child) {
  const { stdio } = child;
  if (stdio === undefined) return;
  for (const stream of stdio) {
    if (!stream || !stream.readable || stream._readableState.resumeScheduled) continue;
    if (stream.readableFlowing === null && stream.listenerCount('readable') === 0) stream.resume();
  }
}

function countClose(child) {
  child._closesGot++;
  if (child._closesGot === child._closesNeeded) child.emit('close', child.exitCode, child.signalCode);
}

ChildProcess.prototype.spawn = function(options) {
  validateObject(options, 'options');
  const serialization = options.serialization;
  validateOneOf(serialization, 'options.serialization', [undefined, 'json', 'advanced']);
  const { entries, ipc, ipcFd } = normalizeStdio(options.stdio || 'pipe', false);
  options.stdio = entries;
  if (ipc !== undefined) {
    if (options.envPairs === undefined) options.envPairs = [];
    else checkList(options.envPairs, 'options.envPairs');
    options.envPairs.push(`NODE_CHANNEL_FD=${ipcFd}`, `NODE_CHANNEL_SERIALIZATION_MODE=${serialization || 'json'}`);
  }
  validateString(options.file, 'options.file');
  this.spawnfile = options.file;
  if (options.args === undefined) this.spawnargs = [];
  else {
    checkList(options.args, 'options.args');
    this.spawnargs = options.args;
  }
  if (diagnostics.on('tracing:child_process.spawn:start')) {
    diagnostics.publish('tracing:child_process.spawn:start', { process: this, options });
  }
  const status = this._handle.spawn({ __proto__: null, ...options, args: this.spawnargs }, toFlat(entries));
  if (!start(this, status, entries)) return status;
  for (const entry of entries) if (entry.type === 'wrap') lend(entry);
  makeStdio(this, entries);
  if (ipc !== undefined) require('child_process/ipc').setupParent(this, ipc, serialization || 'json');
  return status;
};

// What comes through a stream that a child has got is the child's: nothing here reads it, or lets it flow (drainStdio), before the program
// does so itself.
function lend({ handle, stream }) {
  if (stream === handle || typeof stream.pause !== 'function') return;
  handle.readStop();
  stream.pause();
  if (stream._readableState) stream._readableState.reading = false; // so that a later resume() reads
}

function checkList(value, name) {
  if (!Array.isArray(value)) throw new codes.ERR_INVALID_ARG_TYPE(name, 'Array', value);
}

// False where the child is not going to have streams.
function start(child, status, entries) {
  report(child, status);
  if (status === 0) {
    child.pid = child._handle.pid;
    process.nextTick(emitSpawn, child);
    return true;
  }
  if (status === UV_EACCES || status === UV_EAGAIN || status === UV_EMFILE || status === UV_ENFILE || status === UV_ENOENT) {
    process.nextTick(failLater, child, status);
    if (status !== UV_EMFILE && status !== UV_ENFILE) return true;
    closeMade(entries);
    return false;
  }
  closeMade(entries);
  child._handle = null;
  throw errnoException(status, 'spawn');
}

function report(child, status) {
  if (status === 0) {
    if (diagnostics.on('tracing:child_process.spawn:end')) {
      diagnostics.publish('tracing:child_process.spawn:end', { process: child });
    }
  } else if (diagnostics.on('tracing:child_process.spawn:error')) {
    diagnostics.publish('tracing:child_process.spawn:error',
                        { process: child, error: errnoException(status, 'spawn') });
  }
}

function emitSpawn(child) {
  child.emit('spawn');
}

function failLater(child, status) {
  child._handle.onexit(status, 0);
}

function makeStdio(child, entries) {
  const { Socket } = require('net');
  const list = [];
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i];
    if (entry.type !== 'pipe' || entry.ipc) {
      list.push(null);
      continue;
    }
    if (!child.pid) entry.handle.readStop();
    const socket = new Socket({ handle: entry.handle, readable: i > 0, writable: true, allowHalfOpen: false });
    if (i > 0) {
      child._closesNeeded++;
      socket.on('close', () => countClose(child));
    }
    list.push(socket);
  }
  child.stdin = list[0] ?? null;
  child.stdout = list[1] ?? null;
  child.stderr = list[2] ?? null;
  child.stdio = list;
}

ChildProcess.prototype.kill = function(signal) {
  const number = signal === 0 ? 0 : convertToValidSignal(signal === undefined ? 'SIGTERM' : signal);
  if (!this._handle) return false;
  const status = this._handle.kill(number);
  if (status === 0) {
    this.killed = true;
    return true;
  }
  if (status === UV_ESRCH) return false; // it ended already
  const error = errnoException(status, 'kill');
  if (status === UV_EINVAL || status === UV_ENOSYS) throw error;
  this.emit('error', error);
  return false;
};

ChildProcess.prototype[Symbol.dispose] = function() {
  if (!this.killed) this.kill();
};

ChildProcess.prototype.ref = function() {
  if (this._handle) this._handle.ref();
};

ChildProcess.prototype.unref = function() {
  if (this._handle) this._handle.unref();
};

module.exports = { ChildProcess, signalName };
