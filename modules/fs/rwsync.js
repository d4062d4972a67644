// SPDX-License-Identifier: MIT
//
// Reading and writing, synchronously: descriptors and whole files. A whole file in UTF-8 is one call into C
// in either direction.
'use strict';

const { Buffer } = require('buffer');
const {
  isFd, toData, toFd, toFlags, toMode, toOptions, toPath,
} = require('fs/paths');
const { checkView, readSlice, writeSlice } = require('fs/slices');
const { fail, failWhole } = require('fs/request');
const { check } = require('fs/sync');
const native = binding('fs');

function readSync(fd, buffer, offset, length, position) {
  fd = toFd(fd);
  checkView(buffer);
  const slice = readSlice(buffer, offset, length, position, arguments.length > 3);
  if (slice.length === 0) return 0;
  return check(native.read(fd, buffer, slice.offset, slice.length, slice.position), 'read');
}

function writeSync(fd, buffer, offset, length, position) {
  fd = toFd(fd);
  if (ArrayBuffer.isView(buffer)) {
    const slice = writeSlice(buffer, offset, length, position);
    return check(native.write(fd, buffer, slice.offset, slice.length, slice.position), 'write');
  }
  toData(buffer, 'buffer');
  // (fd, string, position, encoding)
  if (offset === undefined) offset = null;
  const encoding = length;
  require('internal/validators').validateEncoding(buffer, encoding);
  const at = typeof offset === 'number' ? offset : -1;
  if (encoding === 'utf8' || encoding === 'utf-8' || !Buffer.isEncoding(encoding)) { // unknown ones count as UTF-8
    return check(native.writeText(fd, buffer, at), 'write');
  }
  const bytes = Buffer.from(buffer, encoding);
  return check(native.write(fd, bytes, 0, bytes.length, at), 'write');
}

const READ = { __proto__: null, flag: 'r' };
const WRITE = { __proto__: null, encoding: 'utf8', mode: 0o666, flag: 'w', flush: false };
const APPEND = { __proto__: null, encoding: 'utf8', mode: 0o666, flag: 'a' };

function isUtf8(encoding) {
  return encoding === 'utf8' || encoding === 'utf-8' || encoding === 'UTF8' || encoding === 'UTF-8';
}

function decodeFile(value, encoding) {
  const buffer = Buffer.from(value);
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

function readFileSync(path, options) {
  let encoding;
  let flags = 0;
  if (typeof options === 'string' && isUtf8(options)) {
    encoding = options;
  } else {
    const full = toOptions(options, READ);
    encoding = full.encoding;
    flags = toFlags(full.flag);
  }
  const target = isFd(path) ? path : toPath(path);
  const value = native.readFile(target, flags, isUtf8(encoding));
  if (typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (isFd(path) && isUtf8(encoding) && Math.floor(-value / 100000) === 1) throw fail(value + 100000, 'read');
    throw failWhole(value, target);
  }
  return decodeFile(value, encoding);
}

function checkFlush(flush) {
  if (flush !== undefined && flush !== null) {
    require('internal/validators').validateBoolean(flush, 'options.flush');
  }
  return flush === true;
}

// What the C half writes: UTF-8 strings and bytes as they are, other encodings as bytes.
function encodeFile(data, encoding) {
  toData(data);
  if (typeof data !== 'string' || !encoding || isUtf8(encoding) || encoding === 'buffer') return data;
  return Buffer.from(data, encoding);
}

function writeFileSync(path, data, options) {
  const { encoding, mode, flag, flush } = toOptions(options, WRITE);
  if (checkFlush(flush)) return writeAndFlush(path, encodeFile(data, encoding), flag, mode);
  const bytes = encodeFile(data, encoding);
  const target = isFd(path) ? path : toPath(path);
  const r = native.writeFile(target, toFlags(flag), toMode(mode, 'mode', 0o666), bytes, false);
  if (r < 0) throw failWhole(r, target);
  return undefined;
}

// Flushing goes through the public functions, which users may watch or replace.
function writeAndFlush(path, data, flag, mode) {
  const fs = require('fs');
  const own = isFd(path) ? path : fs.openSync(path, flag, mode);
  try {
    const r = native.writeFile(own, 0, 0, data, false);
    if (r < 0) throw failWhole(r);
    fs.fsyncSync(own);
  } finally {
    if (own !== path) fs.closeSync(own);
  }
}

function appendFileSync(path, data, options) {
  options = toOptions(options, APPEND);
  if (!options.flag || isFd(path)) options = { ...options, flag: 'a' };
  require('fs').writeFileSync(path, data, options);
}

module.exports = {
  APPEND,
  READ,
  WRITE,
  checkFlush,
  decodeFile,
  encodeFile,
  isUtf8,
  forms: { appendFileSync, readFileSync, readSync, writeFileSync, writeSync },
};
