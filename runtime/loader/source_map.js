// SPDX-License-Identifier: MIT
//
// SourceMap: a source map (version 3, also with sections) decoded, and positions looked up in it.
//
// The mappings are decoded when first asked for, into one flat Int32Array of six numbers a segment, sorted by generated
// position; a look-up is a binary search.
'use strict';

const SIZE = 6; // generated line, generated column, source, original line, original column, name
const NONE = -1; // a segment without a source or a name

// ---- Variable-length quantities ----

const digits = new Int8Array(128).fill(-1);
{
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  for (let i = 0; i < alphabet.length; i++) digits[alphabet.charCodeAt(i)] = i;
}

// Reads the numbers of the segments one after the other; `at` stands behind the last one read.
class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }
  // A segment's numbers end at a comma, a semicolon or the end. What is no digit is passed over.
  hasNumber() {
    const { text } = this;
    for (; this.at < text.length; this.at++) {
      const c = text.charCodeAt(this.at);
      if (c === 44 || c === 59) return false;
      if (c < 128 && digits[c] >= 0) return true;
    }
    return false;
  }
  // Five bits a digit, the lowest first; the sixth says that more follow. The lowest bit of all is the sign.
  number() {
    const { text } = this;
    let bits = 0;
    for (let shift = 0; this.at < text.length; shift += 5) {
      const c = text.charCodeAt(this.at);
      const digit = c < 128 ? digits[c] : -1;
      if (digit < 0) break;
      this.at++;
      if (shift < 32) bits |= (digit & 31) << shift;
      if ((digit & 32) === 0) break;
    }
    const value = bits >>> 1;
    if ((bits & 1) === 0) return value;
    return value === 0 ? -2147483648 : -value;
  }
}

// ---- Decoding ----

class Table {
  constructor() {
    this.segments = [];
    this.sources = [];
    this.names = [];
  }

  // Adds a map whose generated text begins at the given place.
  add(map, line, column) {
    if (Array.isArray(map.sections)) {
      for (const section of map.sections) {
        const { offset } = section;
        this.add(section.map, line + offset.line, offset.line === 0 ? column + offset.column : offset.column);
      }
      return;
    }
    const firstSource = this.sources.length;
    const firstName = this.names.length;
    for (const source of map.sources) this.sources.push(source);
    for (const name of map.names ?? []) this.names.push(name);
    this.decode(map.mappings, line, column, firstSource, firstName);
  }

  decode(mappings, firstLine, firstColumn, firstSource, firstName) {
    const { segments } = this;
    const reader = new Reader(mappings);
    let line = firstLine;
    let column = firstColumn;
    let source = 0;
    let originalLine = 0;
    let originalColumn = 0;
    let name = 0;
    while (reader.at < mappings.length) {
      const c = mappings.charCodeAt(reader.at);
      if (c === 44 || c === 59) {
        reader.at++;
        if (c === 59) {
          line++;
          column = 0;
        }
        continue;
      }
      if (!reader.hasNumber()) continue;
      column += reader.number();
      if (!reader.hasNumber()) {
        segments.push(line, column, NONE, 0, 0, NONE);
        continue;
      }
      source += reader.number();
      originalLine = (originalLine + reader.number()) | 0;
      originalColumn = (originalColumn + reader.number()) | 0;
      const named = reader.hasNumber();
      if (named) name += reader.number();
      segments.push(line, column, firstSource + source, originalLine, originalColumn, named ? firstName + name : NONE);
      while (reader.hasNumber()) reader.number();
    }
  }

  sorted() {
    const { segments } = this;
    for (let i = SIZE; i < segments.length; i += SIZE) {
      if (segments[i] > segments[i - SIZE] || (segments[i] === segments[i - SIZE] && segments[i + 1] >= segments[i + 1 - SIZE])) continue;
      return this.sort();
    }
    return Int32Array.from(segments);
  }

  sort() {
    const { segments } = this;
    const order = Array.from({ length: segments.length / SIZE }, (_, i) => i * SIZE);
    order.sort((a, b) => segments[a] - segments[b] || segments[a + 1] - segments[b + 1]);
    const result = new Int32Array(segments.length);
    order.forEach((from, i) => {
      for (let k = 0; k < SIZE; k++) result[i * SIZE + k] = segments[from + k];
    });
    return result;
  }
}

function copyOf(payload) {
  const copy = { ...payload };
  for (const name of ['sources', 'names', 'sourcesContent']) if (Array.isArray(copy[name])) copy[name] = copy[name].slice();
  if (Array.isArray(copy.sections)) {
    copy.sections = copy.sections.map((section) => ({ ...section, offset: { ...section.offset }, map: copyOf(section.map) }));
  }
  return copy;
}

class SourceMap {
  #payload;
  #lineLengths;
  #segments = null;
  #sources;
  #names;

  constructor(payload, { lineLengths } = {}) {
    require('internal/validators').validateObject(payload, 'payload');
    this.#payload = copyOf(payload);
    this.#lineLengths = Array.isArray(lineLengths) ? lineLengths.slice() : undefined;
  }

  get payload() {
    return copyOf(this.#payload);
  }

  get lineLengths() {
    return this.#lineLengths?.slice();
  }

  #decode() {
    const table = new Table();
    table.add(this.#payload, 0, 0);
    this.#sources = table.sources;
    this.#names = table.names;
    this.#segments = table.sorted();
  }

  // The segment at or before a generated position, both counted from 0; {} where nothing is.
  findEntry(lineOffset, columnOffset) {
    if (this.#segments === null) this.#decode();
    const segments = this.#segments;
    let low = 0;
    let high = segments.length / SIZE;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const line = segments[middle * SIZE];
      if (line > lineOffset || (line === lineOffset && segments[middle * SIZE + 1] > columnOffset)) high = middle;
      else low = middle + 1;
    }
    return low === 0 ? {} : this.#entry((low - 1) * SIZE);
  }

  #entry(at) {
    const segments = this.#segments;
    const source = segments[at + 2];
    const name = segments[at + 5];
    const known = source !== NONE;
    return {
      generatedLine: segments[at],
      generatedColumn: segments[at + 1],
      originalSource: known ? this.#sources[source] : undefined,
      originalLine: known ? segments[at + 3] : undefined,
      originalColumn: known ? segments[at + 4] : undefined,
      name: name === NONE ? undefined : this.#names[name],
    };
  }

  // The same for a position as call sites give it, counted from 1; the way into the segment is added.
  findOrigin(lineNumber, columnNumber) {
    const entry = this.findEntry(lineNumber - 1, columnNumber - 1);
    if (entry.originalSource === undefined) return {};
    return {
      name: entry.name,
      fileName: entry.originalSource,
      lineNumber: lineNumber + entry.originalLine - entry.generatedLine,
      columnNumber: columnNumber + entry.originalColumn - entry.generatedColumn,
    };
  }
}

module.exports = { SourceMap };
