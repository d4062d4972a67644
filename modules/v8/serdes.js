// SPDX-License-Identifier: MIT
//
// v8.Serializer, v8.Deserializer and their Default forms: values as bytes, in the wire format that Node writes
// (version 15), so that files and channels are shared with it. Reading trusts nothing: lengths are checked before
// memory is taken.

'use strict';

const { Buffer } = require('buffer');
const { FastBuffer } = require('internal/fast_buffer');
const { codes } = require('internal/errors');

const VERSION = 15;
const viewTypes = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array,
                   DataView, FastBuffer, BigInt64Array, BigUint64Array, Float16Array];
const FAST_BUFFER = 10;
const viewTags = 'bBCwWdDfF? qQh'; // by position in viewTypes; ' ' has none
const errorTags = { __proto__: null, EvalError: 'E', RangeError: 'R', ReferenceError: 'F', SyntaxError: 'S', TypeError: 'T', URIError: 'U' };
const errorClasses = { __proto__: null, E: EvalError, R: RangeError, F: ReferenceError, S: SyntaxError, T: TypeError, U: URIError };
const regexpFlags = 'gimyus_dv'; // by bit; the seventh is an engine's own
const MAX_INDEX = 2 ** 32 - 1;

function isView(value) {
  return ArrayBuffer.isView(value);
}

// ---- Writing ----

class Serializer {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  #ids = new Map();
  #transfers = new Map();
  #viewsAreHostObjects = false;

  #room(count) {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const bytes = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }

  #byte(value) {
    this.#room(1);
    this.#bytes[this.#length++] = value;
  }

  #tag(character) {
    this.#byte(character.charCodeAt(0));
  }

  #varint(value) {
    while (value >= 128) {
      this.#byte((value % 128) | 128);
      value = Math.floor(value / 128);
    }
    this.#byte(value);
  }

  #double(value) {
    this.#room(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  #raw(bytes) {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  writeHeader() {
    this.#byte(0xff);
    this.#byte(VERSION);
  }

  writeValue(value) {
    this.#value(value);
    return true;
  }

  releaseBuffer() {
    const result = Buffer.from(this.#bytes.buffer, 0, this.#length);
    this.#bytes = new Uint8Array(256);
    this.#view = new DataView(this.#bytes.buffer);
    this.#length = 0;
    return result;
  }

  transferArrayBuffer(id, buffer) { this.#transfers.set(buffer, id >>> 0); }
  writeUint32(value) { this.#varint(value >>> 0); }
  writeUint64(high, low) { this.#bigVarint((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)); }
  writeDouble(value) { this.#double(+value); }

  writeRawBytes(source) {
    if (!isView(source)) throw new TypeError('source must be a TypedArray or a DataView');
    this.#raw(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
  }

  _setTreatArrayBufferViewsAsHostObjects(on) { this.#viewsAreHostObjects = Boolean(on); }

  #bigVarint(value) {
    while (value >= 128n) {
      this.#byte(Number(value & 127n) | 128);
      value >>= 7n;
    }
    this.#byte(Number(value));
  }

  #refuse(text) {
    throw new this._getDataCloneError(`${text} could not be cloned.`);
  }

  #value(value) {
    switch (typeof value) {
      case 'undefined': return this.#tag('_');
      case 'boolean': return this.#tag(value ? 'T' : 'F');
      case 'number': return this.#number(value);
      case 'string': return this.#string(value);
      case 'bigint':
        this.#tag('Z');
        return this.#bigint(value);
      case 'object': return value === null ? this.#tag('0') : this.#object(value);
      case 'symbol': return this.#refuse(String(value));
      default: return this.#refuse(Function.prototype.toString.call(value));
    }
  }

  #number(value) {
    if ((value | 0) === value && !Object.is(value, -0)) {
      this.#tag('I');
      this.#varint(((value << 1) ^ (value >> 31)) >>> 0);
    } else {
      this.#tag('N');
      this.#double(value);
    }
  }

  #string(text) {
    let wide = false;
    for (let i = 0; i < text.length && !wide; i++) wide = text.charCodeAt(i) > 255;
    if (!wide) {
      this.#tag('"');
      this.#varint(text.length);
      this.#raw(Buffer.from(text, 'latin1'));
      return;
    }
    const bytes = text.length * 2;
    let prefix = 1;
    for (let rest = bytes; rest >= 128; rest >>>= 7) prefix++;
    if ((this.#length + 1 + prefix) & 1) this.#byte(0); // the units are aligned
    this.#tag('c');
    this.#varint(bytes);
    this.#raw(Buffer.from(text, 'utf16le'));
  }

  #bigint(value) {
    const negative = value < 0n;
    let rest = negative ? -value : value;
    const words = [];
    while (rest > 0n) {
      words.push(rest & 0xffffffffffffffffn);
      rest >>= 64n;
    }
    this.#varint(words.length * 16 + (negative ? 1 : 0));
    for (const word of words) {
      this.#room(8);
      this.#view.setBigUint64(this.#length, word, true);
      this.#length += 8;
    }
  }

  #object(value) {
    const known = this.#ids.get(value);
    if (known !== undefined) {
      this.#tag('^');
      this.#varint(known);
      return;
    }
    if (isView(value) && !this.#viewsAreHostObjects) {
      // The buffer comes first, then the view of it.
      if (!this.#ids.has(value.buffer)) this.#object(value.buffer);
    }
    this.#ids.set(value, this.#ids.size);
    this.#contents(value);
  }

  #contents(value) {
    const types = require('util/types');
    if (types.isProxy(value)) return this.#refuse('#<Object>');
    if (Array.isArray(value)) return this.#array(value);
    if (isView(value)) return this.#viewsAreHostObjects ? this.#host(value) : this.#viewOf(value);
    if (types.isDate(value)) return this.#tagged('D', Date.prototype.getTime.call(value));
    if (types.isAnyArrayBuffer(value)) return this.#buffer(value, types);
    if (types.isMap(value)) return this.#map(value);
    if (types.isSet(value)) return this.#set(value);
    if (types.isRegExp(value)) return this.#regexp(value);
    if (types.isBoxedPrimitive(value)) return this.#boxed(value, types);
    if (types.isNativeError(value)) return this.#error(value);
    if (types.isWeakMap(value) || types.isWeakSet(value) || types.isPromise(value) || types.isGeneratorObject(value) ||
        value instanceof WeakRef) {
      return this.#refuse(`#<${value.constructor?.name || 'Object'}>`);
    }
    if (isHostObject(value)) return this.#host(value);
    this.#tag('o');
    const count = this.#properties(value, Object.keys(value));
    this.#tag('{');
    this.#varint(count);
  }

  #tagged(tag, number) {
    this.#tag(tag);
    this.#double(number);
  }

  #properties(value, keys) {
    let count = 0;
    for (const key of keys) {
      if (!Object.hasOwn(value, key)) continue; // a getter may have removed it
      const content = value[key];
      const index = Number(key);
      if (String(index >>> 0) === key && index < MAX_INDEX) this.#number(index);
      else this.#string(key);
      this.#value(content);
      count++;
    }
    return count;
  }

  #array(value) {
    const { length } = value;
    const keys = Object.keys(value);
    let dense = keys.length >= length;
    for (let i = 0; i < length && dense; i++) dense = Object.hasOwn(value, i);
    this.#tag(dense ? 'A' : 'a');
    this.#varint(length);
    if (dense) for (let i = 0; i < length; i++) this.#value(value[i]);
    const count = this.#properties(value, dense ? keys.slice(length) : keys);
    this.#tag(dense ? '$' : '@');
    this.#varint(count);
    this.#varint(length);
  }

  #map(value) {
    this.#tag(';');
    const entries = [...Map.prototype.entries.call(value)];
    for (const [key, content] of entries) {
      this.#value(key);
      this.#value(content);
    }
    this.#tag(':');
    this.#varint(entries.length * 2);
  }

  #set(value) {
    this.#tag('\'');
    const entries = [...Set.prototype.values.call(value)];
    for (const content of entries) this.#value(content);
    this.#tag(',');
    this.#varint(entries.length);
  }

  #regexp(value) {
    this.#tag('R');
    this.#string(value.source);
    let bits = 0;
    for (const flag of value.flags) bits |= 1 << regexpFlags.indexOf(flag);
    this.#varint(bits);
  }

  #boxed(value, types) {
    if (types.isNumberObject(value)) return this.#tagged('n', Number(value));
    if (types.isBooleanObject(value)) return this.#tag(Boolean.prototype.valueOf.call(value) ? 'y' : 'x');
    if (types.isStringObject(value)) {
      this.#tag('s');
      return this.#string(String(value));
    }
    if (types.isSymbolObject(value)) return this.#refuse('#<Symbol>');
    this.#tag('z');
    this.#bigint(BigInt.prototype.valueOf.call(value));
  }

  #error(value) {
    this.#tag('r');
    const kind = errorTags[value.name];
    if (kind !== undefined) this.#tag(kind);
    const message = Object.getOwnPropertyDescriptor(value, 'message');
    if (message !== undefined) {
      this.#tag('m');
      this.#string(String(message.value));
    }
    const { stack } = value;
    if (typeof stack === 'string') {
      this.#tag('s');
      this.#string(stack);
    }
    if (Object.hasOwn(value, 'cause')) {
      this.#tag('c');
      this.#value(value.cause);
    }
    this.#tag('.');
  }

  #buffer(value, types) {
    if (types.isSharedArrayBuffer(value)) {
      if (typeof this._getSharedArrayBufferId !== 'function') return this.#refuse('#<SharedArrayBuffer>');
      this.#tag('u');
      return this.#varint(this._getSharedArrayBufferId(value) >>> 0);
    }
    const id = this.#transfers.get(value);
    if (id !== undefined) {
      this.#tag('t');
      return this.#varint(id);
    }
    if (value.detached) throw new this._getDataCloneError('An ArrayBuffer is detached and could not be cloned.');
    this.#tag('B');
    this.#varint(value.byteLength);
    this.#raw(new Uint8Array(value));
  }

  #viewOf(value) {
    this.#tag('V');
    const at = viewTypes.findIndex((type, i) => i !== FAST_BUFFER && value instanceof type);
    this.#tag(viewTags[at]);
    this.#varint(value.byteOffset);
    this.#varint(value.byteLength);
    this.#varint(0);
  }

  #host(value) {
    this.#tag('\\');
    if (typeof this._writeHostObject !== 'function') {
      throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_writeHostObject()');
    }
    this._writeHostObject(value);
  }
}
Serializer.prototype._getDataCloneError = Error;

// Objects with a part in C: their properties do not say what they are.
function isHostObject(value) {
  return Object.prototype.toString.call(value) === '[object NativeHandle]';
}

// ---- Reading ----

function broken() {
  return new Error('Unable to deserialize cloned data.');
}

class Deserializer {
  #bytes;
  #view;
  #at = 0;
  #version = 0;
  #objects = [];
  #transfers = new Map();

  constructor(buffer) {
    if (!isView(buffer)) throw new TypeError('buffer must be a TypedArray or a DataView');
    this.buffer = buffer;
    this.#bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    this.#view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  }

  readHeader() {
    if (this.#bytes[0] !== 0xff || this.#bytes[1] === undefined || this.#bytes[1] > VERSION) {
      throw new Error('Unable to deserialize cloned data due to invalid or unsupported version.');
    }
    this.#at = 1;
    this.#version = this.#varint();
    return true;
  }

  getWireFormatVersion() { return this.#version; }
  transferArrayBuffer(id, buffer) { this.#transfers.set(id >>> 0, buffer); }

  readValue() { return this.#value(); }

  readUint32() {
    const value = this.#bigVarint('ReadUint32() failed');
    return Number(value & 0xffffffffn);
  }

  readUint64() {
    const value = this.#bigVarint('ReadUint64() failed');
    return [Number((value >> 32n) & 0xffffffffn), Number(value & 0xffffffffn)];
  }

  readDouble() {
    if (this.#bytes.length - this.#at < 8) throw new Error('ReadDouble() failed');
    return this.#double();
  }

  readRawBytes(length) {
    const offset = this._readRawBytes(length);
    const { buffer } = this;
    return new FastBuffer(buffer.buffer, buffer.byteOffset + offset, length);
  }

  // Their place in the buffer.
  _readRawBytes(length) {
    if (!(length <= this.#bytes.length - this.#at)) throw new Error('ReadRawBytes() failed');
    const offset = this.#at;
    this.#at += length;
    return offset;
  }

  #byte() {
    if (this.#at >= this.#bytes.length) throw broken();
    return this.#bytes[this.#at++];
  }

  #varint() {
    let value = 0;
    let factor = 1;
    for (let i = 0; i < 5; i++) {
      const byte = this.#byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value % 2 ** 32;
      factor *= 128;
    }
    throw broken();
  }

  #bigVarint(message) {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (this.#at >= this.#bytes.length) break;
      const byte = this.#bytes[this.#at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new Error(message);
  }

  #double() {
    if (this.#bytes.length - this.#at < 8) throw broken();
    const value = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    return value;
  }

  #take(length) {
    if (length > this.#bytes.length - this.#at) throw broken();
    const part = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return new FastBuffer(part.buffer, part.byteOffset, length);
  }

  #tag() {
    let tag = this.#byte();
    while (tag === 0) tag = this.#byte(); // padding
    return String.fromCharCode(tag);
  }

  #peek() {
    let at = this.#at;
    while (this.#bytes[at] === 0) at++;
    return String.fromCharCode(this.#bytes[at]);
  }

  #keep(object) {
    this.#objects.push(object);
    return object;
  }

  #text() {
    const value = this.#value();
    if (typeof value !== 'string') throw broken();
    return value;
  }

  #value() {
    const tag = this.#tag();
    switch (tag) {
      case '_': return undefined;
      case '0': return null;
      case 'T': return true;
      case 'F': return false;
      case 'I': {
        const bits = this.#varint();
        return (bits >>> 1) ^ -(bits & 1);
      }
      case 'U': return this.#varint();
      case 'N': return this.#double();
      case 'Z': return this.#bigint();
      case '"': return this.#take(this.#varint()).latin1Slice();
      case 'S': return this.#take(this.#varint()).utf8Slice();
      case 'c': return this.#take(this.#varint()).ucs2Slice();
      default: return this.#withView(this.#object(tag));
    }
  }

  #bigint() {
    const bits = this.#varint();
    const bytes = this.#take(bits >>> 1);
    let value = 0n;
    for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]);
    return bits & 1 ? -value : value;
  }

  #object(tag) {
    switch (tag) {
      case '^': return this.#reference();
      case 'o': return this.#properties(this.#keep({}), '{');
      case 'A': return this.#dense();
      case 'a': return this.#sparse();
      case 'D': return this.#keep(new Date(this.#double()));
      case 'n': return this.#keep(new Number(this.#double()));
      case 'y': return this.#keep(new Boolean(true));
      case 'x': return this.#keep(new Boolean(false));
      case 's': return this.#boxedText();
      case 'z': return this.#keep(Object(this.#bigint()));
      case 'R': return this.#regexp();
      case ';': return this.#map();
      case '\'': return this.#set();
      case 'B': return this.#buffer();
      case 't': return this.#transferred();
      case 'r': return this.#error();
      case '\\': return this.#host();
      default: throw broken();
    }
  }

  #reference() {
    const id = this.#varint();
    if (id >= this.#objects.length) throw broken();
    return this.#objects[id];
  }

  #boxedText() {
    const at = this.#objects.length;
    this.#objects.push(undefined);
    return (this.#objects[at] = new String(this.#text()));
  }

  #properties(object, end) {
    let count = 0;
    while (this.#peek() !== end) {
      const key = this.#value();
      if (typeof key !== 'string' && typeof key !== 'number') throw broken();
      Object.defineProperty(object, key, { value: this.#value(), writable: true, enumerable: true, configurable: true });
      count++;
    }
    this.#tag();
    if (this.#varint() !== count) throw broken();
    return object;
  }

  #dense() {
    const length = this.#varint();
    if (length > this.#bytes.length - this.#at) throw broken(); // each element takes a byte
    const array = this.#keep(new Array(length));
    for (let i = 0; i < length; i++) {
      if (this.#peek() === '-') this.#tag(); // a hole
      else array[i] = this.#value();
    }
    this.#properties(array, '$');
    if (this.#varint() !== length) throw broken();
    return array;
  }

  #sparse() {
    const length = this.#varint();
    const array = this.#keep([]);
    array.length = length;
    this.#properties(array, '@');
    if (this.#varint() !== length) throw broken();
    return array;
  }

  #regexp() {
    const at = this.#objects.length;
    this.#objects.push(undefined);
    const source = this.#text();
    const bits = this.#varint();
    let flags = '';
    for (let i = 0; i < regexpFlags.length; i++) if (bits & (1 << i) && regexpFlags[i] !== '_') flags += regexpFlags[i];
    return (this.#objects[at] = new RegExp(source, flags));
  }

  #map() {
    const map = this.#keep(new Map());
    let count = 0;
    while (this.#peek() !== ':') {
      const key = this.#value();
      map.set(key, this.#value());
      count += 2;
    }
    this.#tag();
    if (this.#varint() !== count) throw broken();
    return map;
  }

  #set() {
    const set = this.#keep(new Set());
    let count = 0;
    while (this.#peek() !== ',') {
      set.add(this.#value());
      count++;
    }
    this.#tag();
    if (this.#varint() !== count) throw broken();
    return set;
  }

  #buffer() {
    const bytes = this.#take(this.#varint());
    return this.#keep(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  }

  #transferred() {
    const buffer = this.#transfers.get(this.#varint());
    if (buffer === undefined) throw broken();
    return this.#keep(buffer);
  }

  // A buffer may be followed by a view of it, which is what the value is.
  #withView(value) {
    if (!(value instanceof ArrayBuffer) || this.#at >= this.#bytes.length || this.#peek() !== 'V') return value;
    this.#tag();
    const at = viewTags.indexOf(String.fromCharCode(this.#varint()));
    const offset = this.#varint();
    const length = this.#varint();
    if (this.#version >= 14) this.#varint(); // flags
    const Type = viewTypes[at];
    if (Type === undefined || offset + length > value.byteLength) throw broken();
    const size = Type.BYTES_PER_ELEMENT ?? 1;
    if (offset % size !== 0 || length % size !== 0) throw broken();
    return this.#keep(new Type(value, offset, length / size));
  }

  #error() {
    const at = this.#objects.length;
    this.#objects.push(undefined);
    let Class = Error;
    let message;
    let stack;
    const options = {};
    for (let tag = this.#tag(); tag !== '.'; tag = this.#tag()) {
      if (tag === 'm') message = this.#text();
      else if (tag === 's') stack = this.#text();
      else if (tag === 'c') options.cause = this.#value();
      else if (errorClasses[tag] !== undefined) Class = errorClasses[tag];
      else throw broken();
    }
    const error = new Class(message, options);
    if (stack !== undefined) error.stack = stack;
    return (this.#objects[at] = error);
  }

  #host() {
    const at = this.#objects.length;
    this.#objects.push(undefined);
    if (typeof this._readHostObject !== 'function') throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_readHostObject()');
    return (this.#objects[at] = this._readHostObject());
  }
}

// ---- With Node's way to carry views ----

class DefaultSerializer extends Serializer {
  constructor() {
    super();
    this._setTreatArrayBufferViewsAsHostObjects(true);
  }

  _writeHostObject(value) {
    let at = -1;
    if (isView(value)) {
      at = Buffer.isBuffer(value) ? FAST_BUFFER : viewTypes.findIndex((type, i) => i !== FAST_BUFFER && value instanceof type);
    }
    if (at < 0) {
      throw new this._getDataCloneError(`Unserializable host object: ${require('util/inspect').inspect(value)}`);
    }
    this.writeUint32(at);
    this.writeUint32(value.byteLength);
    this.writeRawBytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  }
}

class DefaultDeserializer extends Deserializer {
  _readHostObject() {
    const Type = viewTypes[this.readUint32()];
    if (Type === undefined) throw broken();
    const length = this.readUint32();
    const offset = this._readRawBytes(length) + this.buffer.byteOffset;
    const size = Type.BYTES_PER_ELEMENT ?? 1;
    if (Type === FastBuffer) return new FastBuffer(this.buffer.buffer, offset, length);
    if (length % size !== 0) throw broken();
    if (offset % size === 0) return new Type(this.buffer.buffer, offset, length / size);
    return new Type(this.buffer.buffer.slice(offset, offset + length), 0, length / size); // unaligned
  }
}

function serialize(value) {
  const serializer = new DefaultSerializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

function deserialize(buffer) {
  const deserializer = new DefaultDeserializer(buffer);
  deserializer.readHeader();
  return deserializer.readValue();
}

// Called without `new`, these throw an error with a code of Node's.
function guarded(Class) {
  return new Proxy(Class, { apply() { throw new codes.ERR_CONSTRUCT_CALL_REQUIRED(Class.name); } });
}

module.exports = { Serializer: guarded(Serializer), Deserializer: guarded(Deserializer), DefaultSerializer, DefaultDeserializer, serialize,
                   deserialize };
