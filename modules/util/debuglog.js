// SPDX-License-Identifier: MIT
//
// util.debuglog: messages on standard error for the sections that NODE_DEBUG names. Idea: the variable becomes one
// regular expression at the first message; a section that is off costs one call of an empty function.

'use strict';

let wanted; // RegExp for enabled section names, or null
const writers = new Map();

function readEnvironment() {
  const list = process.env.NODE_DEBUG;
  if (!list) return null;
  const source = list.replace(/[|\\{}()[\]^$+?.]/g, '\\$&').replaceAll('*', '.*').replaceAll(',', '$|^');
  return new RegExp(`^${source}$`, 'i');
}

function isEnabled(section) {
  if (wanted === undefined) wanted = readEnvironment();
  return wanted !== null && wanted.test(section);
}

function nothing() {}

function writerOf(section) {
  let write = writers.get(section);
  if (write !== undefined) return write;
  write = nothing;
  if (isEnabled(section)) {
    if (section === 'HTTP' || section === 'HTTP2') warnOfSecrets(section);
    const { pid } = process;
    write = function(...args) {
      const { formatWithOptions } = require('util/format');
      const colors = shouldColor(process.stderr);
      const message = formatWithOptions({ colors }, ...args);
      const mark = colors ? formatWithOptions({ colors }, '%s %O', section, pid) : `${section} ${pid}`;
      process.stderr.write(`${mark}: ${message}\n`);
    };
  }
  writers.set(section, write);
  return write;
}

function warnOfSecrets(section) {
  process.emitWarning(
    `Setting the NODE_DEBUG environment variable to '${section.toLowerCase()}' can expose sensitive data ` +
    '(such as passwords, tokens and authentication headers) in the resulting log.');
}

function shouldColor(stream) {
  if (process.env.FORCE_COLOR !== undefined) return require('tty').WriteStream.prototype.getColorDepth() > 2;
  return Boolean(stream?.isTTY) && (typeof stream.getColorDepth === 'function' ? stream.getColorDepth() > 2 : true);
}

// `ready(fn)` is called at the first message with a function to use from then on.
function debuglog(section, ready) {
  section = `${section}`;
  const name = section.toUpperCase();
  let write;
  const log = function(...args) {
    if (write === undefined) {
      write = writerOf(name);
      if (typeof ready === 'function') ready(defineEnabled((...rest) => write(...rest), section));
    }
    write(...args);
  };
  return defineEnabled(log, section);
}

function defineEnabled(fn, section) {
  return Object.defineProperty(fn, 'enabled', {
    get() { return isEnabled(section); },
    configurable: true,
    enumerable: true,
  });
}

module.exports = { debuglog, isEnabled };
