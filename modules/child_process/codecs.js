// SPDX-License-Identifier: MIT
//
// The two forms of messages on a channel between processes, as Node writes them: a line of JSON, or a length (four bytes,
// big endian) and the value in the engine-neutral format of v8.serialize.
//
// What comes in is hostile. Reading keeps what is not whole yet, up to a limit, and throws for what can be no message;
// the channel is of no use afterwards. encode() throws for what cannot be sent, before anything is written.

'use strict';

const LINE_FEED = 10;
const MAX_MESSAGE = 2 ** 29 - 24; // the longest string in Node, hence its longest message
const MANY = 1024; // pieces of a message, from where on it is worth looking at what they cost: about
const PIECE = 256; // bytes each

function tooLong() {
  return new RangeError(`A message between processes is longer than ${MAX_MESSAGE} bytes`);
}

class JsonCodec {
  constructor() {
    this.decoder = null; // made when a read ends within a message
    this.rest = '';
    this.pieces = 0; // that the rest was put together of, since it was last in one piece
  }

  // Adds the whole messages among the bytes to `messages`.
  decode(bytes, messages) {
    const text = this.text(bytes);
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      const line = this.rest + text.slice(from, end);
      this.rest = '';
      from = end + 1;
      messages.push(JSON.parse(line));
    }
    this.keep(from === 0 ? text : text.slice(from));
  }

  // A peer that sends a byte at a time does not make us hold a hundred for each.
  keep(text) {
    this.rest += text;
    const { length } = this.rest;
    if (length > MAX_MESSAGE) throw tooLong();
    if (++this.pieces > MANY && this.pieces * PIECE > length) {
      this.rest.charCodeAt(length - 1); // reading puts the pieces together
      this.pieces = 0;
    }
  }

  text(bytes) {
    if (this.decoder === null) {
      if (bytes[bytes.length - 1] === LINE_FEED) {
        const { UTF8, decode } = require('buffer/encodings');
        return decode(bytes, UTF8, 0, bytes.length);
      }
      this.decoder = new (require('string_decoder').StringDecoder)('utf8');
    }
    return this.decoder.write(bytes);
  }

  encode(message) {
    return `${JSON.stringify(message)}\n`;
  }

  write(handle, text, sendNative, done) {
    return sendNative !== undefined ? handle.writeHandle(require('buffer').Buffer.from(text), sendNative, done) :
      handle.writeUtf8(text, done);
  }
}

// Node's channels carry a word before each object that the engine leaves to its host: 0, and a view follows as in v8.serialize;
// 1, and the object's properties do.
let classes = null;

function channelClasses() {
  if (classes !== null) return classes;
  const { DefaultSerializer, DefaultDeserializer } = require('v8/serdes');
  class Writer extends DefaultSerializer {
    _writeHostObject(value) {
      if (ArrayBuffer.isView(value)) {
        this.writeUint32(0);
        super._writeHostObject(value);
      } else {
        this.writeUint32(1);
        this.writeValue({ ...value });
      }
    }
  }
  class Reader extends DefaultDeserializer {
    _readHostObject() {
      const kind = this.readUint32();
      if (kind === 0) return super._readHostObject();
      if (kind === 1) return this.readValue();
      throw new Error('Unable to deserialize cloned data.');
    }
  }
  return (classes = { Writer, Reader });
}

class AdvancedCodec {
  constructor() {
    this.chunks = []; // of the message that is not whole yet
    this.length = 0;
    this.needed = 4; // bytes until there is something to do
  }

  decode(bytes, messages) {
    this.chunks.push(bytes);
    this.length += bytes.length;
    if (this.length < this.needed) {
      if (this.chunks.length > MANY && this.chunks.length * PIECE > this.length) this.chunks = [this.joined()];
      return;
    }
    require('buffer'); // gives bytes their methods
    const data = this.joined();
    let at = 0;
    this.needed = 4;
    while (data.length - at >= 4) {
      const size = data.readUInt32BE(at);
      if (size > MAX_MESSAGE) throw tooLong();
      if (data.length - at < 4 + size) {
        this.needed = 4 + size;
        break;
      }
      messages.push(this.value(data.subarray(at + 4, at + 4 + size)));
      at += 4 + size;
    }
    this.length = data.length - at;
    this.chunks = this.length > 0 ? [data.subarray(at)] : [];
  }

  joined() {
    return this.chunks.length === 1 ? this.chunks[0] : require('buffer').Buffer.concat(this.chunks, this.length);
  }

  value(bytes) {
    const reader = new (channelClasses().Reader)(bytes);
    reader.readHeader();
    return reader.readValue();
  }

  encode(message) {
    const writer = new (channelClasses().Writer)();
    writer.writeHeader();
    writer.writeValue(message);
    const body = writer.releaseBuffer();
    const bytes = require('buffer').Buffer.allocUnsafe(4 + body.length);
    bytes.writeUInt32BE(body.length, 0);
    bytes.set(body, 4);
    return bytes;
  }

  write(handle, bytes, sendNative, done) {
    return sendNative !== undefined ? handle.writeHandle(bytes, sendNative, done) : handle.writeBuffer(bytes, done);
  }
}

module.exports = { AdvancedCodec, JsonCodec };
