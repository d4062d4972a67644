// SPDX-License-Identifier: MIT
//
// readline: which key does what (the table "TTY keybindings" of the documentation).
'use strict';

const controlKeys = {
  __proto__: null,
  a: '_lineStart', b: '_left', c: '_interrupt', d: '_deleteOrClose', e: '_lineEnd', f: '_right', h: '_deleteLeft', k: '_deleteLineRight',
  l: '_clearScreen', n: '_historyNext', p: '_historyPrev', u: '_deleteLineLeft', w: '_deleteWordLeft', y: '_yank', z: '_suspend',
  backspace: '_deleteWordLeft', delete: '_deleteWordRight', left: '_wordLeft', right: '_wordRight',
};
const controlShiftKeys = { __proto__: null, backspace: '_deleteLineLeft', delete: '_deleteLineRight' };
const metaKeys = {
  __proto__: null,
  b: '_wordLeft', f: '_wordRight', d: '_deleteWordRight', y: '_yankPop', delete: '_deleteWordRight', backspace: '_deleteWordLeft',
};
const plainKeys = {
  __proto__: null,
  return: '_return', enter: '_enter', backspace: '_deleteLeft', delete: '_deleteRight', left: '_left', right: '_right', home: '_lineStart',
  end: '_lineEnd', up: '_historyPrev', down: '_historyNext',
};

// A walk through the history with plain arrow keys keeps to what begins as the line does up to the cursor.
function updateSearch(iface, key) {
  const editing = iface._editing;
  const arrow = (key.name === 'up' || key.name === 'down') && !key.ctrl && !key.meta && !key.shift;
  if (arrow) {
    editing.search ??= iface.line.slice(0, iface.cursor);
  } else if (editing.search !== null) {
    editing.search = null;
    if (iface.history.length === iface.historyIndex) iface.historyIndex = -1;
  }
}

function insert(iface, text) {
  if (typeof text !== 'string' || text === '') return;
  const lines = text.split(/\r\n|\n|\r/);
  for (let i = 0; i < lines.length; i++) {
    if (i > 0) iface._line();
    if (lines[i] !== '') iface._insertString(lines[i]);
  }
}

function write(iface, text, key) {
  const editing = iface._editing;
  const previous = editing.lastKey;
  editing.lastKey = key;
  if (!key.meta || key.name !== 'y') editing.yanking = false;
  updateSearch(iface, key);
  // Which names these two keys have depends on the terminal.
  if (key.sequence === '\x1f') return iface._undo();
  if (key.sequence === '\x1e') return iface._redo();
  if (key.name === 'escape') return;
  if (key.ctrl && key.shift) return call(iface, controlShiftKeys[key.name]);
  if (key.ctrl) return call(iface, controlKeys[key.name]);
  if (key.meta) return call(iface, metaKeys[key.name]);
  if (key.name !== 'enter') iface._sawReturnAt = 0;
  if (plainKeys[key.name] !== undefined) return call(iface, plainKeys[key.name]);
  if (key.name === 'tab' && typeof iface.completer === 'function' && iface.isCompletionEnabled) {
    return iface._tabComplete(previous?.name === 'tab');
  }
  insert(iface, text);
}

function call(iface, method) {
  if (method !== undefined) iface[method]();
}

// A terminal that can do nothing (TERM=dumb): what is typed is printed.
function writeDumb(iface, text, key) {
  if (key.name === 'escape') return;
  if (key.name !== 'enter') iface._sawReturnAt = 0;
  if (key.ctrl) {
    if (key.name === 'c') iface._interrupt();
    else if (key.name === 'd') iface.close();
    return;
  }
  if (key.name === 'return') return iface._return();
  if (key.name === 'enter') return iface._enter();
  if (typeof text !== 'string' || text === '') return;
  iface.line += text;
  iface.cursor += text.length;
  iface._writeToOutput(text);
}

module.exports = { write, writeDumb };
