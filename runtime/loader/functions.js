// SPDX-License-Identifier: MIT
//
// The Function constructors, wrapped so that import() works in the texts they are given: the engine by itself knows no
// loader. The engine compiles every text first, so that what is no function body is refused in its words.
'use strict';

const WANTS_PARSER = /\b(?:import|await|async|eval)\b/;

function wrap(Native, kind) {
  const { name } = Native;
  const Wrapped = {
    [name]: function(...args) {
      const texts = args.map((arg) => `${arg}`);
      const made = Reflect.construct(Native, texts, new.target === undefined ? Native : new.target);
      return kind[0] === 'a' || texts.some((text) => WANTS_PARSER.test(text)) ? require('runtime/loader/evals').remake(made, kind, texts, Wrapped) : made;
    },
  }[name];
  Object.defineProperty(Wrapped, 'prototype', { value: Native.prototype, writable: false });
  Object.defineProperty(Wrapped, 'length', { value: 1, configurable: true });
  const slot = Object.getOwnPropertyDescriptor(Native.prototype, 'constructor');
  Object.defineProperty(Native.prototype, 'constructor', { ...slot, value: Wrapped });
  return Wrapped;
}

exports.install = function(target) {
  const Wrapped = wrap(Function, 'function');
  Object.defineProperty(target, 'Function', { __proto__: null, configurable: true, enumerable: false, writable: true, value: Wrapped });
  const others = [['async function', async function() {}], ['function*', function*() {}], ['async function*', async function*() {}]];
  for (const [kind, sample] of others) Object.setPrototypeOf(wrap(sample.constructor, kind), Wrapped);
};
