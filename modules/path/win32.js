// SPDX-License-Identifier: MIT
//
// path.win32: paths separated by '\' or '/', with drives, UNC shares and device namespaces, usable on every
// platform. Idea: splitRoot() alone knows what a Windows root looks like; the functions work on its answer.
// Pure functions, except resolve() and relative(), which ask for the working directory.
'use strict';

const { rejectPath, collapse, formatWith, extensionStart, withoutSuffix } = require('path/segments');

const SEPARATORS = /[\\/]/;
const RESERVED = new Set(['CON', 'PRN', 'AUX', 'NUL',
  'COM1', 'COM2', 'COM3', 'COM4', 'COM5', 'COM6', 'COM7', 'COM8', 'COM9',
  'LPT1', 'LPT2', 'LPT3', 'LPT4', 'LPT5', 'LPT6', 'LPT7', 'LPT8', 'LPT9',
  'COM\u00b9', 'COM\u00b2', 'COM\u00b3', 'LPT\u00b9', 'LPT\u00b2', 'LPT\u00b3']);

function isSeparator(code) {
  return code === 47 || code === 92;
}

function isDriveLetter(code) {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

function skipName(path, at) {
  while (at < path.length && !isSeparator(path.charCodeAt(at))) at++;
  return at;
}

function skipSeparators(path, at) {
  while (at < path.length && isSeparator(path.charCodeAt(at))) at++;
  return at;
}

// { device, end, absolute, bareShare }: `device` is 'C:', '\\server\share' (separators normalised) or '';
// `end` is where the names start; bareShare says that the whole path is one UNC share.
function splitRoot(path) {
  const first = path.charCodeAt(0);
  if (isSeparator(first)) {
    if (isSeparator(path.charCodeAt(1))) return splitShare(path);
    return { device: '', end: 1, absolute: true, bareShare: false };
  }
  if (isDriveLetter(first) && path.charCodeAt(1) === 58) {
    const absolute = path.length > 2 && isSeparator(path.charCodeAt(2));
    return { device: path.slice(0, 2), end: absolute ? 3 : 2, absolute, bareShare: false };
  }
  return { device: '', end: 0, absolute: false, bareShare: false };
}

// A path with two leading separators: a share or a device namespace if a server and a share name follow.
function splitShare(path) {
  const plain = { device: '', end: 1, absolute: true, bareShare: false };
  const serverEnd = skipName(path, 2);
  if (serverEnd === 2 || serverEnd === path.length) return plain;
  const shareStart = skipSeparators(path, serverEnd);
  if (shareStart === path.length) return plain;
  const server = path.slice(2, serverEnd);
  if (server === '.' || server === '?') {
    return { device: '\\\\' + server, end: 4, absolute: true, bareShare: false };
  }
  const shareEnd = skipName(path, shareStart);
  return {
    device: `\\\\${server}\\${path.slice(shareStart, shareEnd)}`,
    end: shareEnd,
    absolute: true,
    bareShare: shareEnd === path.length,
  };
}

// True for 'CON:', 'com1:x' and so on: a name that Windows would take for a device. Without a colon, one
// character may follow ('CON\', 'CON.'): observable in Node, and harmless.
function opensReservedDevice(path) {
  return RESERVED.has(path.slice(0, path.indexOf(':')).toUpperCase());
}

function namesReservedDevice(name) {
  return name.includes(':') && opensReservedDevice(name);
}

// A relative path whose collapsed form could be read as a drive ('a/../C:/b') must not become one.
function hidesDrive(path) {
  for (let colon = path.indexOf(':'); colon >= 0; colon = path.indexOf(':', colon + 1)) {
    if (colon === path.length - 1 || isSeparator(path.charCodeAt(colon + 1))) return true;
  }
  return false;
}

function normalize(path) {
  if (typeof path !== 'string') rejectPath(path, 'path');
  if (path.length === 0) return '.';
  if (path.length === 1) return path === '/' ? '\\' : path;
  const root = splitRoot(path);
  if (root.bareShare) return root.device + '\\';
  if (root.end === 0 && path.includes(':') && opensReservedDevice(path)) {
    root.end = path.indexOf(':') + 1;
    root.device = path.slice(0, root.end);
  }
  let tail = root.end < path.length ?
    collapse(path.slice(root.end).split(SEPARATORS), !root.absolute, '\\') : '';
  if (tail === '' && !root.absolute) tail = '.';
  if (tail !== '' && isSeparator(path.charCodeAt(path.length - 1))) tail += '\\';
  if (!root.absolute && root.device === '' && path.includes(':') && (driveLength(tail) > 0 || hidesDrive(path))) {
    return '.\\' + tail;
  }
  if (opensReservedDevice(path)) return '.\\' + root.device + tail;
  return root.device + (root.absolute ? '\\' : '') + tail;
}

function join(...parts) {
  let joined = '';
  let first = '';
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (typeof part !== 'string') rejectPath(part, 'path');
    if (part.length === 0) continue;
    if (joined === '') joined = first = part;
    else joined += '\\' + part;
  }
  if (joined === '') return '.';
  // Only a first part that itself names a server may make the result a UNC path; otherwise leading
  // separators that merely met by joining shrink to one.
  const leading = skipSeparators(joined, 0);
  const firstLeading = skipSeparators(first, 0);
  const namesServer = firstLeading === 2 && first.length > 2;
  if (leading >= 2 && !namesServer) joined = '\\' + joined.slice(leading);
  if (joined.includes(':') && joined.split(SEPARATORS).some(namesReservedDevice)) {
    return joined.replaceAll('/', '\\'); // not safe to collapse around a device
  }
  return normalize(joined);
}

function driveDirectory(device) {
  // Windows keeps a working directory per drive in variables named '=C:'.
  const path = process.env['=' + device] || process.cwd();
  const sameDrive = path.slice(0, 2).toLowerCase() === device.toLowerCase();
  return !sameDrive && path.charCodeAt(2) === 92 ? device + '\\' : path;
}

function resolve(...parts) {
  let device = '';
  let tail = '';
  let absolute = false;
  for (let i = parts.length - 1; i >= -1; i--) {
    let path;
    if (i >= 0) {
      path = parts[i];
      if (typeof path !== 'string') rejectPath(path, `paths[${i}]`);
      if (path.length === 0) continue;
    } else {
      path = device === '' ? process.cwd() : driveDirectory(device);
    }
    const root = splitRoot(path);
    if (root.device !== '') {
      if (device === '') device = root.device;
      else if (root.device.toLowerCase() !== device.toLowerCase()) continue; // another drive's directory
    }
    if (!absolute) {
      tail = path.slice(root.end) + '\\' + tail;
      absolute = root.absolute;
    }
    if (absolute && device !== '') break;
  }
  tail = collapse(tail.split(SEPARATORS), !absolute, '\\');
  return device + (absolute ? '\\' : '') + tail || '.';
}

function isAbsolute(path) {
  if (typeof path !== 'string') rejectPath(path, 'path');
  if (path.length === 0) return false;
  const first = path.charCodeAt(0);
  return isSeparator(first) || (path.length > 2 && isDriveLetter(first) && path.charCodeAt(1) === 58 &&
    isSeparator(path.charCodeAt(2)));
}

function relative(from, to) {
  if (typeof from !== 'string') rejectPath(from, 'from');
  if (typeof to !== 'string') rejectPath(to, 'to');
  if (from === to) return '';
  const source = resolve(from);
  const target = resolve(to);
  if (source === target || source.toLowerCase() === target.toLowerCase()) return '';
  const fromNames = namesOf(source);
  const toNames = namesOf(target);
  const limit = Math.min(fromNames.length, toNames.length);
  let shared = 0;
  while (shared < limit && fromNames[shared].toLowerCase() === toNames[shared].toLowerCase()) shared++;
  if (shared === 0 && limit > 0) return target; // different drives
  const steps = toNames.slice(shared);
  for (let up = fromNames.length - shared; up > 0; up--) steps.unshift('..');
  return steps.join('\\');
}

function namesOf(path) {
  let start = 0;
  let end = path.length;
  while (start < end && path.charCodeAt(start) === 92) start++;
  while (end > start && path.charCodeAt(end - 1) === 92) end--;
  return start === end ? [] : path.slice(start, end).split('\\');
}

function toNamespacedPath(path) {
  if (typeof path !== 'string' || path.length === 0) return path;
  const full = resolve(path);
  if (full.length <= 2) return path;
  if (full.startsWith('\\\\')) {
    const third = full.charCodeAt(2);
    if (third !== 63 && third !== 46) return '\\\\?\\UNC\\' + full.slice(2);
  } else if (isDriveLetter(full.charCodeAt(0)) && full.charCodeAt(1) === 58 && full.charCodeAt(2) === 92) {
    return '\\\\?\\' + full;
  }
  return full;
}

function lastSeparator(path, from) {
  let at = from;
  while (at >= 0 && !isSeparator(path.charCodeAt(at))) at--;
  return at;
}

// The root as dirname() and parse() show it: text of the path itself, never normalised.
function rootLength(path) {
  const first = path.charCodeAt(0);
  if (!isSeparator(first)) return splitRoot(path).end;
  if (!isSeparator(path.charCodeAt(1))) return 1;
  const serverEnd = skipName(path, 2);
  const shareStart = skipSeparators(path, serverEnd);
  if (serverEnd === 2 || shareStart === serverEnd || shareStart === path.length) return 1;
  const shareEnd = skipName(path, shareStart);
  return shareEnd === path.length ? shareEnd : shareEnd + 1;
}

function trimmedEnd(path, start) {
  let end = path.length;
  while (end > start && isSeparator(path.charCodeAt(end - 1))) end--;
  return end;
}

function dirname(path) {
  if (typeof path !== 'string') rejectPath(path, 'path');
  if (path.length === 0) return '.';
  if (path.length === 1) return isSeparator(path.charCodeAt(0)) ? path : '.';
  const root = rootLength(path);
  const cut = lastSeparator(path, trimmedEnd(path, root) - 1);
  if (cut >= root) return path.slice(0, cut);
  return root > 0 ? path.slice(0, root) : '.';
}

function driveLength(path) {
  return isDriveLetter(path.charCodeAt(0)) && path.charCodeAt(1) === 58 ? 2 : 0;
}

// The last name, not looking into a drive ('C:').
function lastName(path) {
  const start = driveLength(path);
  const end = trimmedEnd(path, start);
  return path.slice(Math.max(start, lastSeparator(path, end - 1) + 1), end);
}

function basename(path, suffix) {
  if (suffix !== undefined && typeof suffix !== 'string') rejectPath(suffix, 'suffix');
  if (typeof path !== 'string') rejectPath(path, 'path');
  if (suffix === undefined) return lastName(path);
  if (path === suffix) return '';
  const base = lastName(path);
  if (base === '' && suffix !== '' && suffix.length <= path.length) return path.slice(driveLength(path));
  return withoutSuffix(base, suffix);
}

function extname(path) {
  if (typeof path !== 'string') rejectPath(path, 'path');
  const base = lastName(path);
  const dot = extensionStart(base);
  return dot < 0 ? '' : base.slice(dot);
}

function format(parts) {
  return formatWith('\\', parts);
}

function parse(path) {
  if (typeof path !== 'string') rejectPath(path, 'path');
  const rootEnd = path.length > 0 ? rootLength(path) : 0;
  const root = path.slice(0, rootEnd);
  const end = trimmedEnd(path, rootEnd);
  const cut = Math.max(lastSeparator(path, end - 1), rootEnd - 1);
  const base = path.slice(cut + 1, end);
  const dot = extensionStart(base);
  return {
    root,
    dir: cut >= rootEnd ? path.slice(0, cut) : root,
    base,
    ext: dot < 0 ? '' : base.slice(dot),
    name: dot < 0 ? base : base.slice(0, dot),
  };
}

function matchesGlob(path, pattern) {
  return require('path/glob').matches(path, pattern, true);
}

module.exports = {
  resolve,
  normalize,
  isAbsolute,
  join,
  relative,
  toNamespacedPath,
  dirname,
  basename,
  extname,
  format,
  parse,
  matchesGlob,
  sep: '\\',
  delimiter: ';',
  win32: null,
  posix: require('path/posix'),
  _makeLong: toNamespacedPath,
};
module.exports.win32 = module.exports;
