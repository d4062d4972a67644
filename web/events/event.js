// SPDX-License-Identifier: MIT
//
// Event and CustomEvent. What an event target does to an event while dispatching it (target, phase, the passive
// listener flag) goes through the three functions exported at the bottom, which see the private fields.
'use strict';

const { codes } = require('internal/errors');

const kTrusted = Symbol('kTrustEvent');
const kInspect = Symbol.for('nodejs.util.inspect.custom');

// Flags of an event, in one number.
const BUBBLES = 1;
const CANCELABLE = 2;
const COMPOSED = 4;
const TRUSTED = 8;
const PREVENTED = 16;
const STOPPED = 32;          // stopPropagation()
const STOPPED_NOW = 64;      // stopImmediatePropagation()
const DISPATCHING = 128;
const PASSIVE = 256;         // the listener running now may not prevent the default

function checkOptions(options) {
  if (options === null) return;
  const kind = typeof options;
  if (kind !== 'object' && kind !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
}

function inspectAs(event, depth, options, fields) {
  const name = event.constructor.name;
  if (depth < 0) return name;
  const { inspect } = require('util/inspect');
  const inner = { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth };
  return `${name} ${inspect(fields, inner)}`;
}

// Whole milliseconds since the process began: a finer clock costs more than all the rest of an event.
const origin = Date.now() - process.uptime() * 1000;

let begin;
let end;
let setPassive;
let wasStopped;

class Event {
  #type;
  #flags = 0;
  #target = null;
  #timeStamp;

  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    if (options !== undefined) {
      checkOptions(options);
      if (options !== null) {
        this.#flags = (options.bubbles ? BUBBLES : 0) | (options.cancelable ? CANCELABLE : 0) |
          (options.composed ? COMPOSED : 0) | (options[kTrusted] ? TRUSTED : 0);
      }
    }
    this.#type = `${type}`;
    this.#timeStamp = Date.now() - origin;
  }

  static {
    begin = (event, target) => {
      event.#target = target;
      event.#flags |= DISPATCHING;
    };
    end = (event) => {
      event.#flags &= ~(DISPATCHING | PASSIVE);
      return (event.#flags & PREVENTED) === 0;
    };
    setPassive = (event, passive) => {
      if (passive) event.#flags |= PASSIVE;
      else event.#flags &= ~PASSIVE;
    };
    wasStopped = (event) => (event.#flags & STOPPED_NOW) !== 0;
  }

  static #brand(event) {
    if (event === null || typeof event !== 'object' || !(#flags in event)) {
      throw new codes.ERR_INVALID_THIS('Event');
    }
    return event.#flags;
  }

  initEvent(type, bubbles = false, cancelable = false) {
    const flags = Event.#brand(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    if (flags & DISPATCHING) return;
    this.#type = `${type}`;
    this.#flags = (flags & ~(BUBBLES | CANCELABLE)) | (bubbles ? BUBBLES : 0) | (cancelable ? CANCELABLE : 0);
  }

  stopImmediatePropagation() {
    Event.#brand(this);
    this.#flags |= STOPPED | STOPPED_NOW;
  }

  preventDefault() {
    const flags = Event.#brand(this);
    if ((flags & CANCELABLE) && !(flags & PASSIVE)) this.#flags = flags | PREVENTED;
  }

  get target() {
    Event.#brand(this);
    return this.#target;
  }

  get currentTarget() {
    return Event.#brand(this) & DISPATCHING ? this.#target : null;
  }

  get srcElement() {
    Event.#brand(this);
    return this.#target;
  }

  get type() {
    Event.#brand(this);
    return this.#type;
  }

  get cancelable() {
    return (Event.#brand(this) & CANCELABLE) !== 0;
  }

  get defaultPrevented() {
    return (Event.#brand(this) & PREVENTED) !== 0;
  }

  get timeStamp() {
    Event.#brand(this);
    return this.#timeStamp;
  }

  composedPath() {
    return Event.#brand(this) & DISPATCHING ? [this.#target] : [];
  }

  get returnValue() {
    return (Event.#brand(this) & PREVENTED) === 0;
  }

  set returnValue(value) {
    if (!value) this.preventDefault();
  }

  get bubbles() {
    return (Event.#brand(this) & BUBBLES) !== 0;
  }

  get composed() {
    return (Event.#brand(this) & COMPOSED) !== 0;
  }

  get eventPhase() {
    return Event.#brand(this) & DISPATCHING ? Event.AT_TARGET : Event.NONE;
  }

  get cancelBubble() {
    return (Event.#brand(this) & STOPPED) !== 0;
  }

  set cancelBubble(value) {
    Event.#brand(this);
    if (value) this.#flags |= STOPPED;
  }

  stopPropagation() {
    Event.#brand(this);
    this.#flags |= STOPPED;
  }

  get isTrusted() {
    return (Event.#brand(this) & TRUSTED) !== 0;
  }

  [kInspect](depth, options) {
    Event.#brand(this);
    return inspectAs(this, depth, options, {
      type: this.#type,
      defaultPrevented: this.defaultPrevented,
      cancelable: this.cancelable,
      timeStamp: this.#timeStamp,
    });
  }
}

for (const name of Object.getOwnPropertyNames(Event.prototype)) {
  if (name === 'constructor') continue;
  Object.defineProperty(Event.prototype, name, { enumerable: true });
}
Object.defineProperty(Event.prototype, Symbol.toStringTag, { value: 'Event', configurable: true });
['NONE', 'CAPTURING_PHASE', 'AT_TARGET', 'BUBBLING_PHASE'].forEach((name, value) => {
  Object.defineProperty(Event, name, { value, enumerable: true });
});

class CustomEvent extends Event {
  #detail;

  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    super(type, options);
    this.#detail = options?.detail ?? null;
  }

  get detail() {
    if (this === null || typeof this !== 'object' || !(#detail in this)) {
      throw new codes.ERR_INVALID_THIS('CustomEvent');
    }
    return this.#detail;
  }
}
Object.defineProperty(CustomEvent.prototype, 'detail', { enumerable: true });
Object.defineProperty(CustomEvent.prototype, Symbol.toStringTag, { value: 'CustomEvent', configurable: true });

module.exports = { Event, CustomEvent, kTrusted, begin, end, setPassive, wasStopped };
