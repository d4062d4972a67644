// SPDX-License-Identifier: MIT
//
// Warnings about uses of modules that mislead: what a module that still loads does not export yet, and `module.parent`.
//
// While a module of a cycle loads, its plain exports object inherits from a proxy that sees the names which are not there.
'use strict';

const { isProxy } = require('util/types');

function warn(name) {
  process.emitWarning(`Accessing non-existent property '${String(name)}' of module exports inside circular dependency`);
}

// Names that Object.prototype has, and the one by which transpiled modules know each other, are asked for without meaning them.
function isMissing(target, name) {
  if (name in target || name === '__esModule') return false;
  warn(name);
  return true;
}

const watcher = new Proxy({}, {
  get(target, name) { return isMissing(target, name) ? undefined : target[name]; },
  getOwnPropertyDescriptor(target, name) { return isMissing(target, name) ? undefined : Reflect.getOwnPropertyDescriptor(target, name); },
});

function isPlain(exports) {
  return typeof exports === 'object' && exports !== null && !isProxy(exports) && Object.getPrototypeOf(exports) === Object.prototype &&
    !exports.__esModule && Object.isExtensible(exports);
}

// The exports of a module that still loads.
function unfinished(module) {
  const { exports } = module;
  if (isPlain(exports)) Object.setPrototypeOf(exports, watcher);
  return exports;
}

function finished(module) {
  const { exports } = module;
  if (typeof exports !== 'object' || exports === null || isProxy(exports)) return;
  if (Object.getPrototypeOf(exports) === watcher) Object.setPrototypeOf(exports, Object.prototype);
}

let warned = false;

function warnOfParent() {
  if (warned) return;
  warned = true;
  process.emitWarning('module.parent is deprecated due to accuracy issues. Please use require.main to find program entry point instead.',
                      'DeprecationWarning', 'DEP0144');
}

module.exports = { unfinished, finished, warnOfParent };
