// SPDX-License-Identifier: MIT
//
// class Worker: a thread as its parent sees it.
//
// Everything that the new thread needs travels in one parcel: what to run, its arguments, options and environment, the
// program's data, and two ports. The public one carries the program's messages; the inner one carries standard
// streams, errors and the sign of life. Neither keeps the parent alive: the thread does, until its end was told.
'use strict';

const EventEmitter = require('events');
const native = binding('worker');
const { codes } = require('internal/errors');
const validators = require('internal/validators');
const state = require('worker_threads/state');
const { MessageChannel, pack, receiveMessageOnPort } = require('worker_threads/ports');
const { mailboxOf } = require('worker_threads/threads');

const SHARE_ENV = Symbol.for('nodejs.worker_threads.SHARE_ENV');
const OUT_OF_MEMORY = 2; // of the reasons in runtime/loop/thread.h
const FAILED = 3;
const MB = 1024 * 1024;
const DEFAULT_LIMITS = { stackSizeMb: 4 };
const LEAST = { maxOldGenerationSizeMb: 2, stackSizeMb: 1 };
// Beside what JavaScript may use: room for the C code that it calls.
const STACK_RESERVE = 256 * 1024;

const running = new Set(); // keeps the objects of running threads

// ---- Arguments ----

function entryOf(filename, options) {
  if (options.eval) {
    if (typeof filename !== 'string') throw new codes.ERR_INVALID_ARG_VALUE('options.eval', options.eval, "must be false when 'filename' is not a string");
    return { kind: 'eval', source: filename };
  }
  if (filename instanceof URL || (typeof filename === 'object' && filename !== null && filename.href !== undefined && filename.protocol !== undefined)) {
    if (filename.protocol === 'data:') return { kind: 'url', url: filename.href };
    return { kind: 'file', path: require('url').fileURLToPath(filename) };
  }
  if (typeof filename !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('filename', ['string', 'URL'], filename);
  const path = require('path');
  if (path.isAbsolute(filename)) return { kind: 'file', path: filename };
  if (!/^\.\.?[\\/]/.test(filename)) throw new codes.ERR_WORKER_PATH(filename);
  return { kind: 'file', path: path.resolve(filename) };
}

function environmentOf(env) {
  if (env === undefined || env === null) return { ...process.env };
  if (env === SHARE_ENV) return null;
  if (typeof env !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('options.env', ['object', 'undefined', 'null', 'worker_threads.SHARE_ENV'], env);
  const copy = {};
  for (const key of Object.keys(env)) if (env[key] !== undefined) copy[key] = `${env[key]}`;
  return copy;
}

// The options that the thread starts with: this thread's own, or those of execArgv and of its own NODE_OPTIONS.
function optionsOf(options, env) {
  const { values } = require('internal/options');
  let bad = [];
  let execArgv = null;
  if (options.execArgv) {
    if (!Array.isArray(options.execArgv)) throw new codes.ERR_INVALID_ARG_TYPE('options.execArgv', 'Array', options.execArgv);
    execArgv = options.execArgv.map(String);
    bad = require('internal/command_line').unfitForWorker(execArgv, false);
    if (bad.length > 0) throw new codes.ERR_WORKER_INVALID_EXEC_ARGV(bad);
  }
  const nodeOptions = options.env && options.env !== SHARE_ENV ? env.NODE_OPTIONS : undefined;
  const ownEnvironment = Boolean(nodeOptions) && nodeOptions !== process.env.NODE_OPTIONS;
  if (ownEnvironment) {
    const { splitEnvironment, unfitForWorker } = require('internal/command_line');
    bad = unfitForWorker(splitEnvironment(nodeOptions), true);
    if (bad.length > 0) throw new codes.ERR_WORKER_INVALID_EXEC_ARGV(bad, 'invalid NODE_OPTIONS env variable');
  }
  return { execArgv: execArgv ?? process.execArgv, inherited: execArgv === null && !ownEnvironment ? [...values] : null };
}

// The engine has one heap, so both generations count as one. It has no range for code whose size could be set.
function limitsOf(given) {
  const limits = { ...DEFAULT_LIMITS };
  if (typeof given !== 'object' || given === null) return limits;
  for (const name of ['maxOldGenerationSizeMb', 'maxYoungGenerationSizeMb', 'codeRangeSizeMb', 'stackSizeMb']) {
    const value = given[name];
    if (typeof value === 'number' && (value > 0 || name.startsWith('max'))) limits[name] = Math.max(value, LEAST[name] ?? 0);
  }
  if (limits.codeRangeSizeMb !== undefined) throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('resourceLimits.codeRangeSizeMb');
  return limits;
}

function heapBytes(limits) {
  if (limits.maxOldGenerationSizeMb === undefined) return 0;
  return (limits.maxOldGenerationSizeMb + (limits.maxYoungGenerationSizeMb ?? 0)) * MB;
}

function nameOf(options, fallback) {
  if (options.name === undefined) return fallback;
  validators.validateString(options.name, 'options.name');
  return options.name.trim();
}

// ---- The class ----

// What waits in a port.
function drain(port, onMessage) {
  for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port)) onMessage(got.message);
}

// The thread as async hooks see it.
class ThreadHandle {
  constructor() {
    this.thread = null;
    this.refed = true;
    this.frame = undefined;
    this.asyncId = 0;
    this.triggerId = 0;
    require('runtime/io/context').enterHandle(this, 'WORKER');
  }
  hasRef() { return this.thread === null ? undefined : this.refed; }
  ref(yes) {
    this.refed = yes;
    native.ref(this.thread, yes);
  }
}

class Worker extends EventEmitter {
  #thread = null;
  #public;
  #inner;
  #limits;
  #streams = null;
  #performance = null;
  #ending = null; // the promise of terminate()
  #wants;

  constructor(filename, options = {}) {
    super();
    options ??= {};
    const entry = entryOf(filename, options);
    if (options.argv && !Array.isArray(options.argv)) throw new codes.ERR_INVALID_ARG_TYPE('options.argv', 'Array', options.argv);
    const env = environmentOf(options.env);
    const { execArgv, inherited } = optionsOf(options, env ?? {});
    this.#limits = limitsOf(options.resourceLimits);
    const name = nameOf(options, 'WorkerThread');
    this.#wants = { stdin: Boolean(options.stdin), stdout: Boolean(options.stdout), stderr: Boolean(options.stderr) };
    const { port1: inner, port2: innerOther } = new MessageChannel();
    const { port1: open, port2: openOther } = new MessageChannel();
    this.threadId = native.nextId();
    const mailbox = mailboxOf(this.threadId);
    const parcel = pack({
      entry,
      argv: options.argv ? Array.from(options.argv, String) : [],
      execArgv,
      inherited,
      env,
      workerData: options.workerData,
      environmentData: state.environmentData,
      limits: this.#limits,
      stdin: this.#wants.stdin,
      tracksDescriptors: options.trackUnmanagedFds !== false,
      title: process.title,
      inner: innerOther,
      open: openOther,
      mailbox,
    }, [...(options.transferList ?? []), innerOther, openOther, mailbox]);
    this.#inner = inner;
    this.#public = open;
    this.threadName = name;
    this.#start(parcel);
    process.nextTick(() => process.emit('worker', this));
  }

  // Events of the thread's end run in the async context of its start.
  #start(parcel) {
    const stack = this.#limits.stackSizeMb * MB + STACK_RESERVE;
    const handle = new ThreadHandle();
    const onEnd = (code, reason) => {
      const { dispatch, leaveHandle } = require('runtime/io/context');
      dispatch(handle, () => this.#onEnd(code, reason));
      leaveHandle(handle);
      setImmediate(() => { handle.thread = null; });
    };
    const thread = native.start(this.threadId, parcel, this.threadName, stack, heapBytes(this.#limits), onEnd);
    if (typeof thread === 'number') {
      throw new codes.ERR_WORKER_INIT_FAILED(require('util').getSystemErrorName(thread));
    }
    handle.thread = thread;
    this.#thread = handle;
    running.add(this);
    this.#inner.on('message', (message) => this.#onInner(message));
    this.#inner.unref();
    this.#public.on('message', (message) => this.emit('message', message));
    this.#public.on('messageerror', (error) => this.emit('messageerror', error));
    this.#public.unref();
  }

  // ---- What the thread says ----

  #onInner(message) {
    switch (message.type) {
      case 'online':
        this.emit('online');
        break;
      case 'error':
        this.emit('error', require('worker_threads/errors').rebuild(message.error));
        break;
      case 'stdout':
      case 'stderr':
        this.#output(message);
        break;
      case 'consumed':
        this.#streams?.stdinConsumed();
        break;
    }
  }

  // Without a stream of the program's, output is written through at once.
  #output({ type, chunk }) {
    if (this.#streams === null && !this.#wants[type]) {
      process[type].write(chunk);
      this.#inner.postMessage({ type: 'consumed', stream: type, bytes: chunk.byteLength });
    } else {
      this.#openStreams().push(type, chunk);
    }
  }

  #openStreams() {
    return this.#streams ??= new (require('worker_threads/parent_stdio').ParentStdio)(this.#inner, this.#wants);
  }

  // All that it said before its end comes first.
  #onEnd(code, reason) {
    drain(this.#inner, (message) => this.#onInner(message));
    drain(this.#public, (message) => this.emit('message', message));
    this.#inner.close();
    this.#public.close();
    running.delete(this);
    this.#thread = null;
    this.threadId = -1;
    this.threadName = null;
    this.#limits = null;
    this.#streams?.end();
    if (reason === FAILED) this.emit('error', new codes.ERR_WORKER_INIT_FAILED('EMFILE'));
    if (reason === OUT_OF_MEMORY) this.emit('error', new codes.ERR_WORKER_OUT_OF_MEMORY('JS heap out of memory'));
    this.emit('exit', code);
  }

  // ---- What the parent does ----

  postMessage(...args) {
    if (this.#thread !== null) this.#public.postMessage(...args);
  }

  terminate(callback) {
    if (typeof callback === 'function') {
      process.emitWarning('Passing a callback to worker.terminate() is deprecated. It returns a Promise instead.', 'DeprecationWarning', 'DEP0132');
      if (this.#thread === null) process.nextTick(callback);
      else this.once('exit', (code) => callback(null, code));
    }
    if (this.#thread === null) return Promise.resolve();
    this.ref();
    this.#ending ??= new Promise((resolve) => this.once('exit', resolve));
    native.stop(this.#thread.thread);
    return this.#ending;
  }

  async [Symbol.asyncDispose]() {
    await this.terminate();
  }

  ref() {
    if (this.#thread !== null) this.#thread.ref(true);
  }

  unref() {
    if (this.#thread !== null) this.#thread.ref(false);
  }

  get stdin() { return this.#wants.stdin ? this.#openStreams().stdin : null; }
  get stdout() { return this.#openStreams().stdout; }
  get stderr() { return this.#openStreams().stderr; }
  get resourceLimits() { return this.#limits === null ? {} : { ...this.#limits }; }

  get performance() {
    return this.#performance ??= {
      eventLoopUtilization: (later, earlier) => this.#utilization(later, earlier),
    };
  }

  #utilization(later, earlier) {
    const times = this.#thread === null ? undefined : native.loopTimes(this.#thread.thread);
    if (times === undefined) return { idle: 0, active: 0, utilization: 0 };
    const [running, idle] = times;
    return require('perf_hooks/utilization').utilizationOf(idle, running - idle, later, earlier);
  }

  getHeapSnapshot() {
    return this.#refuse('getHeapSnapshot');
  }

  #refuse(name) {
    if (this.#thread === null) return Promise.reject(new codes.ERR_WORKER_NOT_RUNNING());
    return Promise.reject(new codes.ERR_METHOD_NOT_IMPLEMENTED(`worker.${name}()`));
  }

  startCpuProfile() { return this.#refuse('startCpuProfile'); }
  startHeapProfile() { return this.#refuse('startHeapProfile'); }

  getHeapStatistics() { return this.#ask('heapStatistics'); }

  cpuUsage(previous) {
    if (previous) validatePrevious(previous);
    return this.#ask('cpuUsage').then((now) => previous ? { user: now.user - previous.user, system: now.system - previous.system } : now);
  }

  // The thread answers such questions between its own messages.
  #ask(question) {
    if (this.#thread === null) return Promise.reject(new codes.ERR_WORKER_NOT_RUNNING());
    const { port1, port2 } = new MessageChannel();
    this.#inner.postMessage({ type: 'question', question, port: port2 }, [port2]);
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new codes.ERR_WORKER_NOT_RUNNING());
      this.once('exit', onExit);
      port1.once('message', (answer) => {
        this.removeListener('exit', onExit);
        port1.close();
        resolve(answer);
      });
    });
  }
}

function validatePrevious(previous) {
  validators.validateObject(previous, 'prev');
  validators.validateNumber(previous.user, 'prev.user', 0, Number.MAX_SAFE_INTEGER);
  validators.validateNumber(previous.system, 'prev.system', 0, Number.MAX_SAFE_INTEGER);
}

module.exports = { Worker, running };
