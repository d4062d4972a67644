// SPDX-License-Identifier: MIT
//
// `readline`: lines from streams and terminals, with callbacks. readline/promises has the same with promises.
'use strict';

const { AbortError } = require('internal/errors');
const { validateAbortSignal } = require('internal/validators');
const base = require('readline/interface');
const { clearLine, clearScreenDown, cursorTo, moveCursor } = require('readline/cursor');

function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return new Interface(input, output, completer, terminal);
  Reflect.apply(base.Interface, this, [input, output, completer, terminal]);
  // One that takes a callback has two parameters; others answer at once.
  const complete = this.completer;
  if (complete && complete.length !== 2) this.completer = (text, done) => done(null, complete(text));
}
Object.setPrototypeOf(Interface, base.Interface);
Interface.prototype = Object.create(base.Interface.prototype, {
  constructor: { value: Interface, writable: true, configurable: true },
});

function question(query, options, callback) {
  callback = typeof options === 'function' ? options : callback;
  if (options === null || typeof options !== 'object') options = {};
  const { signal } = options;
  if (signal) {
    validateAbortSignal(signal, 'options.signal');
    if (signal.aborted) return;
    const onAbort = () => this._cancelQuestion();
    signal.addEventListener('abort', onAbort, { once: true });
    const cleanUp = () => signal.removeEventListener('abort', onAbort);
    const answered = callback;
    callback = typeof answered === 'function' ? (answer) => { cleanUp(); return answered(answer); } : cleanUp;
  }
  if (typeof callback === 'function') this._ask(query, callback);
}

question[Symbol.for('nodejs.util.promisify.custom')] = function question(query, options) {
  if (options === null || typeof options !== 'object') options = {};
  const { signal } = options;
  if (signal?.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
  return new Promise((resolve, reject) => {
    let callback = resolve;
    if (signal) {
      const onAbort = () => reject(new AbortError(undefined, { cause: signal.reason }));
      signal.addEventListener('abort', onAbort, { once: true });
      callback = (answer) => {
        signal.removeEventListener('abort', onAbort);
        resolve(answer);
      };
    }
    this.question(query, options, callback);
  });
};

function tabComplete(lastWasTab) {
  require('readline/complete').ask(this, this.completer, lastWasTab);
}

for (const [name, value] of [['question', question], ['_tabComplete', tabComplete]]) {
  Object.defineProperty(Interface.prototype, name, { value, writable: true, configurable: true, enumerable: true });
}

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

module.exports = {
  Interface,
  clearLine,
  clearScreenDown,
  createInterface,
  cursorTo,
  emitKeypressEvents: require('readline/keys').emitKeypressEvents,
  moveCursor,
  get promises() { return require('readline/promises'); },
};
