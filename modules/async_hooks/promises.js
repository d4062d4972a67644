// SPDX-License-Identifier: MIT
//
// Carrying the async context through promise reactions: `then` is wrapped once a program uses AsyncLocalStorage.
// (`await` does not call `then` on the engine's own promises; the source rewriter carries the context there.)
'use strict';

exports.patch = function(context) {
  const { then } = Promise.prototype;

  function carry(fn, frame) {
    if (typeof fn !== 'function') return fn;
    return function(value) {
      const before = context.get();
      context.set(frame);
      try {
        return fn(value);
      } finally {
        context.set(before);
      }
    };
  }

  Object.defineProperty(Promise.prototype, 'then', {
    __proto__: null,
    configurable: true,
    enumerable: false,
    writable: true,
    value: {
      then(onFulfilled, onRejected) {
        const frame = context.get();
        if (frame === undefined) return then.call(this, onFulfilled, onRejected);
        return then.call(this, carry(onFulfilled, frame), carry(onRejected, frame));
      },
    }.then,
  });
};
