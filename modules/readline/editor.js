// SPDX-License-Identifier: MIT
//
// readline: the editing of a line on a terminal. Each function is a method of the interface (readline/interface adds them to its
// prototype), called by the key that it belongs to; the screen is redrawn by _refreshLine().
//
// Methods with an underscore are known to programs, which replace some of them (_writeToOutput, to hide a password): all calls go
// through `this`.
'use strict';

const { getStringWidth, stripVTControlCharacters } = require('util/inspect');
const cursors = require('readline/cursor');
const history = require('readline/history');

const undoLimit = 2048;
const killLimit = 32;

// The length of the character before or at a place: a surrogate pair counts as one.
function lengthBefore(text, index) {
  if (index <= 0) return 0;
  return index > 1 && text.codePointAt(index - 2) > 0xffff ? 2 : 1;
}

function lengthAt(text, index) {
  // At the end of the line the cursor moves on to where the next character will be.
  if (index >= text.length) return 1;
  return text.codePointAt(index) > 0xffff ? 2 : 1;
}

const isSpace = (character) => /\s/.test(character);
const isWord = (character) => /\w/.test(character);

// Spaces, then either a word or what is between words.
function wordStart(line, cursor) {
  let at = cursor;
  while (at > 0 && isSpace(line[at - 1])) at--;
  if (at > 0) {
    const word = isWord(line[at - 1]);
    while (at > 0 && !isSpace(line[at - 1]) && isWord(line[at - 1]) === word) at--;
  }
  return at;
}

// A word, or what is between words, and the spaces behind it.
function wordEnd(line, cursor) {
  const [taken] = /^(?:\s+|[^\w\s]+|\w+)\s*/.exec(line.slice(cursor)) ?? [''];
  return cursor + taken.length;
}

const methods = {
  // ---- What is on the screen ----

  // Where the cursor is behind this text, in rows and columns of the terminal.
  _getDisplayPos(text) {
    const { columns, tabSize } = this;
    let offset = 0;
    let rows = 0;
    for (const character of stripVTControlCharacters(text)) {
      if (character === '\n') {
        rows += Math.ceil(offset / columns) || 1;
        offset = 0;
      } else if (character === '\t') {
        offset += tabSize - (offset % tabSize);
      } else {
        const width = getStringWidth(character, false);
        if (width < 2) {
          offset += width;
        } else {
          if ((offset + 1) % columns === 0) offset++; // does not fit into the last column
          offset += 2;
        }
      }
    }
    const cols = offset % columns;
    return { cols, rows: rows + (offset - cols) / columns };
  },

  getCursorPos() {
    return this._getDisplayPos(this._prompt + this.line.slice(0, this.cursor));
  },

  _refreshLine() {
    const { output } = this;
    const text = this._prompt + this.line;
    const end = this._getDisplayPos(text);
    const at = this.getCursorPos();
    const previous = this.prevRows || 0;
    if (previous > 0) cursors.moveCursor(output, 0, -previous);
    cursors.cursorTo(output, 0);
    cursors.clearScreenDown(output);
    this._writeToOutput(text);
    if (end.cols === 0) this._writeToOutput(' '); // makes the terminal begin the row
    cursors.cursorTo(output, at.cols);
    if (end.rows > at.rows) cursors.moveCursor(output, 0, at.rows - end.rows);
    this.prevRows = at.rows;
  },

  _moveCursor(by) {
    if (by === 0) return;
    const before = this.getCursorPos();
    this.cursor = Math.min(Math.max(this.cursor + by, 0), this.line.length);
    const after = this.getCursorPos();
    if (before.rows === after.rows) cursors.moveCursor(this.output, after.cols - before.cols, 0);
    else this._refreshLine();
  },

  _clearScreen() {
    cursors.cursorTo(this.output, 0, 0);
    cursors.clearScreenDown(this.output);
    this._refreshLine();
  },

  // ---- Changes ----

  // Every change is preceded by this: what was there can be had back.
  _beforeEdit(text, cursor) {
    const { undo } = this._editing;
    undo.push({ text, cursor });
    if (undo.length > undoLimit) undo.shift();
  },

  _insertString(text) {
    this._beforeEdit(this.line, this.cursor);
    if (this.cursor < this.line.length) {
      this.line = this.line.slice(0, this.cursor) + text + this.line.slice(this.cursor);
      this.cursor += text.length;
      this._refreshLine();
      return;
    }
    const before = this.getCursorPos();
    this.line += text;
    this.cursor += text.length;
    if (before.rows < this.getCursorPos().rows) this._refreshLine();
    else this._writeToOutput(text);
  },

  // Takes from..to out of the line.
  _cut(from, to) {
    this._beforeEdit(this.line, this.cursor);
    const removed = this.line.slice(from, to);
    this.line = this.line.slice(0, from) + this.line.slice(to);
    this.cursor = from;
    this._refreshLine();
    return removed;
  },

  _deleteLeft() {
    if (this.cursor > 0 && this.line.length > 0) this._cut(this.cursor - lengthBefore(this.line, this.cursor), this.cursor);
  },
  _deleteRight() {
    if (this.cursor < this.line.length) this._cut(this.cursor, this.cursor + lengthAt(this.line, this.cursor));
  },
  _deleteWordLeft() {
    if (this.cursor > 0) this._cut(wordStart(this.line, this.cursor), this.cursor);
  },
  _deleteWordRight() {
    if (this.cursor < this.line.length) this._cut(this.cursor, wordEnd(this.line, this.cursor));
  },
  _deleteLineLeft() {
    this._remember(this._cut(0, this.cursor));
  },
  _deleteLineRight() {
    this._remember(this._cut(this.cursor, this.line.length));
  },

  // ---- The ring of deleted text ----

  _remember(text) {
    const editing = this._editing;
    if (!text || text === editing.ring[0]) return;
    editing.ring.unshift(text);
    editing.ringIndex = 0;
    if (editing.ring.length > killLimit) editing.ring.pop();
  },

  _yank() {
    const editing = this._editing;
    if (editing.ring.length === 0) return;
    editing.yanking = true;
    this._insertString(editing.ring[editing.ringIndex]);
  },

  // Directly after a yank: the text before, in its place.
  _yankPop() {
    const editing = this._editing;
    if (!editing.yanking || editing.ring.length < 2) return;
    const last = editing.ring[editing.ringIndex];
    editing.ringIndex = (editing.ringIndex + 1) % editing.ring.length;
    const head = this.line.slice(0, this.cursor - last.length) + editing.ring[editing.ringIndex];
    this.line = head + this.line.slice(this.cursor);
    this.cursor = head.length;
    this._refreshLine();
  },

  // ---- Undo ----

  _travel(from, to) {
    if (from.length === 0) return;
    to.push({ text: this.line, cursor: this.cursor });
    const { text, cursor } = from.pop();
    this.line = text;
    this.cursor = cursor;
    this._refreshLine();
  },
  _undo() {
    this._travel(this._editing.undo, this._editing.redo);
  },
  _redo() {
    this._travel(this._editing.redo, this._editing.undo);
  },

  // ---- Moves ----

  _left() { this._moveCursor(-lengthBefore(this.line, this.cursor)); },
  _right() { this._moveCursor(lengthAt(this.line, this.cursor)); },
  _lineStart() { this._moveCursor(-Infinity); },
  _lineEnd() { this._moveCursor(Infinity); },
  _wordLeft() {
    if (this.cursor > 0) this._moveCursor(wordStart(this.line, this.cursor) - this.cursor);
  },
  _wordRight() {
    if (this.cursor < this.line.length) this._moveCursor(wordEnd(this.line, this.cursor) - this.cursor);
  },

  _historyPrev() {
    this._beforeEdit(this.line, this.cursor);
    history.older(this, this._editing.search ?? '');
  },
  _historyNext() {
    this._beforeEdit(this.line, this.cursor);
    history.newer(this, this._editing.search ?? '');
  },
  _addHistory() {
    return history.add(this);
  },

  // ---- The end of the line ----

  clearLine() {
    this._moveCursor(Infinity);
    this._writeToOutput('\r\n');
    this.line = '';
    this.cursor = 0;
    this.prevRows = 0;
  },

  _line() {
    const line = this._addHistory();
    this._editing.undo = [];
    this._editing.redo = [];
    this.clearLine();
    this._onLine(line);
  },
};

// What an interface on a terminal carries along.
const newState = () => ({ undo: [], redo: [], ring: [], ringIndex: 0, yanking: false, search: null, lastKey: null });

module.exports = { methods, newState };
