// SPDX-License-Identifier: MIT
//
// MessageEvent: what carries a message to listeners of the web's kind.
'use strict';

const { codes } = require('internal/errors');
const { Event } = require('web/events');

function bad(text) {
  return new TypeError(`MessageEvent constructor: ${text}`);
}

function isPort(value) {
  return require('worker_threads/ports').nativeOf(value) !== undefined;
}

function shown(value) {
  return `"${require('util/inspect').inspect(value, { depth: 0 })}"`;
}

function portsFrom(list) {
  if (list === undefined) return [];
  if (list === null || typeof list[Symbol.iterator] !== 'function') {
    throw bad(`eventInitDict.ports (${String(list)}) is not iterable.`);
  }
  const ports = [...list];
  ports.forEach((port, i) => {
    if (!isPort(port)) throw bad(`Expected eventInitDict.ports[${i}] (${shown(port)}) to be an instance of MessagePort.`);
  });
  return ports;
}

class MessageEvent extends Event {
  #data = null;
  #origin = '';
  #lastEventId = '';
  #source = null;
  #ports;

  constructor(type, init = undefined) {
    if (arguments.length === 0) throw bad('1 argument required, but 0 found.');
    if (init !== undefined && init !== null && typeof init !== 'object' && typeof init !== 'function') {
      throw bad(`Expected ${String(init)} to be one of: Null, Undefined, Object.`);
    }
    super(type, init ?? undefined);
    if (init === undefined || init === null) {
      this.#ports = [];
      return;
    }
    const { data, origin, lastEventId, source } = init;
    if (data !== undefined) this.#data = data;
    if (origin !== undefined) this.#origin = `${origin}`;
    if (lastEventId !== undefined) this.#lastEventId = `${lastEventId}`;
    if (source !== undefined && source !== null) {
      if (!isPort(source)) throw bad(`Expected eventInitDict.source (${shown(source)}) to be an instance of MessagePort.`);
      this.#source = source;
    }
    this.#ports = portsFrom(init.ports);
  }

  // Without looking at what is known to be right.
  static made(type, data, ports) {
    const event = new MessageEvent(type);
    event.#data = data === undefined ? null : data;
    event.#ports = ports;
    return event;
  }

  static #brand(event) {
    if (event === null || typeof event !== 'object' || !(#data in event)) {
      throw Object.assign(new TypeError('Illegal invocation'), { code: 'ERR_INVALID_THIS' });
    }
    return event;
  }

  get data() { return MessageEvent.#brand(this).#data; }
  get origin() { return MessageEvent.#brand(this).#origin; }
  get lastEventId() { return MessageEvent.#brand(this).#lastEventId; }
  get source() { return MessageEvent.#brand(this).#source; }

  get ports() {
    MessageEvent.#brand(this);
    if (!Object.isFrozen(this.#ports)) Object.freeze(this.#ports);
    return this.#ports;
  }

  initMessageEvent(type, bubbles = false, cancelable = false, data = null, origin = '', lastEventId = '', source = null,
                   ports = []) {
    MessageEvent.#brand(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    return new MessageEvent(type, { bubbles, cancelable, data, origin, lastEventId, source, ports });
  }
}

const { made } = MessageEvent;
delete MessageEvent.made;
for (const name of ['data', 'origin', 'lastEventId', 'source', 'ports', 'initMessageEvent']) {
  Object.defineProperty(MessageEvent.prototype, name, { enumerable: true });
}
Object.defineProperty(MessageEvent.prototype, Symbol.toStringTag, { value: 'MessageEvent', configurable: true });

module.exports = { MessageEvent, made };
