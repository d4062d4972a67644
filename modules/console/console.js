// SPDX-License-Identifier: MIT
//
// The Console class and the global console, which is this module's exports.
// Idea: most programs only print strings to standard output, which on Linux is synchronous. So until a program
// touches process.stdout, the global console hands finished text straight to C and no stream is ever built; plain
// values are put into words without loading util.inspect. Timers, tables and options live in files of their own.
'use strict';

const kState = Symbol('kState');
const kIsConsole = Symbol('kIsConsole');

const methodNames = [
  'log', 'info', 'debug', 'warn', 'error', 'dir', 'time', 'timeEnd', 'timeLog', 'trace', 'assert', 'clear', 'count',
  'countReset', 'group', 'groupEnd', 'table', 'dirxml', 'groupCollapsed',
];

// What a console remembers.
class State {
  constructor() {
    this.direct = false; // the global console's road to C
    this.indent = '';
    this.width = 2;
    this.colorMode = 'auto';
    this.inspectOptions = undefined; // an object, or a Map from stream to object
    this.counts = undefined;
    this.getters = undefined; // of process.stdout and stderr, as they were
    this.prints = 0;
  }
}

function hide(target, key, value) {
  Object.defineProperty(target, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
}

function Console(...args) {
  if (new.target === undefined) return Reflect.construct(Console, args);
  const options = require('console/options').read(args);
  const state = new State();
  state.width = options.groupIndentation;
  state.colorMode = options.colorMode;
  state.inspectOptions = options.inspectOptions;
  bindMethods(this);
  hide(this, '_stdout', options.stdout);
  hide(this, '_stderr', options.stderr);
  setUp(this, state, options.ignoreErrors);
}

function bindMethods(self) {
  for (const name of methodNames) {
    const bound = self[name].bind(self);
    Object.defineProperty(bound, 'name', { __proto__: null, value: name, configurable: true });
    self[name] = bound;
  }
}

function setUp(self, state, ignoreErrors) {
  hide(self, '_stdoutErrorHandler', swallower(self, '_stdout'));
  hide(self, '_stderrErrorHandler', swallower(self, '_stderr'));
  hide(self, '_ignoreErrors', Boolean(ignoreErrors));
  hide(self, '_times', new Map());
  hide(self, kState, state);
  hide(self, kIsConsole, true);
  Object.defineProperty(self, Symbol.toStringTag, { __proto__: null, value: 'console', configurable: true });
}

function noop() {}

// A write that fails later must not become an uncaught 'error' event.
function swallower(self, which) {
  return (error) => {
    const stream = self[which];
    if (error == null || stream._writableState?.errorEmitted) return;
    if (stream.listenerCount('error') === 0) stream.once('error', noop);
  };
}

// ---- From values to text ----

// Text for arguments that need no util.inspect; undefined where some do.
function plain(args) {
  const first = args[0];
  if (args.length === 1) return word(first);
  if (typeof first === 'string' && first.includes('%')) return undefined;
  let text = '';
  for (let i = 0; i < args.length; i++) {
    const next = word(args[i]);
    if (next === undefined) return undefined;
    text = i === 0 ? next : text + ' ' + next;
  }
  return text;
}

function word(value) {
  switch (typeof value) {
    case 'string': return value;
    case 'number': return value === 0 && 1 / value < 0 ? '-0' : `${value}`;
    case 'boolean': case 'undefined': return `${value}`;
    default: return value === null ? 'null' : undefined;
  }
}

function colorsFor(self, isError) {
  const state = self[kState];
  if (state.colorMode !== 'auto') return state.colorMode;
  if (isDirect(state, isError) && !native.isatty(isError ? 2 : 1)) return false;
  const stream = isError ? self._stderr : self._stdout;
  return Boolean(stream.isTTY && (typeof stream.getColorDepth !== 'function' || stream.getColorDepth() > 2));
}

// The options for util.inspect on that stream.
function optionsFor(self, isError) {
  let given = self[kState].inspectOptions;
  if (given !== undefined && require('util/types').isMap(given)) {
    given = given.get(isError ? self._stderr : self._stdout);
  }
  if (given !== undefined && given.colors !== undefined) return given;
  return { ...given, colors: colorsFor(self, isError) };
}

function textOf(self, isError, args) {
  // A lone string is printed as it is, colours or not.
  if (args.length === 1 && typeof args[0] === 'string') return args[0];
  const options = optionsFor(self, isError);
  if (!options.colors && options.numericSeparator !== true) {
    const text = plain(args);
    if (text !== undefined) return text;
  }
  return require('util/inspect').formatWithOptions(options, ...args);
}

// ---- From text to the stream ----

let native; // the C half; only the global console on the main thread has it

// Whether nobody has looked at process.stdout (or stderr) yet, so that C may write to the descriptor itself.
// Looking loads process/stdio, which is cheap to notice. That somebody put another property in its place is not:
// it is asked for at the first prints, when such things are done, and now and then later.
function isDirect(state, isError) {
  if (!state.direct) return false;
  const isCheck = state.prints++ < 16 || (state.prints & 63) === 0;
  if (require.cache.has('process/stdio') || (isCheck && isReplaced(state, isError))) state.direct = false;
  return state.direct;
}

function isReplaced(state, isError) {
  const slot = Object.getOwnPropertyDescriptor(process, isError ? 'stderr' : 'stdout');
  return slot === undefined || slot.get !== state.getters[isError ? 1 : 0];
}

function print(self, isError, text) {
  const state = self[kState];
  if (state.indent !== '') {
    text = state.indent + (text.includes('\n') ? text.replaceAll('\n', '\n' + state.indent) : text);
  }
  text += '\n';
  if (state.direct && isDirect(state, isError)) {
    if (native.write(isError ? 2 : 1, text)) return;
    state.direct = false; // the reader is gone: the stream tells the program so
  }
  const stream = isError ? self._stderr : self._stdout;
  if (!self._ignoreErrors) {
    stream.write(text);
    return;
  }
  writeQuietly(stream, text, isError ? self._stderrErrorHandler : self._stdoutErrorHandler);
}

function writeQuietly(stream, text, handler) {
  const alone = typeof stream.listenerCount !== 'function' || stream.listenerCount('error') === 0;
  if (alone && typeof stream.once === 'function') stream.once('error', noop);
  try {
    stream.write(text, handler);
  } catch (error) {
    // There is no room left to handle it: the program has to know.
    if (require('internal/errors').isStackOverflowError(error)) throw error;
  } finally {
    if (alone && typeof stream.removeListener === 'function') stream.removeListener('error', noop);
  }
}

// Listeners of the diagnostics channel console.<name> see the arguments first, and may change them.
function announce(name, args) {
  const loaded = require.cache.get('diagnostics_channel');
  if (loaded === undefined) return;
  const channel = loaded.exports.channel('console.' + name);
  if (channel.hasSubscribers) channel.publish(args);
}

// ---- The methods. Short-hand functions, because console methods are no constructors ----

const methods = {
  log(...args) {
    announce('log', args);
    print(this, false, textOf(this, false, args));
  },

  info(...args) {
    announce('info', args);
    print(this, false, textOf(this, false, args));
  },

  debug(...args) {
    announce('debug', args);
    print(this, false, textOf(this, false, args));
  },

  warn(...args) {
    announce('warn', args);
    print(this, true, textOf(this, true, args));
  },

  error(...args) {
    announce('error', args);
    print(this, true, textOf(this, true, args));
  },

  dir(object, options) {
    const { inspect } = require('util/inspect');
    print(this, false, inspect(object, { customInspect: false, ...optionsFor(this, false), ...options }));
  },

  dirxml(...args) {
    print(this, false, textOf(this, false, args));
  },

  time(label = 'default') {
    require('console/timers').start(this, label);
  },

  timeEnd(label = 'default') {
    require('console/timers').end(this, label);
  },

  timeLog(label = 'default', ...data) {
    require('console/timers').log(this, label, data);
  },

  trace(...args) {
    const error = { name: 'Trace', message: textOf(this, true, args) };
    Error.captureStackTrace(error, methods.trace);
    this.error(error.stack);
  },

  assert(value, ...args) {
    if (value) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift('Assertion failed');
    this.warn(...args);
  },

  clear() {
    // Only a terminal can be cleared; a file must stay free of escapes.
    if (this._stdout.isTTY && process.env.TERM !== 'dumb') this._stdout.write('\u001b[1;1H\u001b[0J');
  },

  count(label = 'default') {
    label = `${label}`;
    const state = this[kState];
    state.counts ??= new Map();
    const count = (state.counts.get(label) ?? 0) + 1;
    state.counts.set(label, count);
    this.log(`${label}: ${count}`);
  },

  countReset(label = 'default') {
    label = `${label}`;
    if (!this[kState].counts?.delete(label)) process.emitWarning(`Count for '${label}' does not exist`);
  },

  group(...labels) {
    if (labels.length > 0) this.log(...labels);
    const state = this[kState];
    state.indent += ' '.repeat(state.width);
  },

  groupCollapsed(...labels) {
    if (labels.length > 0) this.log(...labels);
    const state = this[kState];
    state.indent += ' '.repeat(state.width);
  },

  groupEnd() {
    const state = this[kState];
    state.indent = state.indent.slice(0, Math.max(0, state.indent.length - state.width));
  },

  table(data, properties) {
    if (properties !== undefined) require('internal/validators').validateArray(properties, 'properties');
    if (data === null || typeof data !== 'object') return this.log(data);
    const text = require('console/table').draw(data, properties, optionsFor(this, false));
    return this.log(text);
  },
};

for (const name of methodNames) {
  Object.defineProperty(Console.prototype, name, {
    __proto__: null,
    value: methods[name], writable: true, enumerable: true, configurable: true,
  });
}
Object.defineProperty(Console.prototype, 'constructor', { __proto__: null, enumerable: false });
Object.defineProperty(Console, Symbol.hasInstance, {
  __proto__: null,
  value(instance) { return instance?.[kIsConsole] === true; },
});
Object.defineProperty(Console, 'length', { __proto__: null, value: 1, configurable: true });

// ---- The global console ----

function makeGlobal() {
  // The specification wants an empty object between console and Object.prototype.
  const self = Object.create({});
  for (const name of methodNames) self[name] = methods[name];
  bindMethods(self);
  const state = new State();
  setUp(self, state, true);
  for (const name of ['stdout', 'stderr']) {
    const key = '_' + name;
    Object.defineProperty(self, key, {
      __proto__: null,
      get() { return process[name]; },
      set(value) {
        state.direct = false;
        hide(self, key, value);
      },
      enumerable: false,
      configurable: true,
    });
  }
  self.Console = Console;
  self.profile = noopMethod('profile');
  self.profileEnd = noopMethod('profileEnd');
  self.timeStamp = noopMethod('timeStamp');
  self.context = { context(name) { return self; } }.context;
  self.createTask = { createTask() { return { run(callback) { return callback(); } }; } }.createTask;
  goDirect(state);
  return self;
}

// These only tell a debugger something; without one they do nothing.
function noopMethod(name) {
  return { [name]() {} }[name];
}

function goDirect(state) {
  const slots = ['stdout', 'stderr'].map((name) => Object.getOwnPropertyDescriptor(process, name));
  if (require.cache === undefined || slots.some((slot) => slot?.get === undefined)) return;
  native = binding('console');
  if (!native.isMainThread()) return;
  state.getters = slots.map((slot) => slot.get);
  state.direct = true;
}

module.exports = makeGlobal();
