// SPDX-License-Identifier: MIT
//
// util.styleText: a text in colours and styles. Idea: all opening codes in front, all closing ones behind, and
// inside, every closing code of the same kind is followed by opening ours again, so that styles nest.

'use strict';

const { codes } = require('internal/errors');
const { colors } = require('util/inspect_text');

const CLOSE_BOLD = 22; // closes bold and dim alike: one inside the other needs its close kept

function hasColors(stream) {
  const { env } = process;
  if (env.FORCE_COLOR !== undefined) return require('tty').WriteStream.prototype.getColorDepth() > 2;
  if (env.NO_COLOR !== undefined || env.NODE_DISABLE_COLORS !== undefined) return false;
  if (!stream?.isTTY) return false;
  return typeof stream.getColorDepth === 'function' ? stream.getColorDepth() > 2 : true;
}

function isStream(value) {
  return typeof value === 'object' && value !== null &&
    (typeof value.write === 'function' || typeof value.pipe === 'function' ||
     typeof value.getReader === 'function' || typeof value.getWriter === 'function');
}

function codesOf(style) {
  const pair = typeof style === 'string' || typeof style === 'symbol' ? colors[style] : undefined;
  if (pair === undefined) {
    require('internal/validators').validateOneOf(style, 'format', Object.keys(colors));
  }
  return pair;
}

function styleText(styles, text, options = {}) {
  const { validateString, validateBoolean, validateObject } = require('internal/validators');
  validateString(text, 'text');
  validateObject(options, 'options');
  const { validateStream = true, stream = process.stdout } = options;
  validateBoolean(validateStream, 'options.validateStream');
  let plain = false;
  if (validateStream) {
    if (!isStream(stream)) {
      throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
    }
    plain = !hasColors(stream);
  }
  const list = Array.isArray(styles) ? styles : [styles];
  let before = '';
  let after = '';
  let body = text;
  for (const style of list) {
    if (style === 'none') continue;
    const [open, close] = codesOf(style);
    const opening = `\u001b[${open}m`;
    const closing = `\u001b[${close}m`;
    before += opening;
    after = closing + after;
    // Inside, what closed this kind of style continues in ours; the very end needs no reopening.
    body = reopen(body, closing, opening, close === CLOSE_BOLD);
  }
  return plain ? text : before + body + after;
}

function reopen(body, closing, opening, keep) {
  const inner = keep ? closing + opening : opening;
  let out = '';
  let from = 0;
  for (let at = body.indexOf(closing); at !== -1; at = body.indexOf(closing, from)) {
    const end = at + closing.length;
    out += body.slice(from, at) + (end === body.length ? closing : inner);
    from = end;
  }
  return out + body.slice(from);
}

module.exports = { styleText, hasColors };
