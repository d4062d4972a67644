// SPDX-License-Identifier: MIT
//
// inspector is not supported yet: no server can be opened. A session can be made, as monitoring libraries do on their way to something
// else, and knows no method: it answers each as the protocol has it for methods that are not there.
'use strict';

const EventEmitter = require('events');
const { codes } = require('internal/errors');
const { validateFunction, validateObject, validateString } = require('internal/validators');
const { unsupported } = require('internal/unsupported');

const METHOD_NOT_FOUND = -32601;

class Session extends EventEmitter {
  #connected = false;

  connect() {
    if (this.#connected) throw new codes.ERR_INSPECTOR_ALREADY_CONNECTED('The inspector session');
    this.#connected = true;
  }

  connectToMainThread() {
    throw new codes.ERR_INSPECTOR_NOT_WORKER();
  }

  disconnect() {
    this.#connected = false;
  }

  post(method, params, callback) {
    validateString(method, 'method');
    if (!callback && typeof params === 'function') {
      callback = params;
      params = null;
    }
    if (params) validateObject(params, 'params');
    if (callback) validateFunction(callback, 'callback');
    if (!this.#connected) throw new codes.ERR_INSPECTOR_NOT_CONNECTED();
    if (callback) process.nextTick(callback, new codes.ERR_INSPECTOR_COMMAND(METHOD_NOT_FOUND, `'${method}' wasn't found`));
  }
}

module.exports = {
  ...unsupported('inspector', ['open']),
  Session,
  close() {},
  url() {},
  waitForDebugger() { throw new codes.ERR_INSPECTOR_NOT_ACTIVE(); },
  console: {},
};
