// SPDX-License-Identifier: MIT
//
// A Transform that becomes one only when it is used as a stream. Most hashes see one update and one digest; setting
// up two stream states for that would cost more than the hashing.
'use strict';

// The fields that a Transform has of its own: touching one of them sets the stream up.
const FIELDS = ['_readableState', '_writableState', 'allowHalfOpen'];

let Transform;

function LazyStream(options) {
  this._options = options;
}

function becomeStream(self) {
  Transform.call(self, self._options);
}

function inherit() {
  Transform = require('stream/transform');
  Object.setPrototypeOf(LazyStream.prototype, Transform.prototype);
  Object.setPrototypeOf(LazyStream, Transform);
}
inherit();

for (const field of FIELDS) {
  Object.defineProperty(LazyStream.prototype, field, {
    __proto__: null, configurable: true, enumerable: true,
    get() {
      if (this === LazyStream.prototype || !('_options' in this)) return undefined;
      unshadow(this);
      becomeStream(this);
      return this[field];
    },
    set(value) {
      Object.defineProperty(this, field, {
        __proto__: null, configurable: true, enumerable: true, writable: true, value,
      });
    },
  });
}

// Own, empty fields first: the constructor of Transform assigns to them, and a getter must not run again meanwhile.
function unshadow(self) {
  for (const field of FIELDS) {
    Object.defineProperty(self, field, {
      __proto__: null, configurable: true, enumerable: true, writable: true, value: undefined,
    });
  }
}

module.exports = { LazyStream };
