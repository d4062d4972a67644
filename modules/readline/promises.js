// SPDX-License-Identifier: MIT
//
// readline/promises: questions that answer with promises, completers that may, and Readline: cursor movements that are collected and
// written together.
'use strict';

const { codes, AbortError } = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateInteger } = require('internal/validators');
const base = require('readline/interface');
const cursors = require('readline/cursor');

class Interface extends base.Interface {
  question(query, options = {}) {
    return new Promise((resolve, reject) => {
      let callback = resolve;
      const signal = options?.signal;
      if (signal) {
        validateAbortSignal(signal, 'options.signal');
        if (signal.aborted) {
          reject(new AbortError(undefined, { cause: signal.reason }));
          return;
        }
        const onAbort = () => {
          this._cancelQuestion();
          reject(new AbortError(undefined, { cause: signal.reason }));
        };
        signal.addEventListener('abort', onAbort, { once: true });
        callback = (answer) => {
          signal.removeEventListener('abort', onAbort);
          resolve(answer);
        };
      }
      this._ask(query, callback);
      this._questionReject = reject;
    });
  }
}

Object.defineProperty(Interface.prototype, '_tabComplete', {
  value: function tabComplete(lastWasTab) {
    const complete = async (text, done) => {
      let value;
      try {
        value = await this.completer(text);
      } catch (error) {
        done(error);
        return;
      }
      done(null, value);
    };
    require('readline/complete').ask(this, complete, lastWasTab);
  },
  writable: true,
  configurable: true,
});

class Readline {
  #autoCommit = false;
  #stream;
  #todo = [];

  constructor(stream, options = undefined) {
    if (!require('stream/utils').isWritable(stream)) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'Writable', stream);
    this.#stream = stream;
    if (options?.autoCommit !== null && options?.autoCommit !== undefined) {
      validateBoolean(options.autoCommit, 'options.autoCommit');
      this.#autoCommit = options.autoCommit;
    }
  }

  #add(text) {
    if (this.#autoCommit) process.nextTick(() => this.#stream.write(text));
    else this.#todo.push(text);
    return this;
  }

  cursorTo(x, y = undefined) {
    validateInteger(x, 'x');
    if (y !== null && y !== undefined) validateInteger(y, 'y');
    return this.#add(cursors.cursorToText(x, y));
  }

  moveCursor(dx, dy) {
    if (!dx && !dy) return this;
    validateInteger(dx, 'dx');
    validateInteger(dy, 'dy');
    return this.#add(cursors.moveCursorText(dx, dy));
  }

  clearLine(dir) {
    validateInteger(dir, 'dir', -1, 1);
    return this.#add(cursors.clearLineText(dir));
  }

  clearScreenDown() {
    return this.#add(cursors.clearDown);
  }

  commit() {
    return new Promise((resolve) => {
      this.#stream.write(this.#todo.join(''), resolve);
      this.#todo = [];
    });
  }

  rollback() {
    this.#todo = [];
    return this;
  }
}

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

module.exports = { Interface, Readline, createInterface };
