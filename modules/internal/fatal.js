// SPDX-License-Identifier: MIT
//
// What happens to errors that nobody caught: 'uncaughtExceptionMonitor', the capture callback, 'uncaughtException',
// and else the report on standard error and the end of the process. Also rejections without a handler.
'use strict';

const env = binding('env');

let captureCallback = null;
let rejected = false; // the error came by way of a promise, which knows no `throw`
let captured = false; // inside onUncaught, to notice handlers that throw
const state = require('worker_threads/state'); // its reporter, of a worker, is told instead of printing
let domains = null; // node:domain's, once loaded: { handleUncaught, isHandled, requiredAt }

// The entry from C. Returns true when the program goes on. Handlers run in the async context and under the id of what
// threw; then nothing of either is left.
function onUncaught(error, fromPromise) {
  rejected = fromPromise;
  const result = handle(error, fromPromise ? 'unhandledRejection' : 'uncaughtException');
  if (require('internal/async').isTracking()) require('internal/async').unwind();
  $lode.c = undefined;
  // Ticks wait for the next callback now: here is one.
  if (result) require('timers').internals.untracked(() => {});
  return result;
}

function handle(error, origin) {
  if (process._exiting && captured) return end(error, 7);
  if (typeof process._fatalException !== 'function') return process.reallyExit(6);
  require('internal/stack').fix(error);
  // As the engine of Node's would do where the error is thrown: no listener is asked.
  if (abortWanted() && captureCallback === null && !domains?.isHandled()) abort(error);
  captured = true;
  try {
    process.emit('uncaughtExceptionMonitor', error, origin);
    if (captureCallback !== null) {
      captureCallback(error);
      return true;
    }
    if (domains !== null && domains.handleUncaught(error)) return true;
    if (process.emit('uncaughtException', error, origin)) return true;
  } catch (second) {
    if (abortWanted()) abort(second);
    return end(second, 7);
  } finally {
    captured = false;
  }
  return end(error, 1);
}

function abortWanted() {
  return require('internal/options').getOptionValue('--abort-on-uncaught-exception') === true;
}

function abort(error) {
  print(error);
  process.abort();
}

function refuseWithDomains() {
  if (domains === null) return;
  const { codes } = require('internal/errors');
  const error = new codes.ERR_DOMAIN_CANNOT_SET_UNCAUGHT_EXCEPTION_CAPTURE();
  error.stack += `\n${'-'.repeat(40)}\n${domains.requiredAt}`;
  throw error;
}

function report(error) {
  onUncaught(error, false);
}

function end(error, code) {
  if (state.reporter !== null) code = 1;
  try {
    if (state.reporter === null) print(error);
    else state.reporter(error);
  } catch (second) {
    env.writeRaw(2, `Uncaught:\n${safeText(error)}\n${error?.stack ?? ''}\n`);
  }
  if (code === 1) writeReport(error);
  try {
    if (!process._exiting) {
      process._exiting = true;
      process.exitCode = code;
      process.emit('exit', code);
      if (process.exitCode !== undefined) code = process.exitCode;
    }
  } catch (second) {
    print(second);
    code = 7;
  }
  process.reallyExit(code);
  return false;
}

// A diagnostic report, where options or the program ask for one.
function writeReport(error) {
  const loaded = require.cache.get('process/report');
  if (loaded === undefined && require('internal/options').getOptionValue('--report-uncaught-exception') !== true) return;
  try {
    require('process/report').onUncaught(error);
  } catch {
    // The error itself matters more.
  }
}

function safeText(error) {
  try {
    return String(error);
  } catch {
    return typeof error;
  }
}

// ---- The report ----

function isErrorLike(error) {
  return typeof error === 'object' && error !== null && (error instanceof Error || Object.hasOwn(error, 'stack'));
}

function sourceLine(place) {
  if (place.url === '' || place.url.startsWith('node:')) return undefined;
  const path = place.url.startsWith('file://') ? decodeURIComponent(place.url.slice(7)) : place.url;
  if (require('internal/stack').sources.loaded === null) {
    const generated = require('internal/columns').generatedLine(place.url, place.line);
    if (generated !== undefined) return generated;
  }
  const given = sources.get(place.url) ?? originalText(place.url);
  const text = given === undefined ? binding('loader').readText(path) : given;
  if (typeof text !== 'string') return undefined;
  return text.split('\n', place.line)[place.line - 1];
}

const sources = new Map(); // texts that are in no file: '[eval]' and the like

// Through source maps: the text of an original that is no file.
function originalText(url) {
  if (require('internal/stack').sources.loaded === null) return undefined;
  return require('runtime/loader/source_maps').originalText(url);
}

function caretLine(line, column, length = 1) {
  let caret = '';
  for (let i = 0; i < column - 1 && i < line.length; i++) caret += line[i] === '\t' ? '\t' : ' ';
  return caret + '^'.repeat(Math.max(1, Math.min(length, line.length - column + 1)));
}

// "file:line\nsource\n   ^\n" for an error that has a place, or ''.
function excerpt(error) {
  if (require('internal/stack').isDecorated(error)) return '';
  if (error instanceof SyntaxError && /^[^\n]*:\d+\n[^\n]*\n/.test(error.stack)) return ''; // it begins with one
  let place = require('internal/stack').placeOf(error);
  if (place === null) return '';
  let line = sourceLine(place);
  if (line === undefined && require('internal/stack').sources.loaded !== null) {
    place = require('runtime/loader/source_maps').generatedPlace(place) ?? place;
    line = sourceLine(place);
  }
  const head = `${place.url}:${place.line}\n`;
  if (line === undefined) return place.url.startsWith('node:') ? head : '';
  if (line.length > 2000) return head;
  let { column } = place;
  if (column === 0) column = guessColumn(error, line);
  else if (place.length === undefined && !rejected) column = startOfThrow(line, column);
  return `${head}${line}\n${caretLine(line, column, place.length)}\n`;
}

// An error that is made where it is thrown is shown at the `throw`.
function startOfThrow(line, column) {
  const statement = /\bthrow\s+$/.exec(line.slice(0, column - 1));
  return statement === null ? column : statement.index + 1;
}

// The engine gives syntax errors a line but no column: look for the token that its message names.
function guessColumn(error, line) {
  const match = /(?:token|identifier|keyword|string|number)[^'"]* ['"](.+?)['"]/.exec(error.message);
  const at = match === null ? -1 : line.lastIndexOf(match[1]);
  return at < 0 ? line.length - line.trimStart().length + 1 : at + 1;
}

function body(error) {
  const { inspect } = require('util/inspect');
  if (!isErrorLike(error)) return undefined;
  try {
    return inspect(error);
  } catch {
    return String(error.stack);
  }
}

// An error that was thrown because nobody listened to 'error': the place is emit(), the emission goes below.
const unhandledEvent = 'node:events\n    throw error; // Unhandled \'error\' event\n    ^\n';

function addToStack(error, text) {
  try {
    error.stack += text;
  } catch {
    // Frozen: it is shown as it is.
  }
}

function print(error) {
  if (!isErrorLike(error)) return printValue(error);
  const { fix } = require('internal/stack');
  const emission = require('events/statics').emissionOf(error);
  const where = emission === '' ? excerpt(error) : unhandledEvent;
  fix(error);
  if (emission !== '') addToStack(error, emission);
  const text = body(error);
  env.writeRaw(2, `${where}${where === '' ? '' : '\n'}${text}\n\nNode.js ${process.version}\n`);
}

// A thrown value that is no error has no place; strings are shown as they are.
function printValue(value) {
  const text = typeof value === 'string' ? value : require('util/inspect').inspect(value);
  const traced = require('internal/options').getOptionValue('--trace-uncaught');
  const hint = traced ? '' : '\n(Use `node --trace-uncaught ...` to show where the exception was thrown)';
  env.writeRaw(2, `Uncaught:\n${text}${hint}\n\nNode.js ${process.version}\n`);
}

// ---- Rejections ----

function mode() {
  return require('internal/options').getOptionValue('--unhandled-rejections') || 'throw';
}

let lastRejectionId = 0;
let ids = null; // WeakMap promise -> number, for warnings

function warnRejection(promise, reason) {
  ids ??= new WeakMap();
  const id = ++lastRejectionId;
  ids.set(promise, id);
  const { inspect } = require('util/inspect');
  let text = reason;
  if (typeof reason !== 'string') {
    text = isErrorLike(reason) && typeof reason.stack === 'string' ? reason.stack : inspect(reason);
  }
  const warning = new Error('Unhandled promise rejection. This error originated either by throwing inside of an ' +
    'async function without a catch block, or by rejecting a promise which was not handled with .catch(). To ' +
    'terminate the node process on unhandled promise rejection, use the CLI flag `--unhandled-rejections=strict` ' +
    `(see https://nodejs.org/api/cli.html#cli_unhandled_rejections_mode). (rejection id: ${id})`);
  warning.name = 'UnhandledPromiseRejectionWarning';
  const first = new Error(text);
  first.name = 'UnhandledPromiseRejectionWarning';
  if (isErrorLike(reason) && typeof reason.stack === 'string') first.stack = reason.stack;
  process.emitWarning(first);
  process.emitWarning(warning);
}

class UnhandledPromiseRejection extends Error {}
Object.defineProperty(UnhandledPromiseRejection.prototype, 'name', {
  __proto__: null, configurable: true, writable: true, value: 'UnhandledPromiseRejection',
});

// A reason in words, without running code of the program's.
function reasonText(reason) {
  if (typeof reason === 'function') return Function.prototype.toString.call(reason);
  if (typeof reason !== 'object' || reason === null) return String(reason);
  if (require('util/types').isProxy(reason)) return '#<Object>';
  const name = inheritedData(inheritedData(reason, 'constructor') ?? null, 'name');
  if (inheritedData(reason, 'toString') === Object.prototype.toString && typeof name === 'string') return `#<${name}>`;
  return inheritedData(reason, Symbol.toStringTag) === undefined ? Object.prototype.toString.call(reason) : '[object Object]';
}

function inheritedData(object, key) {
  for (; object !== null; object = Object.getPrototypeOf(object)) {
    const own = Object.getOwnPropertyDescriptor(object, key);
    if (own !== undefined) return own.value;
  }
  return undefined;
}

// An error to throw for a rejection: the reason itself where it is one.
function errorOf(reason) {
  if (isErrorLike(reason)) return reason;
  const error = new UnhandledPromiseRejection(
    'This error originated either by throwing inside of an async function without a catch block, or by rejecting a ' +
    `promise which was not handled with .catch(). The promise rejected with the reason "${reasonText(reason)}".`);
  error.code = 'ERR_UNHANDLED_REJECTION';
  return error;
}

// Returns true when the rejection counts as reported, so that 'rejectionHandled' may follow.
function onRejection(promise, reason) {
  if (require('util/types').isNativeError(reason)) require('internal/stack').fix(reason); // a proxy stays unasked
  switch (mode()) {
    case 'none':
      process.emit('unhandledRejection', reason, promise);
      return true;
    case 'warn':
      process.emit('unhandledRejection', reason, promise);
      warnRejection(promise, reason);
      return true;
    case 'warn-with-error-code':
      if (!process.emit('unhandledRejection', reason, promise)) {
        warnRejection(promise, reason);
        process.exitCode = 1;
      }
      return true;
    case 'strict': {
      onUncaught(errorOf(reason), true);
      if (!process.emit('unhandledRejection', reason, promise)) warnRejection(promise, reason);
      return true;
    }
    default:
      if (!process.emit('unhandledRejection', reason, promise)) onUncaught(errorOf(reason), true);
      return true;
  }
}

function onRejectionHandled(promise) {
  const id = ids?.get(promise);
  if (process.emit('rejectionHandled', promise) || id === undefined) return;
  process.emitWarning(`Promise rejection was handled asynchronously (rejection id: ${id})`, 'PromiseRejectionHandledWarning');
}

module.exports = {
  onUncaught,
  report,
  onRejection,
  onRejectionHandled,
  print,
  excerpt,
  sources,
  refuseWithDomains,
  setDomains(value) { domains = value; },
  setCaptureCallback(fn) { captureCallback = fn; },
  hasCaptureCallback() { return captureCallback !== null; },
};
