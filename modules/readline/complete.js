// SPDX-License-Identifier: MIT
//
// readline: what Tab does: inserts what all completions have in common, and at the second Tab lists them in columns.
'use strict';

const { inspect, getStringWidth } = require('util/inspect');

// The interface pauses until the completer has answered; `settle` is called with what it said.
function ask(iface, complete, lastWasTab) {
  iface.pause();
  const text = iface.line.slice(0, iface.cursor);
  complete(text, (error, value) => {
    if (!iface.closed) iface.resume();
    if (error) iface._writeToOutput(`Tab completion error: ${inspect(error)}`);
    else apply(iface, value, lastWasTab);
  });
}

function apply(iface, value, lastWasTab) {
  if (!value || value[0].length === 0) return;
  const [completions, completeOn] = value;
  const prefix = commonPrefix(completions.filter((text) => text !== ''));
  if (prefix.startsWith(completeOn) && prefix.length > completeOn.length) {
    iface._insertString(prefix.slice(completeOn.length));
    return;
  }
  if (!completeOn.startsWith(prefix)) {
    // Written otherwise than the completions are, in case for example.
    const start = iface.cursor - completeOn.length;
    iface._beforeEdit(iface.line, iface.cursor);
    iface.line = iface.line.slice(0, start) + prefix + iface.line.slice(iface.cursor);
    iface.cursor = start + prefix.length;
    iface._refreshLine();
    return;
  }
  if (!lastWasTab) return;
  iface._beforeEdit(iface.line, iface.cursor);
  iface._writeToOutput(columns(completions, iface.columns));
  iface._refreshLine();
}

// Groups are separated by empty strings.
function columns(completions, available) {
  const widths = completions.map((text) => getStringWidth(text));
  const width = Math.max(...widths) + 2;
  let perLine = Math.floor(available / width) || 1;
  if (perLine === Infinity) perLine = 1;
  let output = '\r\n';
  let inLine = 0;
  let padding = 0;
  for (let i = 0; i < completions.length; i++) {
    const text = completions[i];
    if (text === '' || inLine === perLine) {
      output += '\r\n';
      inLine = 0;
      padding = 0;
    } else {
      output += ' '.repeat(padding);
    }
    if (text === '') {
      output += '\r\n';
    } else {
      output += text;
      padding = width - widths[i];
      inLine++;
    }
  }
  return inLine === 0 ? output : `${output}\r\n\r\n`;
}

function commonPrefix(texts) {
  if (texts.length === 0) return '';
  let prefix = texts[0];
  for (const text of texts) {
    let length = 0;
    while (length < prefix.length && prefix[length] === text[length]) length++;
    prefix = prefix.slice(0, length);
  }
  return prefix;
}

module.exports = { ask };
