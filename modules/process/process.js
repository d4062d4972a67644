// SPDX-License-Identifier: MIT
//
// The process object. `build` fills the bare object that the bootstrap made; rarely used parts load when touched.
'use strict';

const native = binding('process');
const env = binding('env');
const { lazyProperties } = require('runtime/env/globals');

const VERSION = 'v25.8.1';

let target;

// ---- The environment: a live view of the C environment, or of a worker's own copy ----

function envKey(key) {
  return typeof key === 'string' ? key : String(key);
}

// The copy of a worker, with the functions that the C environment has.
function ownStore(values) {
  const map = new Map(Object.entries(values));
  return {
    envGet: (key) => map.get(key),
    envSet(key, value) { map.set(key, value); },
    envDelete(key) { map.delete(key); },
    envKeys: () => [...map.keys()],
  };
}

function envObject(store) {
  return new Proxy({}, {
    get(object, key) {
      if (typeof key === 'symbol') return object[key];
      const value = store.envGet(key);
      return value === undefined ? Object.prototype[key] : value;
    },
    set(object, key, value) {
      if (typeof key === 'symbol' || typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
        store.envSet(key, `${value}`);
        return true;
      }
      if (require('internal/options').getOptionValue('--pending-deprecation')) {
        target.emitWarning('Assigning any value other than a string, number, or boolean to a process.env property is deprecated. ' +
          'Please make sure to convert the value to a string before setting process.env with it.', 'DeprecationWarning', 'DEP0104');
      }
      store.envSet(key, String(value));
      return true;
    },
    has(object, key) { return typeof key === 'string' && store.envGet(key) !== undefined; },
    deleteProperty(object, key) {
      if (typeof key === 'string') store.envDelete(key);
      return true;
    },
    ownKeys() { return store.envKeys(); },
    getOwnPropertyDescriptor(object, key) {
      if (typeof key === 'symbol') return undefined;
      const value = store.envGet(envKey(key));
      return value === undefined ? undefined : { value, writable: true, enumerable: true, configurable: true };
    },
    defineProperty(object, key, descriptor) {
      const { codes } = require('internal/errors');
      if ('get' in descriptor || 'set' in descriptor) {
        throw new codes.ERR_INVALID_OBJECT_DEFINE_PROPERTY('\'process.env\' does not accept an accessor(getter/setter) descriptor');
      }
      if (!('value' in descriptor)) {
        throw new codes.ERR_INVALID_OBJECT_DEFINE_PROPERTY('\'process.env\' only accepts a configurable, writable, and enumerable data descriptor');
      }
      if (descriptor.configurable && descriptor.writable && descriptor.enumerable) {
        store.envSet(key, `${descriptor.value}`);
        return true;
      }
      throw new codes.ERR_INVALID_OBJECT_DEFINE_PROPERTY('\'process.env\' only accepts a configurable, writable, and enumerable data descriptor');
    },
  });
}

// ---- Events ----
//
// process is an EventEmitter, but many programs never use it as one. Until somebody calls one of the methods or loads
// the events module, it inherits stand-ins that make it one; a program that does neither never loads the module.

let isEmitter = false;

function becomeEmitter() {
  if (isEmitter) return;
  isEmitter = true;
  const EventEmitter = require('events');
  Object.setPrototypeOf(Object.getPrototypeOf(target), EventEmitter.prototype);
  EventEmitter.call(target);
  hookSignals();
}

function notYetEmitter() {
  const standIns = {};
  for (const name of ['on', 'once', 'off', 'emit', 'addListener', 'removeListener', 'prependListener', 'prependOnceListener',
    'removeAllListeners', 'listeners', 'rawListeners', 'listenerCount', 'eventNames', 'setMaxListeners', 'getMaxListeners']) {
    standIns[name] = function(...args) {
      becomeEmitter();
      // Not target[name]: a program may have put its own function there, which calls this one.
      return Reflect.apply(require('events').prototype[name], this, args);
    };
  }
  return standIns;
}

// Nobody listens before becomeEmitter, unless `emit` itself was replaced.
function emitToListeners(name, code) {
  if (isEmitter || Object.hasOwn(target, 'emit')) target.emit(name, code);
}

// ---- Exit ----

let exitCode;

function checkCode(code) {
  if (code === undefined || code === null) return;
  const number = typeof code === 'string' && code !== '' && Number.isInteger(Number(code)) ? Number(code) : code;
  require('internal/validators').validateInteger(number, 'code');
}

function exit(code) {
  if (arguments.length > 0 && code !== undefined) {
    checkCode(code);
    target.exitCode = code;
  }
  if (!target._exiting) {
    target._exiting = true;
    noteUnsettled();
    emitToListeners('exit', exitCode === undefined ? 0 : +exitCode || 0);
  }
  if (require('internal/options').getOptionValue('--trace-exit')) traceExit();
  target.reallyExit(exitCode === undefined ? 0 : +exitCode || 0);
  // Only where reallyExit was replaced does this return.
}

// --trace-exit: who called process.exit().
function traceExit() {
  const thread = env.isWorker ? `, thread:${binding('worker').id}` : '';
  const holder = {};
  Error.captureStackTrace(holder, exit);
  const stack = holder.stack.slice(holder.stack.indexOf('\n') + 1);
  env.writeRaw(2, `(node:${target.pid}${thread}) WARNING: Exited the environment with code ${+exitCode || 0}\n${stack}\n`);
}

function emitBeforeExit() {
  require('internal/ticks').checkHandled();
  if (!target._exiting) emitToListeners('beforeExit', exitCode === undefined ? 0 : +exitCode || 0);
  return 0;
}

const lastWork = []; // what remains to be done when no listener can run any more

function doLastWork() {
  // By hand: a program may have changed what `for of` calls.
  while (lastWork.length > 0) lastWork.shift()();
}

function emitExit() {
  if (!target._exiting) {
    target._exiting = true;
    noteUnsettled();
    emitToListeners('exit', exitCode === undefined ? 0 : +exitCode || 0);
  }
  doLastWork();
  return exitCode === undefined ? 0 : (+exitCode || 0) & 0xff;
}

// A main module that still waits when nothing is left to wait for: exit code 13.
function noteUnsettled() {
  const esm = require.cache.get('runtime/loader/esm');
  if (esm === undefined || exitCode !== undefined || !esm.exports.isUnsettled()) return;
  exitCode = 13;
  esm.exports.warnUnsettled();
}

// ---- Time ----

function hrtime(previous) {
  const { numbers } = native;
  native.hrtime();
  if (previous === undefined) return [numbers[0], numbers[1]];
  require('internal/validators').validateArray(previous, 'time');
  if (previous.length !== 2) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_OUT_OF_RANGE('time', 2, previous.length);
  }
  let seconds = numbers[0] - previous[0];
  let nanoseconds = numbers[1] - previous[1];
  if (nanoseconds < 0) {
    seconds -= 1;
    nanoseconds += 1e9;
  }
  return [seconds, nanoseconds];
}
Object.defineProperty(hrtime, 'bigint', { __proto__: null, configurable: true, enumerable: true, writable: true, value: function bigint() { return native.hrtimeBigint(); } });

// ---- Building ----

function build(object) {
  target = object;
  Object.setPrototypeOf(Object.getPrototypeOf(target), notYetEmitter());
  defineConstants();
  defineExit();
  defineMethods();
  defineLazies();
}

function defineConstants() {
  // versions, release, config and features are read rarely: see modules/process/about.js
  lazyProperties(target, ['versions', 'arch', 'platform', 'release', 'features', 'config', 'allowedNodeEnvironmentFlags', 'report'], true, (name) => require('process/about')[name]);
  Object.defineProperty(target, 'version', { value: VERSION, enumerable: true, writable: false, configurable: false });
  target.argv = binding('env').argv.slice();
  target.execArgv = [];
  target.argv0 = target.argv[0];
  target.execPath = native.execPath() ?? target.argv[0];
  target.argv[0] = target.execPath;
  target.env = envObject(native);
  Object.defineProperty(target, 'pid', { __proto__: null, enumerable: true, configurable: true, value: native.pid() });
  Object.defineProperty(target, 'ppid', { __proto__: null, enumerable: true, configurable: true, get: () => native.ppid(), set: undefined });
  Object.defineProperty(target, '_exiting', { __proto__: null, writable: true, configurable: true, enumerable: true, value: false });
  // The name under which programs that embed Node know the last handler; its absence is exit code 6.
  Object.defineProperty(target, '_fatalException', {
    __proto__: null, configurable: true, enumerable: true, writable: true,
    value(error, fromPromise) { return require('internal/fatal').onUncaught(error, !!fromPromise); },
  });
  Object.defineProperty(target, 'sourceMapsEnabled', {
    __proto__: null, configurable: true, enumerable: true, get() { return require('internal/stack').sources.loaded !== null; },
  });
  // Built-in modules that were loaded, in the order of loading.
  Object.defineProperty(target, 'moduleLoadList', {
    __proto__: null, configurable: true, enumerable: true, get() { return Array.from(require.cache.keys(), (id) => `NativeModule ${id}`); },
  });
  target.domain = null;
  Object.defineProperty(target, 'debugPort', { __proto__: null, writable: true, configurable: true, enumerable: true, value: 9229 });
  Object.defineProperty(target, 'title', {
    __proto__: null,
    enumerable: true,
    configurable: true,
    get() { return native.getTitle(); },
    set(value) { native.setTitle(`${value}`); },
  });
}

function defineExit() {
  Object.defineProperty(target, 'exitCode', {
    __proto__: null,
    configurable: false,
    enumerable: true,
    get() { return exitCode; },
    set(code) {
      if (code !== undefined && code !== null) checkCode(code);
      exitCode = code === null ? undefined : code;
    },
  });
  target.exit = exit;
  target.reallyExit = function reallyExit(code) {
    doLastWork();
    env.reallyExit(code ?? 0);
    for (;;); // of a worker: until its end reaches this place
  };
  target.abort = { abort() { env.abort(); } }.abort; // a method: no constructor
}

function defineMethods() {
  const { nextTick } = require('internal/ticks');
  target.nextTick = nextTick;
  target.hrtime = hrtime;
  target.uptime = function uptime() { return native.uptime(); };
  target.cwd = cwd;
}

function cwd() {
  const path = native.cwd();
  if (typeof path === 'string') return path;
  const { uvException } = require('internal/errors');
  throw uvException({
    errno: path,
    syscall: 'uv_cwd',
    message: path === -2 ? 'process.cwd failed with error no such file or directory, the current working directory was likely removed without changing the working directory' : undefined,
  });
}

function defineLazies() {
  for (const name of ['stdin', 'stdout', 'stderr']) {
    Object.defineProperty(target, name, {
      __proto__: null,
      configurable: true,
      enumerable: true,
      get: name === 'stdin' ? getStdin : name === 'stdout' ? getStdout : getStderr,
      set(value) {
        Object.defineProperty(target, name, { __proto__: null, configurable: true, enumerable: true, writable: true, value });
      },
    });
  }
  lazyProperties(target, ['chdir', 'umask', 'memoryUsage', 'cpuUsage', 'threadCpuUsage', 'resourceUsage', 'kill', '_kill', 'getuid', 'geteuid', 'getgid',
    'getegid', 'getgroups', 'setuid', 'seteuid', 'setgid', 'setegid', 'setgroups', 'initgroups', 'constrainedMemory',
    'availableMemory', 'getActiveResourcesInfo', '_getActiveHandles', '_getActiveRequests', 'binding', 'dlopen', 'openStdin',
    'setUncaughtExceptionCaptureCallback', 'addUncaughtExceptionCaptureCallback', 'hasUncaughtExceptionCaptureCallback', 'setSourceMapsEnabled', 'loadEnvFile',
    'getBuiltinModule', 'assert', '_rawDebug', 'execve', 'ref', 'unref', '_linkedBinding', 'finalization', '_debugProcess', '_debugEnd', '_startProfilerIdleNotifier', '_stopProfilerIdleNotifier', '_tickCallback'], true, (name) => require('process/methods')[name]);
  lazyProperties(target, ['watchLoop'], true, () => require('watch_loop').watchLoop);
  lazyProperties(target, ['emitWarning'], true, (name) => require('process/warnings')[name]);
}

function getStdin() { return require('process/stdio').getStdin(); }
function getStdout() { return require('process/stdio').getStdout(); }
function getStderr() { return require('process/stdio').getStderr(); }

// The first listener of a signal loads the module that watches signals.
function hookSignals() {
  const on = (name) => {
    if (typeof name !== 'string') return;
    if (name.startsWith('SIG')) require('process/signals').start(name);
    else if (name === 'workerMessage') require('worker_threads/threads').listen();
  };
  const off = (name) => {
    if (typeof name === 'string' && name.startsWith('SIG') && target.listenerCount(name) === 0) require('process/signals').stop(name);
  };
  target.on('newListener', on);
  target.on('removeListener', off);
}

module.exports = {
  build,
  becomeEmitter,
  emitBeforeExit,
  emitExit,
  addLastWork(work) { lastWork.push(work); },
  // A worker's: a copy of its own instead of the process's.
  setEnvironment(values) { target.env = envObject(ownStore(values)); },
};
