// SPDX-License-Identifier: MIT
//
// process.emitWarning and the default printing of warnings.
'use strict';

const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');

let printing = false;
let hinted = false;

function option(name) {
  return require('internal/options').getOptionValue(name);
}

function describe(warning) {
  if (warning.name === 'DeprecationWarning' ? process.traceDeprecation || option('--trace-warnings') : option('--trace-warnings') || process.traceProcessWarnings) {
    if (warning.stack) return `${warning.stack}`;
  }
  if (typeof warning.toString === 'function') return `${warning.toString()}`;
  return Error.prototype.toString.call(warning);
}

function isDisabled(warning) {
  const disabled = option('--disable-warning');
  if (disabled.length === 0) return false;
  return (warning.code && disabled.includes(warning.code)) || (warning.name && disabled.includes(warning.name));
}

function write(text) {
  const file = option('--redirect-warnings') || process.env.NODE_REDIRECT_WARNINGS;
  if (file) {
    require('fs').appendFileSync(file, text);
    return;
  }
  // A program that has touched the standard streams may have put something in front of them.
  if (binding('env').isWorker || require.cache.has('process/stdio')) process.stderr.write(text);
  else process._rawDebug(text.slice(0, -1));
}

function print(warning) {
  if (!(warning instanceof Error)) return;
  const isDeprecation = warning.name === 'DeprecationWarning';
  if (isDeprecation && process.noDeprecation) return;
  if (isDisabled(warning)) return;
  const code = warning.code ? `[${warning.code}] ` : '';
  let text = `(${process.release.name}:${process.pid}) ${code}${describe(warning)}`;
  if (typeof warning.detail === 'string') text += `\n${warning.detail}`;
  const traced = isDeprecation ? process.traceDeprecation || option('--trace-warnings') : option('--trace-warnings');
  if (!traced && !hinted) {
    const flag = isDeprecation ? '--trace-deprecation' : '--trace-warnings';
    const command = require('path').basename(process.argv0 || 'node', '.exe');
    text += `\n(Use \`${command} ${flag} ...\` to show where the warning was created)`;
    hinted = true;
  }
  write(`${text}\n`);
}

function startPrinting() {
  if (printing) return;
  printing = true;
  if (option('--warnings') && process.env.NODE_NO_WARNINGS !== '1') process.on('warning', print);
}

function deliver(warning) {
  startPrinting();
  process.emit('warning', warning);
}

function create(message, name, code, below, detail) {
  const limit = Error.stackTraceLimit;
  let warning;
  if (typeof message === 'string') {
    const wanted = name === 'DeprecationWarning' ? !process.noDeprecation : true;
    if (!wanted && typeof Error.stackTraceLimit === 'number') Error.stackTraceLimit = 0;
    warning = new Error(message);
    if (!wanted) Error.stackTraceLimit = limit;
    warning.name = String(name || 'Warning');
    if (code !== undefined) warning.code = code;
    if (detail !== undefined) warning.detail = detail;
    Error.captureStackTrace(warning, below || emitWarning);
  } else {
    warning = message;
  }
  return warning;
}

function emitWarning(warning, type, code, below) {
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
    below = type.ctor;
    code = type.code;
    if (typeof type.detail === 'string') detail = type.detail;
    type = type.type || 'Warning';
  } else if (typeof type === 'function') {
    below = type;
    code = undefined;
    type = 'Warning';
  }
  if (type !== undefined) validateString(type, 'type');
  if (typeof code === 'function') {
    below = code;
    code = undefined;
  } else if (code !== undefined) {
    validateString(code, 'code');
  }
  if (typeof warning !== 'string' && !(warning instanceof Error)) {
    throw new codes.ERR_INVALID_ARG_TYPE('warning', ['Error', 'string'], warning);
  }
  const made = create(warning, type, code, below, detail);
  if (made.name === 'DeprecationWarning') {
    if (process.noDeprecation) return;
    if (process.throwDeprecation) return process.nextTick(() => { throw made; });
  }
  process.nextTick(deliver, made);
}

// For a warning that must come before an error which ends the process.
function emitWarningSync(text) {
  deliver(create(text, 'Warning', undefined, emitWarningSync, undefined));
}

exports.emitWarning = emitWarning;
exports.emitWarningSync = emitWarningSync;
