// SPDX-License-Identifier: MIT
//
// The small text tools under util.inspect: colours, quoting and escaping of strings, numbers, and how wide
// a text is on a terminal. Idea: pure functions of their arguments, so that everything above stays testable;
// the only state is the two public tables `colors` and `styles`, which users may edit.

'use strict';

const colors = Object.create(null);
const styles = Object.create(null);

// Each row: name, opening code, closing code, then aliases (accessors, not enumerable).
const COLOR_ROWS = [
  ['reset', 0, 0], ['bold', 1, 22], ['dim', 2, 22, 'faint'], ['italic', 3, 23], ['underline', 4, 24],
  ['blink', 5, 25], ['inverse', 7, 27, 'swapcolors', 'swapColors'], ['hidden', 8, 28, 'conceal'],
  ['strikethrough', 9, 29, 'strikeThrough', 'crossedout', 'crossedOut'],
  ['doubleunderline', 21, 24, 'doubleUnderline'],
  ['black', 30, 39], ['red', 31, 39], ['green', 32, 39], ['yellow', 33, 39], ['blue', 34, 39],
  ['magenta', 35, 39], ['cyan', 36, 39], ['white', 37, 39],
  ['bgBlack', 40, 49], ['bgRed', 41, 49], ['bgGreen', 42, 49], ['bgYellow', 43, 49], ['bgBlue', 44, 49],
  ['bgMagenta', 45, 49], ['bgCyan', 46, 49], ['bgWhite', 47, 49],
  ['framed', 51, 54], ['overlined', 53, 55],
  ['gray', 90, 39, 'grey', 'blackBright'], ['redBright', 91, 39], ['greenBright', 92, 39],
  ['yellowBright', 93, 39], ['blueBright', 94, 39], ['magentaBright', 95, 39], ['cyanBright', 96, 39],
  ['whiteBright', 97, 39],
  ['bgGray', 100, 49, 'bgGrey', 'bgBlackBright'], ['bgRedBright', 101, 49], ['bgGreenBright', 102, 49],
  ['bgYellowBright', 103, 49], ['bgBlueBright', 104, 49], ['bgMagentaBright', 105, 49],
  ['bgCyanBright', 106, 49], ['bgWhiteBright', 107, 49],
];

for (const [name, open, close, ...aliases] of COLOR_ROWS) {
  colors[name] = [open, close];
  for (const alias of aliases) {
    Object.defineProperty(colors, alias, {
      get() { return this[name]; },
      set(pair) { this[name] = pair; },
      configurable: true,
      enumerable: false,
    });
  }
}

Object.assign(styles, {
  special: 'cyan',
  number: 'yellow',
  bigint: 'yellow',
  boolean: 'yellow',
  undefined: 'grey',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  regexp: highlightRegExp,
  module: 'underline',
});

// The set of colours a nested regular expression cycles through, by depth of the group.
highlightRegExp.colors = ['green', 'red', 'yellow', 'cyan', 'magenta'];

function highlightRegExp(text) {
  return require('util/inspect_regexp').highlight(text, highlightRegExp.colors, colors);
}

function paint(text, style) {
  const choice = styles[style];
  if (choice === undefined) return text;
  if (typeof choice === 'function') return choice(text);
  const pair = colors[choice];
  return pair === undefined ? text : `\u001b[${pair[0]}m${text}\u001b[${pair[1]}m`;
}

function plain(text) {
  return text;
}

// ---- Control sequences ----

// CSI, OSC (with BEL, ESC \ or ST as its end) and the shorter escapes.
 
const CONTROL = /(?:\u001b\][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c))|[\u001b\u009b][[\]()#;?]*(?:(?:\d{1,4}(?:[;:]\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~])/g;
 
const SGR = /\u001b\[\d\d?m/g;

function stripControl(text) {
  return text.indexOf('\u001b') === -1 && text.indexOf('\u009b') === -1 ? text : text.replace(CONTROL, '');
}

function stripColors(text) {
  return text.replace(SGR, '');
}

// ---- Strings ----

 
const MUST_ESCAPE = /[\u0000-\u001f'\\\u007f-\u009f\ud800-\udfff]/;
 
const ESCAPE_SINGLE = /[\u0000-\u001f'\\\u007f-\u009f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
 
const ESCAPE_OTHER = /[\u0000-\u001f\\\u007f-\u009f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const SHORT_ESCAPES = { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r', 39: "\\'", 92: '\\\\' };

function escapeOne(unit) {
  const code = unit.charCodeAt(0);
  const short = SHORT_ESCAPES[code];
  if (short !== undefined) return short;
  const hex = code.toString(16);
  if (code >= 0xd800) return `\\u${hex}`;
  return `\\x${code < 16 ? '0' : ''}${hex.toUpperCase()}`;
}

// Quotes a string as source text, with the quote that needs the fewest escapes.
function quote(text) {
  if (!MUST_ESCAPE.test(text)) return `'${text}'`;
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes('`') && !text.includes('${')) mark = '`';
  }
  return mark + text.replace(mark === "'" ? ESCAPE_SINGLE : ESCAPE_OTHER, escapeOne) + mark;
}

// ---- Numbers ----

function groupFromRight(digits) {
  let out = '';
  let end = digits.length;
  for (; end > 3; end -= 3) out = `_${digits.slice(end - 3, end)}${out}`;
  return digits.slice(0, end) + out;
}

function groupFromLeft(digits) {
  let out = digits.slice(0, 3);
  for (let at = 3; at < digits.length; at += 3) out += `_${digits.slice(at, at + 3)}`;
  return out;
}

function numberText(value, separate) {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const text = `${value}`;
  if (!separate || !Number.isFinite(value) || text.includes('e')) return text;
  const sign = text[0] === '-' ? '-' : '';
  const [whole, fraction] = text.slice(sign.length).split('.');
  return sign + groupFromRight(whole) + (fraction === undefined ? '' : `.${groupFromLeft(fraction)}`);
}

function bigintText(value, separate) {
  const text = `${value}`;
  if (!separate) return `${text}n`;
  const sign = text[0] === '-' ? '-' : '';
  return `${sign}${groupFromRight(text.slice(sign.length))}n`;
}

// ---- Width on a terminal ----

function isWide(code) {
  return code >= 0x1100 && (
    code <= 0x115f || code === 0x2329 || code === 0x232a ||
    (code >= 0x2e80 && code <= 0x3247 && code !== 0x303f) ||
    (code >= 0x3250 && code <= 0x4dbf) || (code >= 0x4e00 && code <= 0xa4c6) ||
    (code >= 0xa960 && code <= 0xa97c) || (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) || (code >= 0xfe10 && code <= 0xfe19) ||
    (code >= 0xfe30 && code <= 0xfe6b) || (code >= 0xff01 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) || (code >= 0x1b000 && code <= 0x1b001) ||
    (code >= 0x1f200 && code <= 0x1f251) || (code >= 0x1f300 && code <= 0x1f64f) ||
    (code >= 0x1f680 && code <= 0x1f6ff) || (code >= 0x1f900 && code <= 0x1f9ff) ||
    (code >= 0x20000 && code <= 0x3fffd));
}

function isZeroWidth(code) {
  return code <= 0x1f || (code >= 0x7f && code <= 0x9f) || (code >= 0x300 && code <= 0x36f) ||
    (code >= 0x200b && code <= 0x200f) || (code >= 0x20d0 && code <= 0x20ff) ||
    (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xfe20 && code <= 0xfe2f) ||
    (code >= 0xe0100 && code <= 0xe01ef);
}

 
const PRINTABLE_ASCII = /^[\u0020-\u007e]*$/;

// Columns that the text takes. Emoji sequences count as their base character.
function stringWidth(text, strip = true) {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  if (strip) text = stripControl(text);
  let width = 0;
  for (const char of text.normalize('NFC')) {
    const code = char.codePointAt(0);
    if (isWide(code)) width += 2;
    else if (!isZeroWidth(code)) width++;
  }
  return width;
}

module.exports = {
  bigintText,
  colors,
  numberText,
  paint,
  plain,
  quote,
  stringWidth,
  stripColors,
  stripControl,
  styles,
};
