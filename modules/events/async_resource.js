// SPDX-License-Identifier: MIT
//
// EventEmitterAsyncResource: an emitter whose listeners run in the async context of its own resource.
'use strict';

const EventEmitter = require('events');
const { AsyncResource } = require('async_hooks');
const { validateString } = require('internal/validators');

class EventEmitterReferencingAsyncResource extends AsyncResource {
  #eventEmitter;

  constructor(emitter, type, options) {
    super(type, options);
    this.#eventEmitter = emitter;
  }

  get eventEmitter() {
    return this.#eventEmitter;
  }
}

class EventEmitterAsyncResource extends EventEmitter {
  #asyncResource;

  constructor(options = undefined) {
    let name;
    if (typeof options === 'string') {
      name = options;
      options = undefined;
    } else {
      if (new.target === EventEmitterAsyncResource) validateString(options?.name, 'options.name');
      name = options?.name || new.target.name;
    }
    super(options);
    this.#asyncResource = new EventEmitterReferencingAsyncResource(this, name, options);
  }

  static #of(emitter) {
    if (!(#asyncResource in emitter)) {
      throw new TypeError('Cannot read private member #asyncResource from an object whose class did not declare it');
    }
    return emitter.#asyncResource;
  }

  emit(event, ...args) {
    const resource = EventEmitterAsyncResource.#of(this);
    return resource.runInAsyncScope(super.emit, this, event, ...args);
  }

  emitDestroy() {
    EventEmitterAsyncResource.#of(this).emitDestroy();
  }

  get asyncId() {
    return EventEmitterAsyncResource.#of(this).asyncId();
  }

  get triggerAsyncId() {
    return EventEmitterAsyncResource.#of(this).triggerAsyncId();
  }

  get asyncResource() {
    return EventEmitterAsyncResource.#of(this);
  }
}

// The engine's name for stack frames; its own choice lacks the "get".
for (const name of ['asyncId', 'triggerAsyncId', 'asyncResource']) {
  const { get } = Object.getOwnPropertyDescriptor(EventEmitterAsyncResource.prototype, name);
  Object.defineProperty(get, 'displayName', { value: `get ${name}` });
}

module.exports = { EventEmitterAsyncResource };
