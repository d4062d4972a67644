// SPDX-License-Identifier: MIT
//
// How util.inspect shows errors: the stack with its head improved (class, tag, name), frames that repeat or
// that the cause shares folded, and colours on frames. The stack is the source of truth; whatever it does
// not say yet (enumerable properties, cause, errors) follows in braces.

'use strict';

const FEWEST_SHARED_FRAMES = 4; // fewer frames in common with the cause are not worth folding
const FEWEST_FOLDED_LINES = 3;
const hasOwn = Object.prototype.hasOwnProperty;

function read(error, name) {
  try {
    return error[name];
  } catch {
    return undefined;
  }
}

// Text of the error's head where it has no usable stack.
function headOf(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return Object.prototype.toString.call(error);
  }
}

function stackText(view, error) {
  const stack = require('util/internals').stackOf(error);
  if (!stack) return headOf(error);
  if (typeof stack === 'string') return stack;
  view.stack.push(error);
  view.open = undefined;
  view.indentation += 4;
  // NaN is no depth: whatever stands there is shown in full and never on one line.
  const shown = view.print(stack, NaN);
  view.indentation -= 4;
  view.stack.pop();
  view.open = undefined;
  return `${headOf(error)}\n    ${shown}`;
}

// ---- Head ----

// An error whose name the stack starts with gets its class's name in front, where that says something new.
function improveHead(stack, named, name, tag) {
  const length = name.length;
  if (named !== null && !name.endsWith('Error') && !stack.startsWith(name)) return stack;
  if (named === null) return nullPrototypeHead(stack, tag);
  const next = stack[length];
  if (!name.endsWith('Error') || !stack.startsWith(name) ||
      (next !== undefined && next !== ':' && next !== '\n')) {
    return stack;
  }
  const tagged = tag !== '' && tag !== named ? ` [${tag}]` : '';
  if (named.includes(name)) {
    return named === name && tagged === '' ? stack : `${named}${tagged}${stack.slice(length)}`;
  }
  return `${named}${tagged} [${name}]${stack.slice(length)}`;
}

function nullPrototypeHead(stack, tag) {
  const start = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack) ||
    /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
  const name = start === null ? 'Error' : start[1];
  const rest = start === null ? `: ${stack}` : stack.slice(name.length);
  const tagged = tag !== '' ? ` [${tag}]` : '';
  return `[${name}: null prototype]${tagged}${rest}`;
}

// ---- Frames ----

// Where two lists of frames share their longest run: [start in a, length].
function longestShared(a, b) {
  for (let length = Math.min(a.length, b.length); length >= FEWEST_SHARED_FRAMES; length--) {
    for (let i = 0; i + length <= a.length; i++) {
      for (let j = 0; j + length <= b.length; j++) {
        let k = 0;
        while (k < length && a[i + k] === b[j + k]) k++;
        if (k === length) return [i, length];
      }
    }
  }
  return undefined;
}

function foldShared(view, error, frames) {
  const cause = hasOwn.call(error, 'cause') ? read(error, 'cause') : undefined;
  if (!require('util/internals').isError(cause)) return frames;
  const stack = stackText(view, cause);
  const start = stack.indexOf('\n    at');
  if (start === -1) return frames;
  const shared = longestShared(frames, stack.slice(start + 1).split('\n'));
  if (shared === undefined) return frames;
  const [at, length] = shared;
  const remark = view.stylize(`    ... ${length - 2} lines matching cause stack trace ...`, 'undefined');
  return [...frames.slice(0, at + 1), remark, ...frames.slice(at + length - 1)];
}

// How often the `size` lines at `start` follow once more behind themselves.
function repeats(lines, start, size) {
  let count = 0;
  for (let at = start + size; at + size <= lines.length; at += size) {
    for (let k = 0; k < size; k++) {
      if (lines[at + k] !== lines[start + k]) return count;
    }
    count++;
  }
  return count;
}

function foldRepeats(view, lines) {
  const out = [];
  let at = 0;
  while (at < lines.length) {
    let best = 0;
    let size = 0;
    for (let n = 1; at + n * 2 <= lines.length; n++) {
      if (lines[at + n] !== lines[at]) continue;
      const covered = repeats(lines, at, n) * n;
      if (covered > best) {
        best = covered;
        size = n;
      }
    }
    if (best < FEWEST_FOLDED_LINES) {
      out.push(lines[at++]);
      continue;
    }
    for (let k = 0; k < size; k++) out.push(lines[at + k]);
    const times = best / size;
    const above = times === 1 ? 'lines ' : `${size} lines ${times} times`;
    out.push(view.stylize(`    ... collapsed ${best} duplicate lines matching above ${above}...`, 'undefined'));
    at += size + best;
  }
  return out;
}

function paintModules(view, line) {
  let out = '';
  let at = 0;
  const pattern = /[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)(?=[/\\])/g;
  for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
    const start = match.index + match[0].length - match[1].length;
    out += line.slice(at, start) + view.stylize(match[1], 'module');
    at = start + match[1].length;
  }
  return out + line.slice(at);
}

// Greys the working directory, with the parenthesis in front of it and the one at the end.
function paintDirectory(view, line, directory) {
  const at = line.indexOf(directory);
  if (at === -1) return line;
  let start = at;
  let end = at + directory.length;
  if (line.slice(start - 7, start) === 'file://') start -= 7;
  const open = line[start - 1] === '(';
  if (open) start--;
  if (line[end] === '/') end++;
  let rest = line.slice(end);
  if (open && rest.endsWith(')')) rest = `${rest.slice(0, -1)}${view.stylize(')', 'undefined')}`;
  return `${line.slice(0, start)}${view.stylize(line.slice(start, end), 'undefined')}${rest}`;
}

function isCoreFrame(line) {
  const match = /^ {4}at (?:.* \()?node:(.+?):\d+:\d+\)?$/.exec(line);
  if (match === null) return false;
  return require('util/internals').isCoreId(match[1]);
}

function paintFrames(view, lines) {
  let directory;
  let encoded;
  try {
    directory = process.cwd();
    encoded = encodeURI(directory).replaceAll('#', '%23').replaceAll('?', '%3F');
  } catch {
    // A directory that is gone greys nothing.
  }
  return lines.map((line) => {
    if (isCoreFrame(line)) return view.stylize(line, 'undefined');
    let out = paintModules(view, line);
    if (directory !== undefined) {
      const painted = paintDirectory(view, out, directory);
      out = painted === out && encoded !== directory ? paintDirectory(view, out, encoded) : painted;
    }
    return out;
  });
}

// ---- The whole ----

// What the stack says already is not repeated among the properties.
function dropRepeatedKeys(view, error, keys, stack) {
  if (view.showHidden || keys.length === 0) return;
  for (const name of ['name', 'message', 'stack']) {
    const at = keys.indexOf(name);
    if (at === -1) continue;
    let value;
    try {
      value = error[name];
    } catch {
      continue; // shown as the accessor that it is
    }
    if (typeof value !== 'string' || stack.includes(value)) keys.splice(at, 1);
  }
}

function addHiddenKeys(error, keys) {
  if (hasOwn.call(error, 'cause') && !keys.includes('cause')) keys.push('cause');
  if (hasOwn.call(error, 'errors') && Array.isArray(read(error, 'errors')) && !keys.includes('errors')) {
    keys.push('errors');
  }
}

// The text in front of the braces. Changes `keys`.
function errorText(view, error, named, tag, keys) {
  const name = read(error, 'name');
  const message = read(error, 'message');
  let stack = stackText(view, error);
  dropRepeatedKeys(view, error, keys, stack);
  addHiddenKeys(error, keys);
  const spelled = name === null || name === undefined ? 'Error' : `${String(name)}`;
  if (typeof name !== 'string' && name !== null && name !== undefined && named !== null &&
      stack.startsWith(spelled)) {
    stack = `${spelled} [${named}]${stack.slice(spelled.length)}`;
  } else {
    stack = improveHead(stack, named, spelled, tag);
  }
  let from = typeof message === 'string' && message !== '' ? stack.indexOf(message) : -1;
  if (from !== -1) from += message.length;
  const frames = stack.indexOf('\n    at', from === -1 ? 0 : from);
  if (frames === -1) {
    if (!stack.startsWith('[object ')) stack = `[${stack}]`;
  } else {
    let lines = foldShared(view, error, stack.slice(frames + 1).split('\n'));
    if (view.colors) lines = paintFrames(view, foldRepeats(view, lines));
    stack = `${stack.slice(0, frames)}\n${lines.join('\n')}`;
  }
  return view.indentation === 0 ? stack : stack.replaceAll('\n', `\n${view.margin()}`);
}

module.exports = { errorText };
