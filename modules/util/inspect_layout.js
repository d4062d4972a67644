// SPDX-License-Identifier: MIT
//
// How the pieces of a container are put together: on one line, one per line, or in aligned columns.
// Idea: a piece is finished text; layout only measures it. `view` is the printer (util/inspect.js), which
// carries breakLength, compact, colors and the current indentation.

'use strict';

const { stringWidth, stripColors } = require('util/inspect_text');

// Containers whose pieces carry no keys may be set in columns.
const LIST = 1;
const OBJECT = 0;

const COLUMN_GAP = 2;
const MOST_COLUMNS = 15;
const FEWEST_PIECES = 7;

function measure(view, piece) {
  const { length } = piece;
  if (length < 12) {
    // Nearly always plain text.
    let i = 0;
    while (i < length && piece.charCodeAt(i) - 32 < 95 && piece.charCodeAt(i) >= 32) i++;
    if (i === length) return length;
  }
  return view.colors ? stringWidth(piece) : stringWidth(piece, false);
}

// The number of columns for pieces of these widths: a block about as high as it is wide (a character is
// about 2.5 times as high as wide), biased towards the typical piece rather than the widest one.
function columnCount(view, total, widest, count, all) {
  const bias = Math.sqrt(widest - total / all);
  const typical = Math.max(widest - 3 - bias, 1);
  return Math.min(
    Math.round(Math.sqrt(2.5 * typical * count) / typical),
    Math.floor((view.breakLength - view.indentation) / widest),
    view.compact * 4,
    MOST_COLUMNS);
}

function isNumeric(list) {
  for (let i = 0; i < list.length; i++) {
    const type = typeof list[i];
    if (type !== 'number' && type !== 'bigint') return false;
  }
  return true;
}

// Merges short pieces of a list into rows with aligned columns. `hasMore`: the last piece is the remark
// "... n more items", which stays on a line of its own.
function intoColumns(view, pieces, value, hasMore) {
  const count = hasMore ? pieces.length - 1 : pieces.length;
  const widths = new Array(count);
  let total = 0;
  let longest = 0;
  for (let i = 0; i < count; i++) {
    const width = measure(view, pieces[i]);
    widths[i] = width;
    total += width + COLUMN_GAP;
    if (width > longest) longest = width;
  }
  const widest = longest + COLUMN_GAP;
  const narrow = widest * 3 + view.indentation < view.breakLength;
  if (!narrow || !(total / widest > 5 || longest <= 6)) return pieces;
  const columns = columnCount(view, total, widest, count, pieces.length);
  if (columns <= 1) return pieces;

  const columnWidths = [];
  for (let c = 0; c < columns; c++) {
    let width = 0;
    for (let i = c; i < count; i += columns) width = Math.max(width, widths[i]);
    columnWidths.push(width + COLUMN_GAP);
  }
  const right = value !== undefined && isNumeric(value);
  const rows = [];
  for (let start = 0; start < count; start += columns) {
    const last = Math.min(start + columns, count) - 1;
    let row = '';
    for (let i = start; i <= last; i++) {
      // Every piece but the last of its row is followed by ", ", which is part of its column.
      const cell = i < last ? `${pieces[i]}, ` : pieces[i];
      const shown = i < last ? widths[i] + 2 : widths[i];
      const room = columnWidths[i - start] - (i < last ? 0 : COLUMN_GAP);
      const pad = room > shown ? ' '.repeat(room - shown) : '';
      if (right) row += pad + cell;
      else row += i < last ? cell + pad : cell;
    }
    rows.push(row);
  }
  if (hasMore) rows.push(pieces[count]);
  return rows;
}

function fitsOneLine(view, pieces, start, base) {
  let total = pieces.length + start;
  if (total + pieces.length > view.breakLength) return false;
  for (let i = 0; i < pieces.length; i++) {
    total += view.colors ? stripColors(pieces[i]).length : pieces[i].length;
    if (total > view.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

// Like Array.prototype.join, but by concatenation: the result stays a rope, so that nesting deeply does not copy
// the innermost texts once per level.
function chain(pieces, separator) {
  let out = pieces[0] ?? '';
  for (let i = 1; i < pieces.length; i++) out += separator + pieces[i];
  return out;
}

// `frame` is { open, close, base }: base is the text in front of the braces (a function, an error).
function assemble(view, pieces, frame, kind, depth, value) {
  const { open, close, base } = frame;
  const margin = ' '.repeat(view.indentation);
  const { compact } = view;
  if (compact === true) {
    if (fitsOneLine(view, pieces, 0, base)) {
      return `${open}${base ? ` ${base}` : ''} ${pieces.join(', ')} ${close}`;
    }
    const head = base === '' && open.length === 1 ? ' ' : `${base ? ` ${base}` : ''}\n${margin}  `;
    return `${open}${head}${chain(pieces, `,\n${margin}  `)} ${close}`;
  }
  const lead = base ? `${base} ${open}` : open;
  if (typeof compact === 'number' && compact >= 1) {
    const before = pieces.length;
    if (kind === LIST && before >= FEWEST_PIECES) {
      pieces = intoColumns(view, pieces, value, before > view.maxArrayLength);
    }
    // A container stays on one line when it holds at most `compact` levels and was not set in columns.
    if (view.deepest - depth < compact && before === pieces.length) {
      const start = pieces.length + view.indentation + open.length + base.length + 10;
      if (fitsOneLine(view, pieces, start, base)) {
        const line = pieces.join(', ');
        if (!line.includes('\n')) return `${lead} ${line} ${close}`;
      }
    }
  }
  return `${lead}\n${margin}  ${chain(pieces, `,\n${margin}  `)}\n${margin}${close}`;
}

module.exports = { LIST, OBJECT, assemble };
