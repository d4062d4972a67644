// SPDX-License-Identifier: MIT
//
// spawnSync, execSync, execFileSync: the child runs to its end inside one call to C.

'use strict';

const { Buffer } = require('buffer');
const { codes, errnoException } = require('internal/errors');
const { checkMaxBuffer, checkTimeout, normalizeExec, normalizeExecFile, normalizeSpawn, signalNumber } = require('child_process/arguments');
const { normalizeStdio, toFlat } = require('child_process/stdio');
const { signalName } = require('child_process/child');
const { FastBuffer } = require('internal/fast_buffer');
const children = binding('child_process');

const MAX_BUFFER = 1024 * 1024;

function spawnSync(file, args, options) {
  options = { __proto__: null, maxBuffer: MAX_BUFFER, ...normalizeSpawn(file, args, options) };
  checkTimeout(options.timeout);
  checkMaxBuffer(options.maxBuffer);
  options.killSignal = signalNumber(options.killSignal);
  const { entries } = normalizeStdio(options.stdio || 'pipe', true);
  addInput(entries, options);
  return shape(run(options, entries), options);
}

function addInput(entries, options) {
  const given = Array.isArray(options.stdio) ? options.stdio : [];
  if (options.input && entries[0].type === 'pipe') entries[0].input = options.input;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i];
    if (entry.type !== 'pipe') continue;
    const input = entry.input ?? (ArrayBuffer.isView(given[i]) || (typeof given[i] === 'string' && given[i] !== 'pipe' &&
      given[i] !== 'overlapped') ? given[i] : undefined);
    if (input === undefined || input === null) continue;
    if (ArrayBuffer.isView(input)) entry.input = input;
    else if (typeof input === 'string') entry.input = Buffer.from(input, options.encoding === 'buffer' ? 'utf8' : options.encoding);
    else throw new codes.ERR_INVALID_ARG_TYPE(`options.stdio[${i}]`, ['Buffer', 'TypedArray', 'DataView', 'string'], input);
  }
}

function run(options, entries) {
  const flags = options.detached ? children.DETACHED : 0;
  const maxBuffer = options.maxBuffer === undefined || options.maxBuffer === null || options.maxBuffer === Infinity ? -1 : options.maxBuffer;
  return children.spawnSync(options.file, options.args, options.envPairs, options.cwd, flags, options.uid, options.gid,
                            toFlat(entries), options.timeout || 0, maxBuffer, options.killSignal);
}

function shape(answer, options) {
  const [pid, status, signal, error, raw] = typeof answer === 'number' ? [0, null, 0, answer, []] : answer;
  const output = pid === 0 ? null : raw.map((bytes) => decode(bytes, options.encoding));
  const result = { status, signal: signal ? signalName(signal) : null, output, pid };
  result.stdout = output?.[1];
  result.stderr = output?.[2];
  if (error) {
    const failure = errnoException(error, `spawnSync ${options.file}`);
    failure.path = options.file;
    failure.spawnargs = options.args.slice(1);
    return { error: failure, ...result };
  }
  return result;
}

function decode(bytes, encoding) {
  if (bytes === null) return null;
  const buffer = new FastBuffer(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

function failureOf(result, command) {
  if (result.error) return Object.assign(result.error, result);
  if (result.status === 0) return undefined;
  let message = 'Command failed: ';
  message += command;
  if (result.stderr && result.stderr.length > 0) message += `\n${result.stderr.toString()}`;
  return Object.assign(new Error(message), result);
}

function execFileSync(file, args, options) {
  const given = normalizeExecFile(file, args, options);
  const inheritStderr = !given.options.stdio;
  const result = spawnSync(file, given.args, given.options);
  if (inheritStderr && result.stderr) process.stderr.write(result.stderr);
  const failure = failureOf(result, [given.options.argv0 || file, ...given.args].join(' '));
  if (failure) throw failure;
  return result.stdout;
}

function execSync(command, options) {
  const given = normalizeExec(command, options, null);
  const inheritStderr = !given.options.stdio;
  const result = spawnSync(given.file, given.options);
  if (inheritStderr && result.stderr) process.stderr.write(result.stderr);
  const failure = failureOf(result, command);
  if (failure) throw failure;
  return result.stdout;
}

module.exports = { execFileSync, execSync, spawnSync };
