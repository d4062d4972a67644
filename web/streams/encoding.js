// SPDX-License-Identifier: MIT
//
// TextEncoderStream and TextDecoderStream.
'use strict';

const { codes } = require('internal/errors');
const { kInspect, noPrivate, invalidThis, inspectAs, dress } = require('web/streams/common');
const { TransformStream } = require('web/streams/transform');

class TextEncoderStream {
  #transform;
  #pendingHigh = '';

  constructor() {
    const { TextEncoder } = require('web/encoding');
    const encoder = new TextEncoder();
    this.#transform = new TransformStream({
      // A pair of surrogates may come in two chunks.
      transform: (chunk, controller) => {
        let text = this.#pendingHigh + `${chunk}`;
        this.#pendingHigh = '';
        const last = text.charCodeAt(text.length - 1);
        if (last >= 0xD800 && last <= 0xDBFF) {
          this.#pendingHigh = text[text.length - 1];
          text = text.slice(0, -1);
        }
        const bytes = encoder.encode(text);
        if (bytes.byteLength > 0) controller.enqueue(bytes);
      },
      flush: (controller) => {
        if (this.#pendingHigh !== '') controller.enqueue(new Uint8Array([0xEF, 0xBF, 0xBD]));
      },
    });
  }

  get encoding() {
    if (!(#transform in this)) throw noPrivate('#transform');
    return 'utf-8';
  }

  get readable() {
    if (!(#transform in this)) throw noPrivate('#transform');
    return this.#transform.readable;
  }

  get writable() {
    if (!(#transform in this)) throw noPrivate('#transform');
    return this.#transform.writable;
  }

  [kInspect](depth, options) {
    if (this === undefined || this === null || typeof this !== 'object' || !(#transform in this)) throw invalidThis('TextEncoderStream');
    return inspectAs(this, depth, options, {
      encoding: this.encoding, readable: this.readable, writable: this.writable,
    });
  }
}

class TextDecoderStream {
  #decoder;
  #transform;

  constructor(encoding = 'utf-8', options = {}) {
    const { TextDecoder } = require('web/encoding');
    const decoder = this.#decoder = new TextDecoder(encoding, options);
    this.#transform = new TransformStream({
      transform(chunk, controller) {
        if (chunk === undefined) throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['ArrayBuffer', 'ArrayBufferView'], chunk);
        const text = decoder.decode(chunk, { stream: true });
        if (text) controller.enqueue(text);
      },
      flush(controller) {
        const text = decoder.decode();
        if (text) controller.enqueue(text);
      },
    });
  }

  get encoding() {
    if (!(#decoder in this)) throw noPrivate('#decoder');
    return this.#decoder.encoding;
  }

  get fatal() {
    if (!(#decoder in this)) throw noPrivate('#decoder');
    return this.#decoder.fatal;
  }

  get ignoreBOM() {
    if (!(#decoder in this)) throw noPrivate('#decoder');
    return this.#decoder.ignoreBOM;
  }

  get readable() {
    if (!(#decoder in this)) throw noPrivate('#decoder');
    return this.#transform.readable;
  }

  get writable() {
    if (!(#decoder in this)) throw noPrivate('#decoder');
    return this.#transform.writable;
  }

  [kInspect](depth, options) {
    if (this === undefined || this === null || typeof this !== 'object' || !(#decoder in this)) {
      throw invalidThis('TextDecoderStream');
    }
    return inspectAs(this, depth, options, {
      encoding: this.encoding, fatal: this.fatal, ignoreBOM: this.ignoreBOM,
      readable: this.readable, writable: this.writable,
    });
  }
}

dress(TextEncoderStream, ['encoding', 'readable', 'writable']);
dress(TextDecoderStream, ['encoding', 'fatal', 'ignoreBOM', 'readable', 'writable']);

module.exports = { TextEncoderStream, TextDecoderStream };
