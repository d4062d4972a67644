// SPDX-License-Identifier: MIT
//
// Requests: what an asynchronous operation of the C half reports to, and how its numbers become errors.
//
// Idea. A request is one object with a fixed shape: what to call, how to turn the C half's value into the
// result, and the names for an error. C calls `complete(request, value)`; no closure is made per operation.
// The request also keeps alive whatever the kernel works on (`held`).
'use strict';

const { uvErrmapGet } = require('internal/errors');
const { noteOrigin, runAtOrigin, runEvent } = require('internal/ticks');
const { pathText } = require('fs/paths');
const native = binding('fs');
const { takeStats, takeStatFs, numbers } = require('fs/stats');

const PHASES = ['open', 'fstat', 'read', 'write', 'fsync', 'close'];
const PHASE_STEP = 100000;
const TOO_LARGE = -1000000;

// The exception of a failed system call, with its properties in the order in which Node shows them.
function fail(errno, syscall, path, dest) {
  const [code, text] = uvErrmapGet(errno) ?? ['UNKNOWN', 'unknown error'];
  let message = `${code}: ${text}, ${syscall}`;
  if (path !== undefined) message += ` '${path = pathText(path)}'`;
  if (dest !== undefined) message += ` -> '${dest = pathText(dest)}'`;
  const error = new Error(message);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  if (path !== undefined) error.path = path;
  if (dest !== undefined) error.dest = dest;
  return error;
}

// Errors of the operations on whole files, which say in the number which call failed.
function failWhole(value, path) {
  if (value === TOO_LARGE) {
    const { codes: { ERR_FS_FILE_TOO_LARGE } } = require('internal/errors');
    return new ERR_FS_FILE_TOO_LARGE(numbers[0]);
  }
  const phase = Math.floor(-value / PHASE_STEP);
  return fail(value + phase * PHASE_STEP, PHASES[phase], phase === 0 ? path : undefined);
}

// Converters of a value >= 0 (or no number); `extra` is the request's own.
const nothing = () => undefined;
const same = (value) => value;
const stats = (value, extra) => takeStats(extra);
const statfs = (value, extra) => takeStatFs(extra);

class Request {
  constructor(syscall, convert, path, dest, extra) {
    this.syscall = syscall;
    this.convert = convert;
    this.path = path;
    this.dest = dest;
    this.extra = extra;
    this.held = undefined;
    this.frame = undefined;
    this._asyncId = 0;
    this._triggerId = 0;
    noteOrigin(this, this.type);
  }

  // The error of a value below zero. It has no stack: no JavaScript of the user's is running.
  error(value) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return this.syscall === undefined ? failWhole(value, this.path) :
        fail(value, this.syscall, this.path, this.dest);
    } finally {
      Error.stackTraceLimit = limit;
    }
  }
}

// Calls back with (error) or (null, result).
class CallbackRequest extends Request {
  constructor(callback, syscall, convert, path, dest, extra) {
    super(syscall, convert, path, dest, extra);
    this.callback = callback;
  }

  done(value) {
    const { callback } = this; // called without a receiver
    if (typeof value === 'number' && value < 0) {
      callback(this.error(value));
    } else if (this.convert === nothing) {
      callback(null);
    } else {
      callback(null, this.convert(value, this.extra));
    }
  }
}

// Settles a promise.
class PromiseRequest extends Request {
  constructor(syscall, convert, path, dest, extra) {
    super(syscall, convert, path, dest, extra);
    this.resolve = undefined;
    this.reject = undefined;
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  done(value) {
    if (typeof value === 'number' && value < 0) {
      const error = this.error(value);
      this.reject(error);
    } else {
      let result;
      try {
        result = this.convert(value, this.extra);
      } catch (error) {
        this.reject(error);
        return;
      }
      this.resolve(result);
    }
  }
}

function complete(request, value) {
  if (request.frame === undefined && request._asyncId === 0) request.done(value);
  else runAtOrigin(request, finish, value);
}

function finish(request, value) {
  request.done(value);
}

Request.prototype.type = 'FSREQCALLBACK';
PromiseRequest.prototype.type = 'FSREQPROMISE';

// What a starting function returned: negative means that nothing was queued.
function started(request, status) {
  if (typeof status === 'number' && status < 0) process.nextTick(complete, request, status);
  return request;
}

let watchEvent;
let pollEvent;
native.setup(
  complete,
  (owner, status, events, filename) => {
    watchEvent ??= require('fs/watch').watchEvent;
    runEvent(owner, watchEvent, { status, events, filename });
  },
  (owner) => {
    pollEvent ??= require('fs/watchfile').pollEvent;
    runEvent(owner, pollEvent);
  });

module.exports = {
  CallbackRequest,
  PromiseRequest,
  Request,
  fail,
  failWhole,
  nothing,
  same,
  started,
  statfs,
  stats,
};
