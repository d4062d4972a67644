// SPDX-License-Identifier: MIT
//
// watchFile and unwatchFile: polling with stat, one watcher per path however many listeners it has.
'use strict';

const EventEmitter = require('events');
const { pathText, toPath } = require('fs/paths');
const { FIELDS, takeStats } = require('fs/stats');
const { noteOrigin } = require('internal/ticks');
const native = binding('fs');

const watchers = new Map(); // absolute path -> StatWatcher
const kHandle = Symbol('handle');
const kBigint = Symbol('bigint');

class StatWatcher extends EventEmitter {
  constructor(bigint) {
    super();
    this[kHandle] = null;
    this[kBigint] = bigint;
    this.frame = undefined;
    Object.defineProperty(this, 'frame', { enumerable: false });
    noteOrigin(this, 'STATWATCHER');
  }

  _start(path, persistent, interval) {
    const r = native.pollStart(this, path, persistent, interval, this[kBigint]);
    if (typeof r === 'number') throw require('fs/request').fail(r, 'watch', path);
    this[kHandle] = r;
  }

  stop() {
    if (this[kHandle] === null) return;
    native.watchClose(this[kHandle]);
    this[kHandle] = null;
    process.nextTick(() => this.emit('stop'));
  }

  ref() {
    if (this[kHandle] !== null) native.watchRef(this[kHandle], true);
    return this;
  }

  unref() {
    if (this[kHandle] !== null) native.watchRef(this[kHandle], false);
    return this;
  }
}

// Called by C, through fs/request: the current figures and the previous ones lie side by side.
function pollEvent(watcher) {
  const current = takeStats(watcher[kBigint]);
  const previous = takeStats(watcher[kBigint], FIELDS);
  watcher.emit('change', current, previous);
}

function absolute(filename) {
  return require('path').resolve(pathText(toPath(filename, 'filename')));
}

function watchFile(filename, options, listener) {
  const path = absolute(filename);
  if (options === null || typeof options !== 'object') {
    listener = options;
    options = {};
  }
  require('internal/validators').validateFunction(listener, 'listener');
  const { interval = 5007, persistent = true, bigint = false } = options;
  let watcher = watchers.get(path);
  if (watcher === undefined) {
    if (interval !== undefined) require('internal/validators').validateUint32(interval, 'interval');
    watcher = new StatWatcher(bigint);
    watcher._start(path, persistent, interval);
    watchers.set(path, watcher);
  }
  watcher.addListener('change', listener);
  return watcher;
}

function unwatchFile(filename, listener) {
  const path = absolute(filename);
  const watcher = watchers.get(path);
  if (watcher === undefined) return;
  if (typeof listener === 'function') watcher.removeListener('change', listener);
  else watcher.removeAllListeners('change');
  if (watcher.listenerCount('change') === 0) {
    watcher.stop();
    watchers.delete(path);
  }
}

module.exports = { pollEvent, unwatchFile, watchFile };
