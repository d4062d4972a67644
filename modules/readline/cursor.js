// SPDX-License-Identifier: MIT
//
// readline: the control sequences that move the cursor of a terminal and clear parts of its screen.
'use strict';

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');

const clearToLineBeginning = '\x1b[1K';
const clearToLineEnd = '\x1b[0K';
const clearWholeLine = '\x1b[2K';
const clearDown = '\x1b[0J';

function clearLineText(direction) {
  if (direction < 0) return clearToLineBeginning;
  return direction > 0 ? clearToLineEnd : clearWholeLine;
}

function cursorToText(x, y) {
  return typeof y === 'number' ? `\x1b[${y + 1};${x + 1}H` : `\x1b[${x + 1}G`;
}

function moveCursorText(dx, dy) {
  let text = '';
  if (dx < 0) text += `\x1b[${-dx}D`;
  else if (dx > 0) text += `\x1b[${dx}C`;
  if (dy < 0) text += `\x1b[${-dy}A`;
  else if (dy > 0) text += `\x1b[${dy}B`;
  return text;
}

// Writes the text unless there is none, or nothing to write to; the callback is called in any case.
function put(stream, text, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (stream === null || stream === undefined || text === '') {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return stream.write(text, callback);
}

function clearLine(stream, dir, callback) {
  return put(stream, clearLineText(dir), callback);
}

function clearScreenDown(stream, callback) {
  return put(stream, clearDown, callback);
}

function cursorTo(stream, x, y, callback) {
  if (typeof y === 'function') {
    callback = y;
    y = undefined;
  }
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (Number.isNaN(x)) throw new codes.ERR_INVALID_ARG_VALUE('x', x);
  if (Number.isNaN(y)) throw new codes.ERR_INVALID_ARG_VALUE('y', y);
  if (stream === null || stream === undefined || (typeof x !== 'number' && typeof y !== 'number')) return put(null, '', callback);
  if (typeof x !== 'number') throw new codes.ERR_INVALID_CURSOR_POS();
  return put(stream, cursorToText(x, y), callback);
}

function moveCursor(stream, dx, dy, callback) {
  return put(stream, moveCursorText(dx, dy), callback);
}

module.exports = {
  clearDown, clearLine, clearLineText, clearScreenDown, cursorTo, cursorToText, moveCursor, moveCursorText,
};
