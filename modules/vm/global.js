// SPDX-License-Identifier: MIT
//
// What a context's code gets as globalThis and `this`: a proxy of the program's object, behind which stand the built-ins of
// the realm, as V8's interceptors have it: own properties, values and writes go to the object first; `in` and the
// prototype are the realm's.
'use strict';

const { defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, isExtensible, ownKeys, set } = Reflect;
const hasOwn = Object.hasOwn;

class GlobalHandler {
  constructor(context) { this.context = context; }

  get(target, key) {
    const { context } = this;
    const value = target[key];
    if (value !== undefined || key in target) return value === target ? context.proxy : value;
    return context.builtin(key);
  }

  has(target, key) { return hasOwn(target, key) || this.context.hasBuiltin(key); }

  set(target, key, value, receiver) {
    const { context } = this;
    if (receiver !== context.proxy) return set(target, key, value, receiver);
    if (typeof key === 'symbol') {
      if (!(key in target)) return set(context.global, key, value);
    } else {
      context.touch(key);
    }
    return set(target, key, value);
  }

  deleteProperty(target, key) { return deleteProperty(target, key) && this.context.forget(key); }

  defineProperty(target, key, descriptor) {
    const { context } = this;
    context.touch(key);
    if (defineProperty(target, key, descriptor)) return true;
    throw new context.builtins.TypeError(`Cannot redefine property: ${String(key)}`);
  }

  getOwnPropertyDescriptor(target, key) {
    const own = getOwnPropertyDescriptor(target, key);
    if (own !== undefined || !isExtensible(target)) return own;
    const builtin = this.context.builtinDescriptor(key);
    if (builtin !== undefined) builtin.configurable = true; // a proxy may not say otherwise of what its target has not
    return builtin;
  }

  ownKeys(target) {
    const own = ownKeys(target);
    if (!isExtensible(target)) return own;
    const keys = this.context.builtinKeys();
    const known = new Set(keys);
    for (const key of own) if (!known.has(key)) keys.push(key);
    return keys;
  }

  getPrototypeOf(target) { return isExtensible(target) ? this.context.prototype : getPrototypeOf(target); }
  setPrototypeOf() { return true; }
  preventExtensions() { return false; }
}

module.exports = { GlobalHandler };
