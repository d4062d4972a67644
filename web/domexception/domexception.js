// SPDX-License-Identifier: MIT
//
// DOMException, the web's error class: name, message and code are getters on the prototype.
// Idea: instances are made by Error, so that they are true errors with a stack, but the class itself does not
// inherit from Error, as the specification wants it.
'use strict';

const legacyNames = [
  'IndexSizeError', 'DOMStringSizeError', 'HierarchyRequestError', 'WrongDocumentError', 'InvalidCharacterError',
  'NoDataAllowedError', 'NoModificationAllowedError', 'NotFoundError', 'NotSupportedError', 'InUseAttributeError',
  'InvalidStateError', 'SyntaxError', 'InvalidModificationError', 'NamespaceError', 'InvalidAccessError',
  'ValidationError', 'TypeMismatchError', 'SecurityError', 'NetworkError', 'AbortError', 'URLMismatchError',
  'QuotaExceededError', 'TimeoutError', 'InvalidNodeTypeError', 'DataCloneError',
];
const constantNames = [
  'INDEX_SIZE_ERR', 'DOMSTRING_SIZE_ERR', 'HIERARCHY_REQUEST_ERR', 'WRONG_DOCUMENT_ERR', 'INVALID_CHARACTER_ERR',
  'NO_DATA_ALLOWED_ERR', 'NO_MODIFICATION_ALLOWED_ERR', 'NOT_FOUND_ERR', 'NOT_SUPPORTED_ERR', 'INUSE_ATTRIBUTE_ERR',
  'INVALID_STATE_ERR', 'SYNTAX_ERR', 'INVALID_MODIFICATION_ERR', 'NAMESPACE_ERR', 'INVALID_ACCESS_ERR',
  'VALIDATION_ERR', 'TYPE_MISMATCH_ERR', 'SECURITY_ERR', 'NETWORK_ERR', 'ABORT_ERR', 'URL_MISMATCH_ERR',
  'QUOTA_EXCEEDED_ERR', 'TIMEOUT_ERR', 'INVALID_NODE_TYPE_ERR', 'DATA_CLONE_ERR',
];
// These never had a number.
const unnumbered = new Set(['DOMStringSizeError', 'NoDataAllowedError', 'ValidationError']);

// Private fields on an object made elsewhere: a base class that returns its argument makes that `this`.
class Given {
  constructor(instance) { return instance; }
}
class State extends Given {
  #name;
  #message;

  constructor(error, name, message) {
    super(error);
    this.#name = name;
    this.#message = message;
  }

  static has(value) { return typeof value === 'object' && value !== null && #name in value; }
  static name(error) { return error.#name; }
  static message(error) { return error.#message; }
}

class DOMException {
  constructor(message = '', options = 'Error') {
    const isBag = options !== null && typeof options === 'object';
    // Not by new.target: the getters below must not be asked before there is an answer.
    const error = Object.setPrototypeOf(new Error(), new.target.prototype);
    new State(error, isBag ? options.name : `${options}`, `${message}`);
    if (isBag && 'cause' in options) {
      Object.defineProperty(error, 'cause', { __proto__: null, value: options.cause, writable: true, configurable: true });
    }
    Error.captureStackTrace(error, new.target);
    return error;
  }

  get name() {
    if (!State.has(this)) throw invalidThis();
    return State.name(this);
  }

  get message() {
    if (!State.has(this)) throw invalidThis();
    return State.message(this);
  }

  get code() {
    if (!State.has(this)) throw invalidThis();
    const name = State.name(this);
    return unnumbered.has(name) ? 0 : legacyNames.indexOf(name) + 1;
  }
}

function invalidThis() {
  return new (require('internal/errors').codes.ERR_INVALID_THIS)('DOMException');
}

Object.setPrototypeOf(DOMException.prototype, Error.prototype);
for (const key of ['name', 'message', 'code']) {
  Object.defineProperty(DOMException.prototype, key, { __proto__: null, enumerable: true });
}
Object.defineProperty(DOMException.prototype, Symbol.toStringTag, { __proto__: null, value: 'DOMException', configurable: true });
for (let i = 0; i < constantNames.length; i++) {
  const slot = { value: i + 1, enumerable: true };
  Object.defineProperty(DOMException, constantNames[i], slot);
  Object.defineProperty(DOMException.prototype, constantNames[i], slot);
}

module.exports = { DOMException, isDOMException: State.has };
