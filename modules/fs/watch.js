// SPDX-License-Identifier: MIT
//
// fs.watch and fs.promises.watch. One native handle per watched path; a recursive watcher keeps one per
// directory below it (the kernel's interface here watches single directories) and follows no symbolic links.
'use strict';

const EventEmitter = require('events');
const { AbortError, uvException } = require('internal/errors');
const { decodePath, pathText, toOptions, toPath, wantsBytes } = require('fs/paths');
const { noteOrigin } = require('internal/ticks');
const native = binding('fs');

const RENAME = 1;


// ---- What to ignore ----

// A function (filename) => boolean out of text, RegExp, function or a list of those; null for nothing.
function ignoreMatcher(ignore) {
  if (ignore === undefined || ignore === null) return null;
  require('internal/validators').validateIgnoreOption(ignore, 'options.ignore');
  const tests = (Array.isArray(ignore) ? ignore : [ignore]).map((one) => {
    if (typeof one === 'function') return one;
    if (typeof one !== 'string') return (name) => one.test(name);
    const { matchGlob } = require('fs/pattern');
    const inBase = !one.includes('/');
    return (name) => matchGlob(inBase ? require('path').basename(name) : name, one, { dot: true });
  });
  return (name) => tests.some((test) => test(name));
}

// ---- Handles ----

// One watched directory or file; events go to its watcher.
class Watched {
  constructor(watcher, path, relative) {
    this.watcher = watcher;
    this.path = path;
    this.relative = relative;
    this.handle = undefined;
    this.frame = undefined;
    this._asyncId = 0;
    noteOrigin(this, 'FSEVENTWRAP');
  }

  start(persistent, encoding) {
    const r = native.watchStart(this, this.path, persistent, false, wantsBytes(encoding));
    if (typeof r === 'number') return r;
    this.handle = r;
    return 0;
  }

  close() {
    if (this.handle !== undefined) native.watchClose(this.handle);
    this.handle = undefined;
  }
}

// Called by C, through fs/request.
function watchEvent(owner, { status, events, filename }) {
  owner.watcher._onEvent(owner, status, events, filename);
}

function watchError(errno, filename) {
  const error = uvException({ errno, syscall: 'watch', path: filename });
  error.filename = filename;
  return error;
}

// ---- The watcher ----

const kWatched = Symbol('watched');
const kClosed = Symbol('closed');

class FSWatcher extends EventEmitter {
  constructor(options) {
    super();
    this[kWatched] = new Map(); // relative path -> Watched
    this[kClosed] = false;
    this._options = options;
    this._ignore = ignoreMatcher(options.ignore);
    Object.defineProperty(this, '_options', { enumerable: false });
    Object.defineProperty(this, '_ignore', { enumerable: false });
  }

  // Throws where the path cannot be watched.
  _start(path) {
    const root = new Watched(this, path, '');
    const r = root.start(this._options.persistent, this._options.encoding);
    if (r < 0) throw watchError(r, pathText(path));
    this[kWatched].set('', root);
    if (this._options.recursive && isDirectory(path)) this._descend(root, false);
  }

  // Watches the directories below; tells of what is found there when they are new.
  _descend(watched, announce) {
    const { readdirSync } = require('fs/readdir');
    let entries;
    try {
      entries = readdirSync(watched.path, { withFileTypes: true });
    } catch {
      return; // gone already
    }
    for (const entry of entries) {
      const relative = watched.relative === '' ? entry.name : `${watched.relative}/${entry.name}`;
      if (this._ignore !== null && this._ignore(relative)) continue;
      if (announce) this._tell('rename', relative);
      if (this[kClosed]) return;
      if (entry.isDirectory()) this._add(`${watched.path}/${entry.name}`, relative, announce);
    }
  }

  _add(path, relative, announce) {
    if (this[kWatched].has(relative)) return;
    const watched = new Watched(this, path, relative);
    if (watched.start(this._options.persistent, undefined) < 0) return;
    this[kWatched].set(relative, watched);
    this._descend(watched, announce);
  }

  _tell(eventType, filename) {
    const { encoding } = this._options;
    if (typeof filename === 'string' && wantsBytes(encoding)) {
      filename = decodePath(require('buffer').Buffer.from(filename), encoding);
    } else if (filename !== null && typeof filename !== 'string') {
      filename = decodePath(filename, encoding);
    }
    this.emit('change', eventType, filename);
  }

  _onEvent(watched, status, events, filename) {
    if (this[kClosed]) return;
    if (status < 0) {
      this._finish();
      this.emit('error', watchError(status, filename));
      return;
    }
    const eventType = events & RENAME ? 'rename' : 'change';
    if (!this._options.recursive) {
      if (this._ignore !== null && filename !== null && this._ignore(pathText(filename))) return;
      this._tell(eventType, filename);
      return;
    }
    this._onRecursive(watched, eventType, filename);
  }

  _onRecursive(watched, eventType, filename) {
    const name = filename === null ? '' : pathText(filename);
    if (watched.relative !== '' && !require('fs').existsSync(watched.path)) {
      this._forget(watched.relative);
      if (name === watched.path.slice(watched.path.lastIndexOf('/') + 1)) return; // its parent tells
    }
    const relative = watched.relative === '' ? name : `${watched.relative}/${name}`;
    if (this._ignore !== null && this._ignore(relative)) return;
    this._tell(eventType, relative);
    if (this[kClosed] || eventType !== 'rename') return;
    const path = `${pathText(watched.path)}/${name}`;
    if (!isDirectory(path)) this._forget(relative);
    else this._add(path, relative, true);
  }

  // Stops watching a directory that is gone, and everything below it.
  _forget(relative) {
    if (relative === '') return;
    for (const [key, watched] of this[kWatched]) {
      if (key === relative || key.startsWith(`${relative}/`)) {
        watched.close();
        this[kWatched].delete(key);
      }
    }
  }

  _finish() {
    if (this[kClosed]) return false;
    this[kClosed] = true;
    for (const watched of this[kWatched].values()) watched.close();
    this[kWatched].clear();
    return true;
  }

  close() {
    if (this._finish()) process.nextTick(() => this.emit('close'));
  }

  ref() {
    for (const { handle } of this[kWatched].values()) native.watchRef(handle, true);
    return this;
  }

  unref() {
    for (const { handle } of this[kWatched].values()) native.watchRef(handle, false);
    return this;
  }
}

function isDirectory(path) {
  const stats = require('fs').lstatSync(path, { throwIfNoEntry: false });
  return stats !== undefined && stats.isDirectory();
}

function watchOptions(options) {
  options = toOptions(options);
  const { validateBoolean } = require('internal/validators');
  const { persistent = true, recursive = false, encoding, signal, ignore } = options;
  validateBoolean(persistent, 'options.persistent');
  validateBoolean(recursive, 'options.recursive');
  return { persistent, recursive, encoding, signal, ignore };
}

function closeOnAbort(watcher, signal) {
  if (signal.aborted) {
    process.nextTick(() => watcher.close());
    return;
  }
  const onAbort = () => watcher.close();
  signal.addEventListener('abort', onAbort, { once: true });
  watcher.once('close', () => signal.removeEventListener('abort', onAbort));
}

function watch(filename, options, listener) {
  if (typeof options === 'function') listener = options;
  filename = toPath(filename, 'filename');
  options = watchOptions(options);
  const watcher = new FSWatcher(options);
  watcher._start(filename);
  if (listener) watcher.addListener('change', listener);
  if (options.signal) closeOnAbort(watcher, options.signal);
  return watcher;
}

// ---- As an asynchronous iterator ----

function iteratorOptions(options = {}) {
  const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
  const { validateObject, validateBoolean, validateAbortSignal, validateInteger, validateOneOf } =
    require('internal/validators');
  validateObject(options, 'options');
  const { persistent = true, recursive = false, encoding = 'utf8', signal, maxQueue = 2048, overflow = 'ignore',
          ignore } = options;
  validateBoolean(persistent, 'options.persistent');
  validateBoolean(recursive, 'options.recursive');
  validateInteger(maxQueue, 'options.maxQueue');
  validateOneOf(overflow, 'options.overflow', ['ignore', 'throw']);
  validateAbortSignal(signal, 'options.signal');
  if (encoding && encoding !== 'buffer' && !require('buffer').Buffer.isEncoding(encoding)) {
    throw new ERR_INVALID_ARG_VALUE('encoding', encoding, 'is invalid encoding');
  }
  return { persistent, recursive, encoding, signal, maxQueue, overflow, ignore };
}

async function* watchIterator(filename, given) {
  const path = toPath(filename, 'filename');
  const options = iteratorOptions(given);
  const { signal, maxQueue, overflow } = options;
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  const queue = [];
  let failure;
  let wake = null;
  const rouse = () => {
    if (wake !== null) wake();
    wake = null;
  };
  const onAbort = () => {
    failure = new AbortError(undefined, { cause: signal.reason });
    rouse();
  };
  const watcher = new FSWatcher(options);
  watcher.on('change', (eventType, name) => {
    if (queue.length < maxQueue) {
      queue.push({ __proto__: null, eventType, filename: name });
    } else if (overflow === 'throw') {
      const { codes: { ERR_FS_WATCH_QUEUE_OVERFLOW } } = require('internal/errors');
      queue.length = 0;
      failure = new ERR_FS_WATCH_QUEUE_OVERFLOW(maxQueue);
    } else {
      process.emitWarning('fs.watch maxQueue exceeded');
    }
    rouse();
  });
  watcher.on('error', (error) => {
    failure = error;
    rouse();
  });
  try {
    signal?.addEventListener('abort', onAbort, { once: true });
    watcher._start(path);
    for (;;) {
      while (queue.length > 0) yield queue.shift();
      if (failure !== undefined) throw failure;
      await new Promise((resolve) => { wake = resolve; });
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    watcher.close();
  }
}

module.exports = { FSWatcher, watch, watchEvent, watchIterator };
