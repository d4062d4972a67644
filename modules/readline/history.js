// SPDX-License-Identifier: MIT
//
// readline: the lines that were entered, newest first, and the walk through them. A walk that starts with text in the line visits only
// the lines that begin with it.
'use strict';

// Remembers the line that ends now; answers the line as listeners of 'history' left it.
function add(iface) {
  const { line, history } = iface;
  if (line.length === 0) return '';
  if (!history || !(iface.historySize > 0)) return line;
  if (line.trim().length === 0) return line;
  if (history.length === 0 || history[0] !== line) {
    if (iface.removeHistoryDuplicates) {
      const at = history.indexOf(line);
      if (at !== -1) history.splice(at, 1);
    }
    history.unshift(line);
    if (history.length > iface.historySize) history.pop();
  }
  iface.historyIndex = -1;
  iface.emit('history', history);
  return line;
}

function show(iface, index, prefix) {
  const { history } = iface;
  iface.line = index >= 0 && index < history.length ? history[index] : prefix;
  iface.historyIndex = index;
  iface.cursor = iface.line.length;
  iface._refreshLine();
}

function older(iface, prefix) {
  const { history, line } = iface;
  if (iface.historyIndex >= history.length || history.length === 0) return;
  let index = iface.historyIndex + 1;
  while (index < history.length && (!history[index].startsWith(prefix) || line === history[index])) index++;
  show(iface, index, prefix);
}

function newer(iface, prefix) {
  const { history, line } = iface;
  if (iface.historyIndex < 0) return;
  let index = iface.historyIndex - 1;
  while (index >= 0 && (!history[index].startsWith(prefix) || line === history[index])) index--;
  show(iface, index, prefix);
}

module.exports = { add, newer, older };
