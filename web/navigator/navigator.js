// SPDX-License-Identifier: MIT
//
// The global `navigator`: facts of the machine.
'use strict';

const { codes } = require('internal/errors');
const kCreate = Symbol('kCreate');

class Navigator {
  #made;
  #cpus;
  constructor(key) {
    if (key !== kCreate) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#made = true;
  }
  get hardwareConcurrency() {
    this.#made; // throws on a receiver of another kind
    return (this.#cpus ??= require('os').availableParallelism());
  }
  get language() {
    this.#made;
    return Intl.DateTimeFormat().resolvedOptions().locale || 'en-US';
  }
  get languages() { return Object.freeze([this.language]); }
  get locks() {
    this.#made;
    return require('worker_threads/locks').locks;
  }
  get platform() {
    this.#made;
    return `Linux ${require('os').machine()}`;
  }
  get userAgent() {
    this.#made;
    return `Node.js/${process.version.slice(1).split('.')[0]}`;
  }
}
for (const name of ['hardwareConcurrency', 'language', 'languages', 'locks', 'platform', 'userAgent']) {
  Object.defineProperty(Navigator.prototype, name, { enumerable: true });
}

module.exports = { Navigator, navigator: new Navigator(kCreate) };
