// SPDX-License-Identifier: MIT
//
// TextEncoder and TextDecoder. Idea: a decoder is its options plus an engine of one of four kinds (UTF-8, UTF-16,
// one byte per character, ICU converter); UTF-8 in one go, by far the commonest, goes straight to C. Streaming
// keeps the bytes of an unfinished character here and joins them with the next chunk.

'use strict';

const native = binding('encoding');
const { codes } = require('internal/errors');
const { kEmptyObject, customInspectSymbol } = require('internal/util');

const FATAL = 1;
const SKIP_BOM = 2;
const NOTHING = new Uint8Array(0);
const { isView } = ArrayBuffer;

// ---- Encoder ----

// Short plain texts are made here: cheaper than the way to C.
const SHORT = 48;

function encodeShort(text) {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 127) return native.encodeUtf8(text);
    bytes[i] = unit;
  }
  return bytes;
}

class TextEncoder {
  #brand;

  get encoding() {
    if (!(#brand in this)) throw new codes.ERR_INVALID_THIS('TextEncoder');
    return 'utf-8';
  }

  encode(input = '') {
    if (!(#brand in this)) throw new codes.ERR_INVALID_THIS('TextEncoder');
    const text = `${input}`;
    return text.length <= SHORT ? encodeShort(text) : native.encodeUtf8(text);
  }

  encodeInto(src, dest) {
    if (!(#brand in this)) throw new codes.ERR_INVALID_THIS('TextEncoder');
    if (typeof src !== 'string') require('internal/validators').validateString(src, 'src');
    if (!require('util/types').isUint8Array(dest)) {
      throw new codes.ERR_INVALID_ARG_TYPE('dest', 'Uint8Array', dest);
    }
    return encodeInto(src, dest);
  }

  [customInspectSymbol](depth) {
    if (!(#brand in this)) throw new codes.ERR_INVALID_THIS('TextEncoder');
    return typeof depth === 'number' && depth < 0 ? this : { encoding: 'utf-8' };
  }
}

function encodeInto(src, dest) {
  const room = dest.length;
  let read = 0;
  let written = 0;
  while (read < src.length) {
    let code = src.charCodeAt(read);
    if (code < 0x80) {
      if (written >= room) break;
      dest[written++] = code;
      read++;
      continue;
    }
    let units = 1;
    if ((code & 0xf800) === 0xd800) {
      const next = code < 0xdc00 ? src.charCodeAt(read + 1) : 0;
      if ((next & 0xfc00) === 0xdc00) {
        code = 0x10000 + ((code & 0x3ff) << 10) + (next & 0x3ff);
        units = 2;
      } else {
        code = 0xfffd;
      }
    }
    const size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (written + size > room) break;
    if (size === 2) {
      dest[written] = 0xc0 | (code >> 6);
    } else if (size === 3) {
      dest[written] = 0xe0 | (code >> 12);
      dest[written + 1] = 0x80 | ((code >> 6) & 63);
    } else {
      dest[written] = 0xf0 | (code >> 18);
      dest[written + 1] = 0x80 | ((code >> 12) & 63);
      dest[written + 2] = 0x80 | ((code >> 6) & 63);
    }
    dest[written + size - 1] = 0x80 | (code & 63);
    written += size;
    read += units;
  }
  return { read, written };
}

// Short plain text as a string, undefined where it is not plain. Eight at a time: calls with many arguments are cheap,
// spreading is not.
function decodeShort(bytes) {
  const { length } = bytes;
  let all = 0;
  for (let i = 0; i < length; i++) all |= bytes[i];
  if (all > 127) return undefined;
  let text = '';
  let i = 0;
  for (; i + 8 <= length; i += 8) {
    text += String.fromCharCode(bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3], bytes[i + 4], bytes[i + 5],
                                bytes[i + 6], bytes[i + 7]);
  }
  for (; i < length; i++) text += String.fromCharCode(bytes[i]);
  return text;
}

// ---- Decoding engines: each has run(bytes, flush), which returns undefined for ill-formed input when fatal ----

function join(head, bytes) {
  if (head.length === 0) return bytes;
  const all = new Uint8Array(head.length + bytes.length);
  all.set(head);
  all.set(bytes, head.length);
  return all;
}

// Common to encodings whose unfinished characters are kept as bytes.
class Buffered {
  constructor(flags, skipBom) {
    this.flags = flags;
    this.skipBom = skipBom;
    this.pending = NOTHING;
    this.started = false; // a byte order mark can only be at the very start
  }

  run(bytes, flush) {
    const all = join(this.pending, bytes);
    const tail = flush ? 0 : this.tail(all);
    const ready = tail === 0 ? all : all.subarray(0, all.length - tail);
    this.pending = tail === 0 ? NOTHING : all.slice(all.length - tail);
    const flags = this.flags | (this.skipBom && !this.started ? SKIP_BOM : 0);
    if (ready.length !== 0) this.started = true;
    const text = this.decode(ready, flags, flush);
    if (flush || text === undefined) {
      this.started = false;
      this.pending = NOTHING;
    }
    return text;
  }
}

class Utf8 extends Buffered {
  tail(bytes) { return native.utf8Tail(bytes); }
  decode(bytes, flags) { return native.decodeUtf8(bytes, flags); }
}

class Utf16 extends Buffered {
  constructor(flags, skipBom, big) {
    super(flags, skipBom);
    this.big = big;
  }

  // An odd byte, and a high surrogate whose partner may still come.
  tail(bytes) {
    const odd = bytes.length & 1;
    const end = bytes.length - odd;
    if (end < 2) return odd;
    const high = this.big ? bytes[end - 2] : bytes[end - 1];
    return (high & 0xfc) === 0xd8 ? odd + 2 : odd;
  }

  decode(bytes, flags) {
    const odd = bytes.length & 1;
    if (odd && (flags & FATAL)) return undefined;
    const text = native.decodeUtf16(odd ? bytes.subarray(0, bytes.length - 1) : bytes, flags, this.big);
    return odd ? `${text}\ufffd` : text;
  }
}

class SingleByte {
  constructor(flags, name) {
    this.flags = flags;
    this.table = tableOf(name);
  }

  run(bytes) { return native.decodeSingle(bytes, this.table, this.flags); }
}

// Where ICU's tables differ from the standard's: [byte - 128, code unit].
const CORRECTIONS = {
  'koi8-u': [[46, 0x45e], [62, 0x40e]],
  'windows-874': [91, 92, 93, 94, 124, 125, 126, 127].map((at) => [at, 0xfffd]),
  'windows-1253': [[42, 0xfffd]],
  'windows-1255': [[74, 0x5ba]],
};
const tables = new Map();

function tableOf(name) {
  let bytes = tables.get(name);
  if (bytes !== undefined) return bytes;
  if (name === 'iso-8859-16') {
    const { ISO_8859_16 } = require('web/encoding/labels');
    bytes = new Uint8Array(Uint16Array.from({ length: 128 },
                                            (_, i) => (i < 32 ? 128 + i : ISO_8859_16.charCodeAt(i - 32))).buffer);
  } else if (name === 'x-user-defined') {
    bytes = new Uint8Array(Uint16Array.from({ length: 128 }, (_, i) => 0xf780 + i).buffer);
  } else {
    bytes = native.singleByteTable(name === 'iso-8859-8-i' ? 'iso-8859-8' : name);
    if (bytes === undefined) return undefined;
    const units = new Uint16Array(bytes.buffer, bytes.byteOffset, 128);
    for (const [at, unit] of CORRECTIONS[name] ?? []) units[at] = unit;
  }
  tables.set(name, bytes);
  return bytes;
}

class Converter {
  constructor(handle) { this.handle = handle; }
  run(bytes, flush) { return native.convert(this.handle, bytes, flush); }
}

// Standard name -> ICU's converter that comes closest.
const CONVERTERS = {
  'gbk': 'gb18030',
  'gb18030': 'gb18030',
  'big5': 'Big5-HKSCS',
  'euc-jp': 'EUC-JP',
  'iso-2022-jp': 'ISO-2022-JP',
  'shift_jis': 'ibm-943_P15A-2003',
  'euc-kr': 'windows-949',
};

function engineFor(name, fatal, ignoreBOM) {
  const flags = fatal ? FATAL : 0;
  if (name === 'utf-8') return new Utf8(flags, !ignoreBOM);
  if (name === 'utf-16le' || name === 'utf-16be') return new Utf16(flags, !ignoreBOM, name === 'utf-16be');
  const icu = CONVERTERS[name];
  if (icu !== undefined) {
    const handle = native.openConverter(icu, fatal);
    return handle === undefined ? undefined : new Converter(handle);
  }
  const engine = new SingleByte(flags, name);
  return engine.table === undefined ? undefined : engine;
}

// ---- Decoder ----

function bytesOf(input) {
  if (isView(input)) {
    return input instanceof Uint8Array ? input : new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  }
  if (require('util/types').isAnyArrayBuffer(input)) return new Uint8Array(input);
  throw notBytes();
}

// Without the usual "Received ...", as in Node.
function notBytes() {
  const error = new TypeError('The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ' +
    'ArrayBufferView.');
  return Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
}

class TextDecoder {
  #encoding;
  #fatal;
  #ignoreBOM;
  #engine; // made at the first use that needs one

  constructor(encoding = 'utf-8', options = kEmptyObject) {
    const label = `${encoding}`;
    if (options !== kEmptyObject && options !== null && options !== undefined) {
      require('internal/validators').validateObject(options, 'options', { allowArray: true, allowFunction: true });
    }
    let name = 'utf-8';
    if (label !== 'utf-8' && label !== 'utf8') {
      name = require('web/encoding/labels').canonicalName(label);
      if (name === undefined || name === 'replacement') throw new codes.ERR_ENCODING_NOT_SUPPORTED(encoding);
    }
    this.#encoding = name;
    this.#fatal = Boolean(options?.fatal);
    this.#ignoreBOM = Boolean(options?.ignoreBOM);
    this.#engine = undefined;
    if (name !== 'utf-8') {
      this.#engine = engineFor(name, this.#fatal, this.#ignoreBOM);
      if (this.#engine === undefined) throw new codes.ERR_ENCODING_NOT_SUPPORTED(encoding);
    }
  }

  decode(input = NOTHING, options = kEmptyObject) {
    if (!(#encoding in this)) throw new codes.ERR_INVALID_THIS('TextDecoder');
    const bytes = bytesOf(input);
    let stream = false;
    if (options !== kEmptyObject && options !== null && options !== undefined) {
      require('internal/validators').validateObject(options, 'options', { allowArray: true, allowFunction: true });
      stream = Boolean(options.stream);
    }
    let text;
    if (this.#engine === undefined && !stream) {
      if (bytes.length <= SHORT) {
        text = decodeShort(bytes);
        if (text !== undefined) return text;
      }
      text = native.decodeUtf8(bytes, (this.#fatal ? FATAL : 0) | (this.#ignoreBOM ? 0 : SKIP_BOM));
    } else {
      this.#engine ??= engineFor('utf-8', this.#fatal, this.#ignoreBOM);
      text = this.#engine.run(bytes, !stream);
    }
    if (text === undefined) throw new codes.ERR_ENCODING_INVALID_ENCODED_DATA(this.#encoding, undefined);
    return text;
  }

  get encoding() {
    if (!(#encoding in this)) throw new codes.ERR_INVALID_THIS('TextDecoder');
    return this.#encoding;
  }

  get fatal() {
    if (!(#encoding in this)) throw new codes.ERR_INVALID_THIS('TextDecoder');
    return this.#fatal;
  }

  get ignoreBOM() {
    if (!(#encoding in this)) throw new codes.ERR_INVALID_THIS('TextDecoder');
    return this.#ignoreBOM;
  }

  [customInspectSymbol](_depth, options) {
    if (!(#encoding in this)) throw new codes.ERR_INVALID_THIS('TextDecoder');
    const shown = new Shown();
    shown.encoding = this.#encoding;
    shown.fatal = this.#fatal;
    shown.ignoreBOM = this.#ignoreBOM;
    if (options.showHidden) {
      shown[Symbol('flags')] = (this.#fatal ? 2 : 0) | (this.#ignoreBOM ? 4 : 0);
      shown[Symbol('handle')] = undefined;
    }
    return shown;
  }
}

// What inspect shows of a decoder: the name, and the getters' values as properties.
const Shown = { TextDecoder: class {} }.TextDecoder;
Object.defineProperty(Shown, 'name', { value: 'TextDecoder' });

function publish(Class, members) {
  for (const name of members) Object.defineProperty(Class.prototype, name, { enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}
publish(TextEncoder, ['encoding', 'encode', 'encodeInto']);
publish(TextDecoder, ['decode', 'encoding', 'fatal', 'ignoreBOM']);

module.exports = { TextDecoder, TextEncoder };
