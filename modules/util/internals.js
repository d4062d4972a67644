// SPDX-License-Identifier: MIT
//
// What the language hides and util.inspect needs: states of promises, the remaining entries of iterators, the
// contents of weak collections, keys of lists that are no indices. Idea: the C half peeks (modules/util), this
// file turns what it finds into plain arrays. Nothing here runs user code or changes what it looks at.

'use strict';

const native = require('util/peek');
const { kindOf, kinds } = native;

const mapNext = new Map().entries().next;
const setNext = new Set().values().next;
const ErrorPrototype = Error.prototype;

// The language's own classes, by name: their prototypes say nothing about the user's intent.
const LANGUAGE = new Set(('Object Function Array Number Boolean String Symbol Date Promise RegExp Error AggregateError ' +
  'EvalError RangeError ReferenceError SyntaxError TypeError URIError SuppressedError ArrayBuffer ' +
  'SharedArrayBuffer Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float16Array Float32Array ' +
  'Float64Array Uint8ClampedArray BigUint64Array BigInt64Array DataView Map BigInt Set WeakMap WeakSet WeakRef ' +
  'Proxy FinalizationRegistry Iterator DisposableStack AsyncDisposableStack').split(' '));

function isLanguageClass(name) {
  return LANGUAGE.has(name);
}

function promiseDetails(promise) {
  const [state, result] = native.getPromiseDetails(promise);
  return [state === 0 ? 'pending' : state === 1 ? 'fulfilled' : state === 2 ? 'rejected' : 'unknown', result];
}

// [flat list of what the iterator still has to give, whether that is key, value, key, value ...]
function previewEntries(iterator) {
  const next = kindOf(iterator) === kinds.MapIterator ? mapNext : setNext;
  const found = native.cloneIterator(iterator);
  const items = [];
  if (found === undefined) return [items, false];
  const [clone, paired] = found;
  for (let step = next.call(clone); !step.done; step = next.call(clone)) {
    if (paired) items.push(step.value[0], step.value[1]);
    else items.push(step.value);
  }
  return [items, paired];
}

function inheritsFromError(value) {
  let proto = Object.getPrototypeOf(value);
  for (; proto !== null; proto = Object.getPrototypeOf(proto)) {
    if (proto === ErrorPrototype || kindOf(proto) === kinds.Error) return true;
  }
  return false;
}

function isError(value) {
  return typeof value === 'object' && value !== null && (kindOf(value) === kinds.Error || inheritsFromError(value));
}

// An error's stack in V8's format; what is no string is the user's own.
function stackOf(error) {
  let stack;
  try {
    ({ stack } = require('internal/stack').fix(error));
  } catch {
    return undefined;
  }
  return stack;
}

function isCoreId(id) {
  return !/^internal\/(?:modules\/cjs\/foo|aaaaa)/.test(id);
}

function isIndex(key) {
  if (typeof key !== 'string' || key.length === 0 || key.length > 10) return false;
  const number = key >>> 0;
  return number !== 0xffffffff && `${number}` === key;
}

// The first entry of a list of own keys that is no index: engines list indices first.
function afterIndices(keys, test) {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(keys[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nonIndexKeys(list, showHidden) {
  if (!showHidden && list.length > 6 && native.hasBareShape(list)) return [];
  const names = showHidden ? Object.getOwnPropertyNames(list) : Object.keys(list);
  const keys = names.slice(afterIndices(names, isIndex));
  for (const symbol of Object.getOwnPropertySymbols(list)) {
    if (showHidden || Object.prototype.propertyIsEnumerable.call(list, symbol)) keys.push(symbol);
  }
  return keys;
}

function plainRegExp(value) {
  const get = (name) => Object.getOwnPropertyDescriptor(RegExp.prototype, name).get.call(value);
  let flags = '';
  for (const [name, flag] of [['hasIndices', 'd'], ['global', 'g'], ['ignoreCase', 'i'], ['multiline', 'm'],
    ['dotAll', 's'], ['unicode', 'u'], ['unicodeSets', 'v'], ['sticky', 'y']]) {
    if (get(name)) flags += flag;
  }
  return { source: get('source'), flags };
}

module.exports = {
  externalAddress: () => '0',
  hasBareShape: native.hasBareShape,
  inheritsFromError,
  isCoreId,
  isError,
  isIndex,
  isLanguageClass,
  nonIndexKeys,
  plainRegExp,
  previewEntries,
  promiseDetails,
  stackOf,
  weakEntries: native.weakEntries,
};
