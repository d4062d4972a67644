// SPDX-License-Identifier: MIT
//
// util.types: what an object is, by its internal slots rather than by its prototype. Idea: views of bytes are
// told apart by the brand-checking getter of %TypedArray%, which the JIT inlines; everything else by the
// kind that the C half reads from the object's header (modules/util/kind.c). Nothing here runs user code.

'use strict';

const { kindOf, kinds } = require('util/peek');

const typedArrayTag = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
const { isView } = ArrayBuffer;
const NO_ARGUMENTS = [];

// The name of a typed array's class, undefined for everything else. isView answers for nearly all of those.
function tagOf(value) {
  return isView(value) ? Reflect.apply(typedArrayTag, value, NO_ARGUMENTS) : undefined;
}

const sharedLength = Function.prototype.call.bind(
  Object.getOwnPropertyDescriptor(SharedArrayBuffer.prototype, 'byteLength').get);

function kind(value) {
  return typeof value === 'object' && value !== null ? kindOf(value) : 0;
}

function isTypedArray(value) {
  return tagOf(value) !== undefined;
}

function isArrayBufferView(value) {
  return isView(value);
}

function isSharedArrayBuffer(value) {
  if (kind(value) !== kinds.ArrayBuffer) return false;
  try {
    sharedLength(value);
    return true;
  } catch {
    return false;
  }
}

function isBoxedPrimitive(value) {
  const k = kind(value);
  return k >= kinds.Number && k <= kinds.BigInt;
}

// Whether there is a class of its own behind an object: spares loading the crypto module to ask about others.
function isClassInstance(value) {
  if (kind(value) !== 0) return false;
  const proto = Object.getPrototypeOf(value);
  return proto !== null && proto !== Object.prototype && Object.getPrototypeOf(proto) !== null;
}

// ---- Functions ----

const functionText = Function.prototype.call.bind(Function.prototype.toString);
const IS_ASYNC = 1;
const IS_GENERATOR = 2;
const SPACE = /^(?:\s|\/\*[^]*?\*\/|\/\/.*)+/;

// What the source text says a function is: the engine shows no slot for it.
function flavourByText(fn) {
  let text = functionText(fn).trimStart();
  let flavour = 0;
  if (/^static\b/.test(text)) text = text.slice(6).replace(SPACE, '');
  const async = /^async\b/.exec(text);
  if (async !== null) {
    const rest = text.slice(5).replace(SPACE, '');
    // `async(...) {}` is a method of that name, `async (...) => {}` an arrow.
    if (rest[0] !== '(' || /^\((?:[^()]|\([^()]*\))*\)\s*=>/.test(rest)) {
      flavour = IS_ASYNC;
      text = rest;
    }
  }
  if (text.startsWith('function')) text = text.slice(8).replace(SPACE, '');
  return text[0] === '*' ? flavour | IS_GENERATOR : flavour;
}

function flavour(fn) {
  if (kindOf(fn) === kinds.Proxy) return 0;
  const proto = Object.getPrototypeOf(fn);
  if (proto === Function.prototype) {
    // The usual case: no intrinsic prototype but the plain one, unless somebody set it.
    return 0;
  }
  return flavourByText(fn);
}

function isAsyncFunction(value) {
  return typeof value === 'function' && (flavour(value) & IS_ASYNC) !== 0;
}

function isGeneratorFunction(value) {
  return typeof value === 'function' && (flavour(value) & IS_GENERATOR) !== 0;
}

// ---- The table ----

// No kind of object carries a bare pointer that users can see.
function isExternal() {
  return false;
}

// Namespaces of modules: lode's loader makes them, with the shape that the language prescribes.
function isModuleNamespaceObject(value) {
  if (typeof value !== 'object' || value === null || kindOf(value) !== 0) return false;
  if (Object.getPrototypeOf(value) !== null) return false;
  const tag = Object.getOwnPropertyDescriptor(value, Symbol.toStringTag);
  return tag !== undefined && tag.value === 'Module' && !tag.configurable && !tag.writable &&
    !Object.isExtensible(value);
}

const types = {
  isExternal,
  isDate(value) { return kind(value) === kinds.Date; },
  isArgumentsObject(value) { return kind(value) === kinds.Arguments; },
  isBigIntObject(value) { return kind(value) === kinds.BigInt; },
  isBooleanObject(value) { return kind(value) === kinds.Boolean; },
  isNumberObject(value) { return kind(value) === kinds.Number; },
  isStringObject(value) { return kind(value) === kinds.String; },
  isSymbolObject(value) { return kind(value) === kinds.Symbol; },
  isBoxedPrimitive,
  isNativeError(value) { return kind(value) === kinds.Error; },
  isRegExp(value) { return kind(value) === kinds.RegExp; },
  isAsyncFunction,
  isGeneratorFunction,
  isGeneratorObject(value) {
    const k = kind(value);
    return k === kinds.Generator || k === kinds.AsyncGenerator;
  },
  isPromise(value) { return kind(value) === kinds.Promise; },
  isMap(value) { return kind(value) === kinds.Map; },
  isSet(value) { return kind(value) === kinds.Set; },
  isMapIterator(value) { return kind(value) === kinds.MapIterator; },
  isSetIterator(value) { return kind(value) === kinds.SetIterator; },
  isWeakMap(value) { return kind(value) === kinds.WeakMap; },
  isWeakSet(value) { return kind(value) === kinds.WeakSet; },
  isArrayBuffer(value) { return kind(value) === kinds.ArrayBuffer && !isSharedArrayBuffer(value); },
  isDataView(value) { return isView(value) && tagOf(value) === undefined; },
  isSharedArrayBuffer,
  isProxy(value) {
    return (typeof value === 'object' || typeof value === 'function') && value !== null &&
      kindOf(value) === kinds.Proxy;
  },
  isModuleNamespaceObject,
  isAnyArrayBuffer(value) { return kind(value) === kinds.ArrayBuffer; },
  isArrayBufferView,
  isTypedArray,
  isUint8Array(value) { return tagOf(value) === 'Uint8Array'; },
  isUint8ClampedArray(value) { return tagOf(value) === 'Uint8ClampedArray'; },
  isUint16Array(value) { return tagOf(value) === 'Uint16Array'; },
  isUint32Array(value) { return tagOf(value) === 'Uint32Array'; },
  isInt8Array(value) { return tagOf(value) === 'Int8Array'; },
  isInt16Array(value) { return tagOf(value) === 'Int16Array'; },
  isInt32Array(value) { return tagOf(value) === 'Int32Array'; },
  isFloat16Array(value) { return tagOf(value) === 'Float16Array'; },
  isFloat32Array(value) { return tagOf(value) === 'Float32Array'; },
  isFloat64Array(value) { return tagOf(value) === 'Float64Array'; },
  isBigInt64Array(value) { return tagOf(value) === 'BigInt64Array'; },
  isBigUint64Array(value) { return tagOf(value) === 'BigUint64Array'; },
  isKeyObject(value) {
    return isClassInstance(value) && value instanceof require('crypto').KeyObject;
  },
  isCryptoKey(value) {
    return isClassInstance(value) && value instanceof globalThis.CryptoKey;
  },
};

module.exports = types;
