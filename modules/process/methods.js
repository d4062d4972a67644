// SPDX-License-Identifier: MIT
//
// Methods of process that an ordinary start does not need.
'use strict';

const native = binding('process');
const env = binding('env');
const { numbers } = native;
const { codes, uvException, errnoException } = require('internal/errors');
const validators = require('internal/validators');

function chdir(directory) {
  validators.validateString(directory, 'directory');
  const error = native.chdir(directory);
  if (error < 0) throw uvException({ errno: error, syscall: 'chdir', path: process.cwd(), dest: directory });
}

function umask(mask) {
  if (mask === undefined) return native.umask(undefined);
  return native.umask(validators.parseFileMode(mask, 'mask'));
}

// ---- Memory and CPU ----

function memoryUsage() {
  const statistics = env.memoryStatistics();
  const rss = native.rss();
  const heap = statistics.heapSize ?? 0;
  const capacity = statistics.heapCapacity ?? heap;
  const external = statistics.extraMemorySize ?? 0;
  return { rss, heapTotal: Math.max(capacity, heap), heapUsed: heap, external, arrayBuffers: external };
}
memoryUsage.rss = function rss() { return native.rss(); };

function previousUsage(value) {
  validators.validateObject(value, 'prevValue');
  for (const field of ['user', 'system']) {
    const name = `prevValue.${field}`;
    validators.validateNumber(value[field], name);
    if (value[field] < 0 || value[field] > Number.MAX_SAFE_INTEGER) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError(name, value[field]);
    }
  }
}

function usage(previous, thread) {
  if (previous) previousUsage(previous);
  const error = native.cpuUsage(thread);
  if (error < 0) throw errnoException(error, 'getrusage');
  if (!previous) return { user: numbers[0], system: numbers[1] };
  return { user: numbers[0] - previous.user, system: numbers[1] - previous.system };
}

function cpuUsage(previous) { return usage(previous, false); }
function threadCpuUsage(previous) { return usage(previous, true); }

const RESOURCE_FIELDS = [
  'userCPUTime', 'systemCPUTime', 'maxRSS', 'sharedMemorySize', 'unsharedDataSize', 'unsharedStackSize',
  'minorPageFault', 'majorPageFault', 'swappedOut', 'fsRead', 'fsWrite', 'ipcSent', 'ipcReceived', 'signalsCount',
  'voluntaryContextSwitches', 'involuntaryContextSwitches',
];

function resourceUsage() {
  native.resourceUsage();
  const result = {};
  for (let i = 0; i < RESOURCE_FIELDS.length; i++) result[RESOURCE_FIELDS[i]] = numbers[i];
  return result;
}

// ---- Signals and identity ----

function kill(pid, signal) {
  // eslint-disable-next-line eqeqeq
  if (pid != (pid | 0)) throw new codes.ERR_INVALID_ARG_TYPE('pid', 'number', pid);
  let error;
  if (typeof signal === 'number') {
    error = process._kill(pid, signal);
  } else {
    const { signals } = require('os').constants;
    const number = signals[signal || 'SIGTERM'];
    if (number === undefined) throw new codes.ERR_UNKNOWN_SIGNAL(signal);
    error = process._kill(pid, number);
  }
  if (error) throw errnoException(error, 'kill');
  return true;
}

function checkId(id, name) {
  if (typeof id === 'number') validators.validateUint32(id, name);
  else if (typeof id !== 'string') throw new codes.ERR_INVALID_ARG_TYPE(name, ['number', 'string'], id);
}

// The form of errors of calls that are not libuv's: "EPERM, Operation not permitted".
function systemCallError(errno, syscall) {
  const described = uvException({ errno, syscall });
  const text = native.errorText(-errno);
  const error = new Error(`${described.code}, ${text}`);
  return Object.assign(error, { errno: -errno, code: described.code, syscall });
}

function idSetter(name, which, kind) {
  return {
    [name](id) {
      checkId(id, 'id');
      const result = native.setId(which, id);
      if (result === 1) throw new codes.ERR_UNKNOWN_CREDENTIAL(kind, id);
      if (result < 0) throw systemCallError(result, name);
    },
  }[name];
}

function setgroups(groups) {
  validators.validateArray(groups, 'groups');
  for (let i = 0; i < groups.length; i++) checkId(groups[i], `groups[${i}]`);
  const result = native.setgroups(groups);
  if (result > 0) throw new codes.ERR_UNKNOWN_CREDENTIAL('Group', groups[result - 1]);
  if (result < 0) throw systemCallError(result, 'setgroups');
}

function initgroups(user, extraGroup) {
  checkId(user, 'user');
  checkId(extraGroup, 'extraGroup');
  const result = native.initgroups(user, extraGroup);
  if (result === 1) throw new codes.ERR_UNKNOWN_CREDENTIAL('User', user);
  if (result === 2) throw new codes.ERR_UNKNOWN_CREDENTIAL('Group', extraGroup);
  if (result < 0) throw systemCallError(result, 'initgroups');
}

// ---- Handles ----

// Of handles that runtime/io does not know; those have a name of their own.
const RESOURCE_NAMES = {
  signal: 'SignalWrap', fs_event: 'FSEventWrap', fs_poll: 'StatWatcher',
};

function getActiveResourcesInfo() {
  const { internals } = require('timers');
  const list = [];
  const names = native.activeHandles();
  for (const name of names) if (RESOURCE_NAMES[name] !== undefined) list.push(RESOURCE_NAMES[name]);
  for (const handle of binding('io_active').list()) list.push(handle.resourceName ?? 'Handle');
  for (let i = internals.activeTimers(); i > 0; i--) list.push('Timeout');
  for (let i = internals.activeImmediates(); i > 0; i--) list.push('Immediate');
  return list;
}

// The objects that programs know: sockets, servers, children.
function getActiveHandles() {
  return binding('io_active').list().map((handle) => handle.owner ?? handle);
}

function notHere(name) {
  return function() {
    throw new codes.ERR_METHOD_NOT_IMPLEMENTED(`process.${name}()`);
  };
}

// Node-API addons come later: what can be opened is refused by name, everything else with the system's words.
function dlopen(module, filename, flags = require('os').constants.dlopen.RTLD_LAZY) {
  if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('module', 'filename');
  if (flags !== undefined) validators.validateInt32(flags, 'flags');
  const problem = native.openLibrary(`${filename}`, flags);
  throw new codes.ERR_DLOPEN_FAILED(problem ?? `Native addons are not supported by lode yet: ${filename}`);
}

// ---- Errors ----

function setUncaughtExceptionCaptureCallback(fn) {
  const fatal = require('internal/fatal');
  fatal.refuseWithDomains();
  if (fn === null) return fatal.setCaptureCallback(null);
  if (typeof fn !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('fn', ['Function', 'null'], fn);
  if (fatal.hasCaptureCallback()) throw new codes.ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET();
  fatal.setCaptureCallback(fn);
}

function hasUncaughtExceptionCaptureCallback() {
  return require('internal/fatal').hasCaptureCallback();
}

// ---- The rest ----

function processBinding(name) {
  throw new codes.ERR_INVALID_MODULE(name);
}

function loadEnvFile(path = '.env') {
  const { getValidatedPath } = require('fs/paths');
  const file = getValidatedPath(path, 'path');
  const text = binding('loader').readText(`${file}`);
  if (typeof text !== 'string') throw uvException({ errno: text, syscall: 'open', path: `${path}` });
  const pairs = require('internal/dotenv').parse(text);
  for (const name in pairs) if (process.env[name] === undefined) process.env[name] = pairs[name];
}

function getBuiltinModule(id) {
  validators.validateString(id, 'id');
  const publicIds = require('runtime/loader/public');
  if (!publicIds.has(id)) return undefined;
  const name = id.startsWith('node:') ? id.slice(5) : id;
  if (name === 'process') return process;
  return require.exists(name) ? require(name) : undefined;
}

function openStdin() {
  process.stdin.resume();
  return process.stdin;
}

function assert(value, message) {
  if (!value) {
    const error = new Error(message || 'assertion error');
    error.code = 'ERR_ASSERTION';
    throw error;
  }
}

function _rawDebug(...args) {
  const { format } = require('util/inspect');
  env.writeRaw(2, format(...args) + '\n');
}

function refOf(method, symbol) {
  return function(maybeRefable) {
    if (maybeRefable === null || maybeRefable === undefined) return;
    const fn = maybeRefable[symbol] || maybeRefable[method];
    if (typeof fn === 'function') fn.call(maybeRefable);
  };
}

function setSourceMapsEnabled(value) {
  require('internal/validators').validateBoolean(value, 'enabled');
  if (value || require('internal/stack').sources.loaded !== null) require('runtime/loader/source_maps').setSupport(value, value, value);
}

// Calls back at exit for objects that are still alive. Holds them weakly.
const registered = new Set();
let watching = false;
function watchExit() {
  if (watching) return;
  watching = true;
  process.on('exit', () => runFinalizers('exit'));
  process.on('beforeExit', () => runFinalizers('beforeExit'));
}
function runFinalizers(event) {
  for (const entry of registered) {
    if (entry.event !== event) continue;
    registered.delete(entry);
    const object = entry.ref.deref();
    if (object !== undefined) entry.callback(object, event);
  }
}
function registrar(event) {
  return (object, callback) => {
    if ((typeof object !== 'object' || object === null) && typeof object !== 'function') {
      throw new codes.ERR_INVALID_ARG_TYPE('obj', 'object', object);
    }
    validators.validateFunction(callback, 'callback');
    watchExit();
    registered.add({ ref: new WeakRef(object), callback, event });
  };
}
const finalization = {
  register: registrar('exit'),
  registerBeforeExit: registrar('beforeExit'),
  unregister(object) {
    for (const entry of registered) if (entry.ref.deref() === object) registered.delete(entry);
  },
};

module.exports = {
  chdir, umask, memoryUsage, cpuUsage, threadCpuUsage, resourceUsage, kill,
  _kill(pid, signal) { return native.kill(pid, signal); },
  getuid() { return native.getuid(); },
  geteuid() { return native.geteuid(); },
  getgid() { return native.getgid(); },
  getegid() { return native.getegid(); },
  getgroups() { return native.getgroups(); },
  setuid: idSetter('setuid', 0, 'User'),
  seteuid: idSetter('seteuid', 1, 'User'),
  setgid: idSetter('setgid', 2, 'Group'),
  setegid: idSetter('setegid', 3, 'Group'),
  setgroups, initgroups,
  constrainedMemory() { return native.constrainedMemory(); },
  availableMemory() { return native.availableMemory(); },
  getActiveResourcesInfo,
  _getActiveHandles: getActiveHandles,
  _getActiveRequests() { return []; },
  binding: processBinding,
  _linkedBinding: processBinding,
  dlopen,
  openStdin,
  setUncaughtExceptionCaptureCallback,
  addUncaughtExceptionCaptureCallback: notHere('addUncaughtExceptionCaptureCallback'),
  hasUncaughtExceptionCaptureCallback,
  setSourceMapsEnabled,
  loadEnvFile, getBuiltinModule, assert, _rawDebug,
  get execve() { return require('process/per_thread').execve; },
  ref: refOf('ref', Symbol.for('nodejs.ref')),
  unref: refOf('unref', Symbol.for('nodejs.unref')),
  finalization,
  _debugProcess: notHere('_debugProcess'),
  _debugEnd: notHere('_debugEnd'),
  _startProfilerIdleNotifier() {},
  _stopProfilerIdleNotifier() {},
  _tickCallback() { require('internal/ticks').run(); },
};
