// SPDX-License-Identifier: MIT
//
// The module child_process: spawn, exec, execFile, fork. The synchronous forms are in child_process/sync.

'use strict';

const { codes, AbortError, genericNodeError } = require('internal/errors');
const { validateAbortSignal, validateObject } = require('internal/validators');
const { promisifySymbol } = require('internal/util');
const { ChildProcess } = require('child_process/child');
const args_ = require('child_process/arguments');

const MAX_BUFFER = 1024 * 1024;

function spawn(file, args, options) {
  const settings = args_.normalizeSpawn(file, args, options);
  args_.checkTimeout(settings.timeout);
  const { signal } = settings;
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  const killSignal = settings.killSignal === undefined ? undefined : args_.signalNumber(settings.killSignal);
  const child = new ChildProcess();
  child.spawn(settings);
  if (settings.timeout > 0) killAfter(child, settings.timeout, killSignal);
  if (signal) killOnAbort(child, signal, killSignal);
  return child;
}

function killAfter(child, ms, killSignal) {
  const timer = require('timers').setTimeout(() => {
    try {
      child.kill(killSignal);
    } catch (error) {
      child.emit('error', error);
    }
  }, ms);
  child.once('exit', () => require('timers').clearTimeout(timer));
}

function killOnAbort(child, signal, killSignal) {
  const onAbort = () => abortChild(child, killSignal, signal.reason);
  if (signal.aborted) {
    process.nextTick(onAbort);
    return;
  }
  signal.addEventListener('abort', onAbort, { once: true });
  child.once('exit', () => signal.removeEventListener('abort', onAbort));
}

function abortChild(child, killSignal, reason) {
  try {
    if (child.kill(killSignal)) child.emit('error', new AbortError(undefined, { cause: reason }));
  } catch (error) {
    child.emit('error', error);
  }
}

// ---- exec, execFile ----

function exec(command, options, callback) {
  const given = args_.normalizeExec(command, options, callback);
  return execFile(given.file, given.options, given.callback);
}

function execFile(file, args, options, callback) {
  const given = args_.normalizeExecFile(file, args, options, callback);
  const settings = { __proto__: null, encoding: 'utf8', timeout: 0, maxBuffer: MAX_BUFFER, killSignal: 'SIGTERM', cwd: null, env: null, shell: false,
                     ...given.options };
  args_.checkTimeout(settings.timeout);
  args_.checkMaxBuffer(settings.maxBuffer);
  const killSignal = args_.signalNumber(settings.killSignal);
  const child = spawn(file, given.args, {
    __proto__: null, cwd: settings.cwd, env: settings.env, gid: settings.gid, uid: settings.uid, shell: settings.shell, signal: settings.signal,
    windowsHide: Boolean(settings.windowsHide), windowsVerbatimArguments: Boolean(settings.windowsVerbatimArguments),
    argv0: settings.argv0,
  });
  new Collector(child, file, given.args, settings, killSignal, given.callback);
  return child;
}

// Gathers a child's output until its end, or until a limit is reached.
class Collector {
  constructor(child, file, args, settings, killSignal, callback) {
    this.child = child;
    this.command = file;
    this.args = args;
    this.settings = settings;
    this.killSignal = killSignal;
    this.callback = callback;
    this.error = null;
    this.killed = false;
    this.done = false;
    this.timer = null;
    const { encoding } = settings;
    this.encoding = encoding && encoding !== 'buffer' && require('buffer').Buffer.isEncoding(encoding) ? encoding : null;
    this.out = this.collect(child.stdout, 'stdout');
    this.err = this.collect(child.stderr, 'stderr');
    if (settings.timeout > 0) {
      this.timer = require('timers').setTimeout(() => {
        this.timer = null;
        this.kill();
      }, settings.timeout);
    }
    child.addListener('close', (code, signal) => this.finish(code, signal));
    child.addListener('error', (error) => this.fail(error));
  }

  collect(stream, name) {
    const part = { chunks: [], length: 0 };
    if (!stream) return part;
    if (this.encoding) stream.setEncoding(this.encoding);
    const { maxBuffer } = this.settings;
    stream.on('data', (chunk) => {
      // Limits are in bytes, also where text arrives.
      const encoding = stream.readableEncoding;
      const length = encoding ? require('buffer').Buffer.byteLength(chunk, encoding) : chunk.length;
      part.length += length;
      if (part.length <= maxBuffer) {
        part.chunks.push(chunk);
        return;
      }
      part.chunks.push(chunk.slice(0, maxBuffer - (part.length - length)));
      this.error = new codes.ERR_CHILD_PROCESS_STDIO_MAXBUFFER(name);
      this.kill();
    });
    return part;
  }

  text(part, stream) {
    const encoding = this.encoding || stream?.readableEncoding;
    return encoding ? part.chunks.join('') : require('buffer').Buffer.concat(part.chunks);
  }

  kill() {
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
    this.killed = true;
    try {
      this.child.kill(this.killSignal);
    } catch (error) {
      if (!this.error) this.error = error;
      this.finish();
    }
  }

  fail(error) {
    this.error = error;
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
    this.finish();
  }

  finish(code, signal) {
    if (this.done) return;
    this.done = true;
    if (this.timer !== null) require('timers').clearTimeout(this.timer);
    if (!this.callback) return;
    const stdout = this.text(this.out, this.child.stdout);
    const stderr = this.text(this.err, this.child.stderr);
    if (!this.error && code === 0 && signal === null) {
      this.callback(null, stdout, stderr);
      return;
    }
    const command = this.args.length > 0 ? `${this.command} ${this.args.join(' ')}` : this.command;
    if (!this.error) this.error = this.failure(command, code, signal, stderr);
    this.error.cmd = command;
    this.callback(this.error, stdout, stderr);
  }

  failure(command, code, signal, stderr) {
    return genericNodeError(`Command failed: ${command}\n${stderr}`, {
      code: code < 0 ? require('util').getSystemErrorName(code) : code,
      killed: this.child.killed || this.killed,
      signal,
    });
  }
}

// util.promisify(exec): resolves with { stdout, stderr }; the promise carries the child.
function promisified(original) {
  return (...args) => {
    const { promise, resolve, reject } = Promise.withResolvers();
    promise.child = original(...args, (error, stdout, stderr) => {
      if (error !== null) {
        error.stdout = stdout;
        error.stderr = stderr;
        reject(error);
      } else {
        resolve({ stdout, stderr });
      }
    });
    return promise;
  };
}
for (const fn of [exec, execFile]) {
  Object.defineProperty(fn, promisifySymbol, { configurable: true, enumerable: false, value: promisified(fn) });
}

// ---- fork ----

function fork(modulePath, givenArgs, givenOptions) {
  modulePath = args_.pathOf(modulePath, 'modulePath');
  let [args, options] = args_.splitArgs(givenArgs, givenOptions);
  if (options !== undefined && options !== null) validateObject(options, 'options');
  options = { __proto__: null, ...options, shell: false };
  options.execPath = options.execPath || process.execPath;
  args_.checkNul(options.execPath, 'options.execPath');
  for (let i = 0; i < args.length; i++) args_.checkNul(args[i], `args[${i}]`);
  const execArgv = forkExecArgv(options);
  args = [...execArgv, modulePath, ...args];
  options.stdio = forkStdio(options);
  return spawn(options.execPath, args, options);
}

function forkExecArgv(options) {
  const given = options.execArgv || process.execArgv;
  for (let i = 0; i < given.length; i++) args_.checkNul(given[i], `options.execArgv[${i}]`);
  // A program given with -e must not run again in the child.
  if (given === process.execArgv && process._eval !== undefined && process._eval !== null) {
    const index = given.lastIndexOf(process._eval);
    if (index > 0) return [...given.slice(0, index - 1), ...given.slice(index + 1)];
  }
  return given;
}

function forkStdio(options) {
  const { stdio } = options;
  if (typeof stdio === 'string') return require('child_process/stdio').withChannel(stdio, 'ipc');
  if (!Array.isArray(stdio)) {
    return require('child_process/stdio').withChannel(options.silent ? 'pipe' : 'inherit', 'ipc');
  }
  if (!stdio.includes('ipc')) throw new codes.ERR_CHILD_PROCESS_IPC_REQUIRED('options.stdio');
  return stdio;
}

function _forkChild(fd, serialization) {
  require('child_process/ipc').setupChild(fd, serialization);
}

module.exports = {
  _forkChild,
  ChildProcess,
  exec,
  execFile,
  execFileSync(file, args, options) { return require('child_process/sync').execFileSync(file, args, options); },
  execSync(command, options) { return require('child_process/sync').execSync(command, options); },
  fork,
  spawn,
  spawnSync(file, args, options) { return require('child_process/sync').spawnSync(file, args, options); },
};
