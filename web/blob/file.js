// SPDX-License-Identifier: MIT
//
// File: a Blob with a name and a date. No state beside those two.
'use strict';

const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');
const { kPack } = require('web/structured_clone/protocol');
const { Blob } = require('web/blob');

class File extends Blob {
  #name;
  #lastModified;

  constructor(fileBits, fileName, options = undefined) {
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('fileBits', 'fileName');
    super(fileBits, options);
    const lastModified = options?.lastModified;
    this.#lastModified = lastModified === undefined ? Date.now() : Math.trunc(+lastModified) || 0;
    this.#name = `${fileName}`.toWellFormed();
  }

  get name() {
    if (this === null || typeof this !== 'object' || !(#name in this)) throw new codes.ERR_INVALID_THIS('File');
    return this.#name;
  }

  get lastModified() {
    if (this === null || typeof this !== 'object' || !(#name in this)) throw new codes.ERR_INVALID_THIS('File');
    return this.#lastModified;
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return '[File]';
    const { inspect } = require('util/inspect');
    const inner = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    const { size, type, name, lastModified } = this;
    return `File ${inspect({ size, type, name, lastModified }, inner)}`;
  }

  [kPack]() {
    const { data } = super[kPack]();
    return { deserializeInfo: 'web/blob/file:openFile', data: { blob: data, name: this.#name, lastModified: this.#lastModified } };
  }
}

function openFile({ blob, name, lastModified }) {
  const content = require('web/blob').openBlob(blob);
  return new File([content], name, { type: content.type, lastModified });
}

Object.defineProperties(File.prototype, {
  name: { enumerable: true },
  lastModified: { enumerable: true },
  [Symbol.toStringTag]: { configurable: true, value: 'File' },
});

module.exports = { File, openFile };
