// SPDX-License-Identifier: MIT
//
// NodeEventTarget: an EventTarget that also answers to the commonest methods of EventEmitter.
'use strict';

const { codes } = require('internal/errors');
const { validateNumber } = require('internal/validators');
const EventEmitter = require('events');
const {
  EventTarget, isEventTarget, listenerCount, kEvents, kHybridDispatch, kNodeStyle, kMaxEventTargetListeners,
  kRemoveListener, kMaxEventTargetListenersWarned,
} = require('web/events');

function checkThis(target) {
  if (!(target instanceof NodeEventTarget) || !isEventTarget(target)) {
    throw new codes.ERR_INVALID_THIS('NodeEventTarget');
  }
}

class NodeEventTarget extends EventTarget {
  setMaxListeners(n) {
    checkThis(this);
    validateNumber(n, 'setMaxListeners', 0);
    this[kMaxEventTargetListeners] = n;
    this[kMaxEventTargetListenersWarned] = false;
    return this;
  }

  getMaxListeners() {
    checkThis(this);
    return this[kMaxEventTargetListeners];
  }

  eventNames() {
    checkThis(this);
    return this[kEvents] === null ? [] : [...this[kEvents].keys()];
  }

  listenerCount(type) {
    checkThis(this);
    return listenerCount(this, type);
  }

  on(type, listener) {
    checkThis(this);
    return this.addListener(type, listener);
  }

  addListener(type, listener) {
    checkThis(this);
    this.addEventListener(type, listener, { [kNodeStyle]: true });
    return this;
  }

  once(type, listener) {
    checkThis(this);
    this.addEventListener(type, listener, { once: true, [kNodeStyle]: true });
    return this;
  }

  off(type, listener, options) {
    checkThis(this);
    return this.removeListener(type, listener, options);
  }

  removeListener(type, listener, options) {
    checkThis(this);
    this.removeEventListener(type, listener, options);
    return this;
  }

  emit(type, arg) {
    checkThis(this);
    if (typeof type !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('type', 'string', type);
    const heard = this.listenerCount(type) > 0;
    this[kHybridDispatch](arg, type);
    return heard;
  }

  removeAllListeners(type) {
    checkThis(this);
    const events = this[kEvents];
    if (events === null) return this;
    for (const name of type === undefined ? [...events.keys()] : [type]) {
      const list = events.get(name);
      if (list === undefined) continue;
      events.delete(name);
      for (const record of list) {
        record.removed = true;
        this[kRemoveListener](0, name, record.get(), record.capture);
      }
    }
    return this;
  }
}

for (const name of Object.getOwnPropertyNames(NodeEventTarget.prototype)) {
  if (name !== 'constructor') Object.defineProperty(NodeEventTarget.prototype, name, { enumerable: true });
}
Object.defineProperty(NodeEventTarget, 'defaultMaxListeners', {
  get() { return EventEmitter.defaultMaxListeners; },
  enumerable: true,
});

module.exports = { NodeEventTarget };
