// SPDX-License-Identifier: MIT
//
// Coded errors: `new codes.ERR_X(...)`, system errors and the helpers around them.
// Idea: `codes` starts empty; the first use of a name falls through to a proxy behind it, which puts the
// constructor in place, so that loading this file costs nothing per code. Classes and messages are looked up in
// internal/error_table when an error is built. An error built here carries its code in the first line of its
// stack ("TypeError [ERR_X]: ...") while its name stays "TypeError".
'use strict';

const { captureAs, natives, unrecorded } = require('internal/stack');

const kIsNodeError = Symbol('kIsNodeError');

const baseOf = { __proto__: null, E: Error, T: TypeError, R: RangeError, S: SyntaxError, U: URIError };
const baseNames = { __proto__: null, E: 'Error', T: 'TypeError', R: 'RangeError', S: 'SyntaxError', U: 'URIError' };

// Gives the error a stack whose first line says `title` and whose first frame is the caller of `upTo`.
function stamp(error, title, upTo) {
  captureAs(error, upTo, title);
  return error;
}

function hide(target, key, value) {
  Object.defineProperty(target, key, { __proto__: null, value, writable: true, configurable: true });
}

// One class per base, shared by all codes: it only says how the error prints.
const classes = { __proto__: null };
function classFor(letter) {
  let made = classes[letter];
  if (made !== undefined) return made;
  const Base = baseOf[letter];
  // By the engine's own constructor: the stack comes from stamp.
  made = class NodeError extends natives[baseNames[letter]] {
    toString() {
      return `${this.name} [${this.code}]: ${this.message}`;
    }
  };
  hide(made.prototype, 'constructor', Base);
  hide(made.prototype, kIsNodeError, true);
  classes[letter] = made;
  return made;
}

let table;
let messages;

function fill(template, args) {
  let i = 0;
  return template.replace(/%[sdij%]/g, (hole) => {
    if (hole === '%%') return '%';
    const value = args[i++];
    if (hole === '%j') return JSON.stringify(value);
    if (hole === '%s' && typeof value === 'object' && value !== null) {
      return require('util/inspect').format('%s', value);
    }
    return hole === '%s' ? String(value) : String(Number(value));
  });
}

function lookUp(code) {
  if (table === undefined) {
    table = require('internal/error_table');
    messages = require('internal/error_messages');
  }
  const rich = messages[code];
  if (rich !== undefined) return rich;
  const text = table.texts[code];
  if (text !== undefined) {
    const template = text.slice(1);
    return messages[code] = {
      base: text[0],
      text: template.includes('%') ? (...args) => fill(template, args) : () => template,
    };
  }
  const fallback = table.defaults[code];
  if (fallback !== undefined) {
    return messages[code] = { base: fallback[0], text: (message = fallback.slice(1)) => message };
  }
  throw new codes.ERR_INTERNAL_ASSERTION(`An invalid error message key was used: ${code}.`);
}

function build(code, entry, letter, args, upTo) {
  if (letter === 'Y') return buildSystemError(code, entry.text(), args[0], upTo);
  const error = unrecorded(classFor(letter), entry.text(...args));
  error.code = code;
  if (entry.extend !== undefined) entry.extend(error, ...args);
  return stamp(error, `${baseNames[letter]} [${code}]`, upTo);
}

// For constructors that cannot avoid walking the stack: stamp will do it once more, and better.
function pauseTraces() {
  if (!isErrorStackTraceLimitWritable()) return undefined;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  return limit;
}

function resumeTraces(limit) {
  if (limit !== undefined) Error.stackTraceLimit = limit;
}

function isErrorStackTraceLimitWritable() {
  const slot = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  if (slot === undefined) return Object.isExtensible(Error);
  return slot.writable === true || slot.set !== undefined;
}

// The constructor of one code, and where `bases` names further letters, its variants (codes.X.RangeError).
function constructorOf(code, entry, bases) {
  function make(letter) {
    return function NodeError(...args) {
      const found = entry ?? lookUp(code);
      return build(code, found, letter ?? found.base, args, new.target ?? NodeError);
    };
  }
  const main = make(undefined);
  for (const letter of bases) main[baseNames[letter]] = make(letter);
  main.HideStackFramesError = main;
  return main;
}

const variants = {
  __proto__: null,
  ERR_HTTP2_INVALID_SETTING_VALUE: 'R',
  ERR_INVALID_ARG_VALUE: 'R',
  ERR_INVALID_RETURN_VALUE: 'R',
  ERR_INVALID_STATE: 'TR',
  ERR_OPERATION_FAILED: 'T',
};

const codes = Object.create(new Proxy(Object.create(null), {
  get(target, code) {
    if (typeof code !== 'string') return undefined;
    const made = constructorOf(code, undefined, variants[code] ?? '');
    Object.defineProperty(codes, code, {
      __proto__: null, value: made, writable: true, enumerable: true, configurable: true,
    });
    return made;
  },
  has(target, code) {
    if (table === undefined) lookUp('ERR_ASSERTION');
    return code in messages || code in table.texts || code in table.defaults;
  },
}));

// Adds a code: E('ERR_X', 'text with %s' or function, Error, TypeError...). The first class is the default.
function E(code, message, Base, ...others) {
  const letterOf = (Class) => Class === SystemError ? 'Y' :
    Object.keys(baseOf).find((letter) => baseOf[letter] === Class);
  const isFunction = typeof message === 'function';
  const expected = isFunction ? message.length : (message.match(/%[sdijfoO]/g) ?? []).length;
  const entry = { base: letterOf(Base), text: undefined, extend: undefined };
  if (entry.base === 'Y') {
    entry.text = () => message;
  } else {
    entry.text = (...args) => {
      if (isFunction ? expected > args.length : expected !== args.length) {
        throw new codes.ERR_INTERNAL_ASSERTION(`Code: ${code}; The provided arguments length (${args.length}) ` +
          `does not match the required ones (${expected}).`);
      }
      return isFunction ? message.apply({}, args) : fill(message, args);
    };
    if (isFunction) entry.extend = (error, ...args) => { message.apply(error, args); };
  }
  codes[code] = constructorOf(code, entry, others.map(letterOf));
}

// ---- System errors ----

// Errors with an `info` object, whose system fields are live views of it.
class SystemError extends Error {
  constructor(code, context) {
    super(typeof context === 'string' ? context : systemMessage('', context));
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }
}

function systemMessage(prefix, context) {
  let text = `${prefix}: ${context.syscall} returned ${context.code} (${context.message})`;
  if (context.path !== undefined) text += ` ${context.path}`;
  if (context.dest !== undefined) text += ` => ${context.dest}`;
  return text;
}

function view(error, info, field, asText) {
  Object.defineProperty(error, field, {
    __proto__: null,
    get: asText ? () => info[field]?.toString() : () => info[field],
    set: asText ? (value) => { info[field] = value ? require('buffer').Buffer.from(String(value)) : undefined; } :
      (value) => { info[field] = value; },
    enumerable: true,
    configurable: true,
  });
}

function buildSystemError(code, prefix, info, upTo) {
  const message = systemMessage(prefix, info);
  const error = new SystemError(code, message);
  error.code = code;
  Object.defineProperty(error, kIsNodeError, { __proto__: null, value: true, configurable: true });
  hide(error, 'name', 'SystemError');
  Object.defineProperty(error, 'info', { __proto__: null, value: info, enumerable: true, configurable: true });
  view(error, info, 'errno', false);
  view(error, info, 'syscall', false);
  if (info.path !== undefined) view(error, info, 'path', true);
  if (info.dest !== undefined) view(error, info, 'dest', true);
  return stamp(error, `SystemError [${code}]`, upTo);
}

const unknown = ['UNKNOWN', 'unknown error'];
function uvErrmapGet(errno) {
  return require('internal/uv_errors').byNumber.get(errno) ?? unknown;
}

function errname(errno) {
  return require('internal/uv_errors').byNumber.get(errno)?.[0] ?? `Unknown system error ${errno}`;
}

// What a failed C operation becomes: "ENOENT: no such file or directory, open 'x' -> 'y'".
function uvException(context, upTo = uvException) {
  const [code, text] = uvErrmapGet(context.errno);
  let message = `${code}: ${context.message || text}, ${context.syscall}`;
  const path = context.path === undefined ? undefined : context.path.toString();
  const dest = context.dest === undefined ? undefined : context.dest.toString();
  if (path !== undefined) message += ` '${path}'`;
  if (dest !== undefined) message += ` -> '${dest}'`;
  const error = bare(message);
  for (const key of Object.keys(context)) {
    if (key !== 'message' && key !== 'path' && key !== 'dest' && key !== 'code') error[key] = context[key];
  }
  error.code = code;
  if (path !== undefined) error.path = path;
  if (dest !== undefined) error.dest = dest;
  Error.captureStackTrace(error, upTo);
  return error;
}

// A plain Error whose stack is yet to be captured.
function bare(message) {
  return unrecorded(natives.Error, message);
}

function errnoException(errno, syscall, original, upTo = errnoException) {
  const code = errname(errno);
  const error = bare(`${syscall} ${code}${original ? ` ${original}` : ''}`);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  Error.captureStackTrace(error, upTo);
  return error;
}

function endpoint(address, port) {
  if (port && port > 0) return ` ${address}:${port}`;
  return address ? ` ${address}` : '';
}

function exceptionWithHostPort(errno, syscall, address, port, additional, upTo = exceptionWithHostPort) {
  const code = errname(errno);
  const error = bare(`${syscall} ${code}${endpoint(address, port)}${additional ? ` - Local (${additional})` : ''}`);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  error.address = address;
  if (port) error.port = port;
  Error.captureStackTrace(error, upTo);
  return error;
}

function uvExceptionWithHostPort(errno, syscall, address, port, upTo = uvExceptionWithHostPort) {
  const [code, text] = uvErrmapGet(errno);
  const error = bare(`${syscall} ${code}: ${text}${endpoint(address, port)}`);
  error.code = code;
  error.errno = errno;
  error.syscall = syscall;
  error.address = address;
  if (port) error.port = port;
  Error.captureStackTrace(error, upTo);
  return error;
}

function dnsException(code, syscall, hostname, upTo = dnsException) {
  let errno;
  if (typeof code === 'number') {
    errno = code;
    // Both of the resolver's "no such name" answers are one error to the user.
    code = code === -3007 || code === -3008 ? 'ENOTFOUND' : errname(code);
  }
  const error = bare(`${syscall} ${code}${hostname ? ` ${hostname}` : ''}`);
  error.errno = errno;
  error.code = code;
  error.syscall = syscall;
  if (hostname) error.hostname = hostname;
  Error.captureStackTrace(error, upTo);
  return error;
}

// The same as constructors, for `new UVException(context)`.
function UVException(context) { return uvException(context, UVException); }
function ErrnoException(errno, syscall, original) {
  return errnoException(errno, syscall, original, ErrnoException);
}
function ExceptionWithHostPort(errno, syscall, address, port, additional) {
  return exceptionWithHostPort(errno, syscall, address, port, additional, ExceptionWithHostPort);
}
function UVExceptionWithHostPort(errno, syscall, address, port) {
  return uvExceptionWithHostPort(errno, syscall, address, port, UVExceptionWithHostPort);
}
function DNSException(code, syscall, hostname) { return dnsException(code, syscall, hostname, DNSException); }

class ConnResetException extends Error {
  constructor(message) {
    super(message);
    this.code = 'ECONNRESET';
  }
}
hide(ConnResetException.prototype, 'constructor', Error);

class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    if (options !== undefined && typeof options !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
    // Again, now that the name is known: it opens the stack.
    Error.captureStackTrace(this, AbortError);
  }
}

// ---- Several errors at once ----

class NodeAggregateError extends AggregateError {
  constructor(errors, message) {
    super(new Set(errors), message);
    this.code = errors[0]?.code;
  }

  get ['constructor']() {
    return AggregateError;
  }
}
Object.defineProperty(NodeAggregateError.prototype, kIsNodeError, { __proto__: null, value: true, configurable: true });

function aggregate(errors, message, code, upTo) {
  const error = new AggregateError(errors, message);
  error.code = code;
  Error.captureStackTrace(error, upTo);
  return error;
}

// The later error takes the first as its company; the outer one keeps its message and code.
function aggregateTwoErrors(innerError, outerError) {
  if (!innerError || !outerError || innerError === outerError) return innerError || outerError;
  if (Array.isArray(outerError.errors)) {
    outerError.errors.push(innerError);
    return outerError;
  }
  return aggregate([outerError, innerError], outerError.message, outerError.code, aggregateTwoErrors);
}

function aggregateErrors(errors, message, code) {
  return aggregate(errors, message, code ?? errors[0]?.code, aggregateErrors);
}

function genericNodeError(message, properties) {
  const error = new Error(message);
  Object.assign(error, properties);
  return error;
}

// ---- Small helpers ----

// Errors thrown by fn look as if its caller had thrown them.
function hideStackFrames(fn) {
  function wrappedFn(...args) {
    try {
      return Reflect.apply(fn, this, args);
    } catch (error) {
      if (Error.stackTraceLimit && isErrorLike(error)) retrace(error, wrappedFn);
      throw error;
    }
  }
  wrappedFn.withoutStackTrace = fn;
  return wrappedFn;
}

function retrace(error, upTo) {
  if (error[kIsNodeError] === true && error.code !== undefined) stamp(error, `${error.name} [${error.code}]`, upTo);
  else Error.captureStackTrace(error, upTo);
}

function isErrorLike(value) {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'stack');
}

function isStackOverflowError(error) {
  return error instanceof RangeError && /call stack size exceeded/i.test(error.message);
}

function getMessage(code, args) {
  return lookUp(code).text(...args);
}

// For inspect: a user's inspect function may throw; then try again without it.
function inspectWithNoCustomRetry(value, options) {
  const { inspect } = require('util/inspect');
  try {
    return inspect(value, options);
  } catch {
    return inspect(value, { ...options, customInspect: false });
  }
}

module.exports = {
  AbortError,
  ConnResetException,
  DNSException,
  E,
  ErrnoException,
  ExceptionWithHostPort,
  NodeAggregateError,
  SystemError,
  UVException,
  UVExceptionWithHostPort,
  aggregateErrors,
  aggregateTwoErrors,
  codes,
  dnsException,
  errname,
  errnoException,
  exceptionWithHostPort,
  genericNodeError,
  getMessage,
  hideStackFrames,
  inspectWithNoCustomRetry,
  isErrorLike,
  isErrorStackTraceLimitWritable,
  isStackOverflowError,
  kIsNodeError,
  pauseTraces,
  resumeTraces,
  stamp,
  uvErrmapGet,
  uvException,
  uvExceptionWithHostPort,
  determineSpecificType: (value) => require('internal/error_words').describe(value),
  formatList: (items, word) => require('internal/error_words').list(items, word),
  hideInternalStackFrames() {},
  setArrowMessage() {},
  get DOMException() { return require('web/domexception').DOMException; },
};
