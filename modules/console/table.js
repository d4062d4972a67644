// SPDX-License-Identifier: MIT
//
// console.table: rows of objects as a box.
// Idea: first everything becomes a list of columns, each a header and one text per row; then the box is drawn
// around texts padded to their width on the terminal.
'use strict';

const { getStringWidth, inspect } = require('util/inspect');
const types = require('util/types');

const INDEX = '(index)';
const ITERATION = '(iteration index)';
const VALUES = 'Values';

function cell(value, options) {
  const depth = value !== null && typeof value === 'object' && !Array.isArray(value) &&
    Object.keys(value).length > 2 ? -1 : 0;
  return inspect(value, { maxArrayLength: 3, breakLength: Infinity, ...options, depth });
}

// The entries of a Map, Set or one of their iterators as [headers, columns]; undefined for anything else.
function collectionColumns(data, options) {
  const show = (value) => cell(value, options);
  if (types.isMap(data)) return pairColumns([...data], show);
  if (types.isSet(data)) return valueColumns([...data], show);
  if (types.isMapIterator(data)) {
    // Peek without moving the iterator on.
    const [entries, paired] = require('util/internals').previewEntries(data);
    return paired ? pairColumns(inPairs(entries), show) : valueColumns(entries, show);
  }
  if (types.isSetIterator(data)) {
    return valueColumns(require('util/internals').previewEntries(data)[0], show);
  }
  return undefined;
}

function inPairs(flat) {
  const pairs = [];
  for (let i = 0; i < flat.length; i += 2) pairs.push([flat[i], flat[i + 1]]);
  return pairs;
}

function counted(count) {
  return Array.from({ length: count }, (_, i) => String(i));
}

function pairColumns(pairs, show) {
  return {
    headers: [ITERATION, 'Key', VALUES],
    columns: [counted(pairs.length), pairs.map((pair) => show(pair[0])), pairs.map((pair) => show(pair[1]))],
  };
}

function valueColumns(values, show) {
  return { headers: [ITERATION, VALUES], columns: [counted(values.length), values.map(show)] };
}

// Objects: one row per own key, one column per key of the rows, and one for rows that are no objects.
function objectColumns(data, properties, options) {
  const index = Object.keys(data);
  const byKey = new Map();
  const values = [];
  let hasValues = false;
  if (properties !== undefined) for (const key of properties) byKey.set(key, []);
  for (let row = 0; row < index.length; row++) {
    const item = data[index[row]];
    const isSimple = item === null || (typeof item !== 'object' && typeof item !== 'function');
    if (isSimple) {
      if (properties === undefined) {
        hasValues = true;
        values[row] = cell(item, options);
      }
      continue;
    }
    for (const key of properties ?? Object.keys(item)) {
      if (!byKey.has(key)) byKey.set(key, []);
      if (Object.hasOwn(item, key)) byKey.get(key)[row] = cell(item[key], options);
    }
  }
  const headers = [INDEX, ...byKey.keys()];
  const columns = [index, ...byKey.values()];
  if (hasValues) {
    headers.push(VALUES);
    columns.push(values);
  }
  return { headers, columns };
}

function draw(data, properties, options) {
  const { headers, columns } = collectionColumns(data, options) ?? objectColumns(data, properties, options);
  const rows = columns[0].length;
  const widths = columns.map((column, i) => {
    let width = getStringWidth(String(headers[i]));
    for (let row = 0; row < rows; row++) {
      if (column[row] !== undefined) width = Math.max(width, getStringWidth(column[row]));
    }
    return width;
  });
  const lines = widths.map((width) => '\u2500'.repeat(width + 2));
  const out = [
    `\u250c${lines.join('\u252c')}\u2510`,
    rowText(headers, widths),
    `\u251c${lines.join('\u253c')}\u2524`,
  ];
  for (let row = 0; row < rows; row++) out.push(rowText(columns.map((column) => column[row]), widths));
  out.push(`\u2514${lines.join('\u2534')}\u2518`);
  return out.join('\n');
}

function rowText(cells, widths) {
  const padded = cells.map((text, i) => {
    text = text === undefined ? '' : String(text);
    return ` ${text}${' '.repeat(widths[i] - getStringWidth(text))} `;
  });
  return `\u2502${padded.join('\u2502')}\u2502`;
}

module.exports = { draw };
