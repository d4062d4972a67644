// SPDX-License-Identifier: MIT
//
// The eyes of util.inspect and util.types: the C half (peek.c), calibrated. Idea: C reads object headers, whose
// layout the engine does not promise; so this file first shows it one object of each kind. Everybody takes the
// binding's functions from here, never before calibration.

'use strict';

const native = binding('util');
const { kinds } = native;

const KEYS = 0;
const ENTRIES = 2;

// A function that is not strict, as no code here can be; eval may be forbidden.
function sloppy(text) {
  return binding('env').evaluate(text, '', 1);
}

function calibrate() {
  const show = native.calibrateKind;
  const map = new Map();
  const set = new Set();
  const key = {};
  const weakMap = new WeakMap([[key, 0]]);
  const target = {};
  const handler = {};
  const proxy = new Proxy(target, handler);
  show(kinds.Boxed, Object(Symbol()));
  show(kinds.Boxed, Object(0n));
  show(kinds.Map, map);
  show(kinds.Set, set);
  show(kinds.WeakMap, weakMap);
  show(kinds.WeakSet, new WeakSet());
  show(kinds.Promise, Promise.resolve());
  show(kinds.Date, new Date(0));
  show(kinds.RegExp, /a/);
  show(kinds.Error, new EvalError());
  show(kinds.ArrayBuffer, new ArrayBuffer(0));
  show(kinds.Generator, (function* () {})());
  show(kinds.AsyncGenerator, (async function* () {})());
  show(kinds.MapIterator, map.keys());
  show(kinds.SetIterator, set.keys());
  // Three kinds of arguments objects: of strict functions, of sloppy ones, of those with captured parameters.
  show(kinds.Arguments, (function () { return arguments; })());
  show(kinds.Arguments, sloppy('(function(a) { return arguments })')(1));
  show(kinds.Arguments, sloppy('(function(a) { const f = () => a; f(); return arguments })')(1));
  show(kinds.Proxy, proxy);
  show(kinds.Proxy, new Proxy(() => {}, handler));
  show(kinds.Number, Object(0));
  show(kinds.String, Object(''));
  show(kinds.String, new (class extends String {})());
  show(kinds.Boolean, Object(false));
  native.calibrateFields({}, proxy, target, handler, map, map.keys(), map.values(), map.entries(), weakMap, key);
}

if (!native.adoptFacts()) calibrate();

const symbolValue = Symbol.prototype.valueOf;
const bigintValue = BigInt.prototype.valueOf;

function boxedKind(value) {
  try {
    symbolValue.call(value);
    return kinds.Symbol;
  } catch {
    // Not a symbol.
  }
  try {
    bigintValue.call(value);
    return kinds.BigInt;
  } catch {
    return 0;
  }
}

// The built-in kind of an object, 0 for ordinary ones.
function kindOf(value) {
  const kind = native.kindOf(value);
  if (kind === kinds.Proxy) return isNamespace(value) ? 0 : kind;
  return kind === kinds.Boxed ? boxedKind(value) : kind;
}

// The loader's namespaces of modules are proxies by their making only.
function isNamespace(value) {
  const loader = require.cache.get('runtime/loader/esm_namespace');
  return loader !== undefined && loader.exports.isNamespace(value);
}

const mapEntries = Map.prototype.entries;
const mapKeys = Map.prototype.keys;
const mapValues = Map.prototype.values;
const setValues = Set.prototype.values;
const setEntries = Set.prototype.entries;

// [an iterator of its own in the same place, whether it gives pairs]; undefined where the engine does not show.
function cloneIterator(iterator) {
  const found = native.iteratorTarget(iterator);
  if (found === undefined) return undefined;
  const [target, gives] = found;
  let make;
  if (kindOf(iterator) === kinds.MapIterator) {
    make = gives === ENTRIES ? mapEntries : gives === KEYS ? mapKeys : mapValues;
  } else {
    make = gives === ENTRIES ? setEntries : setValues;
  }
  const clone = make.call(target);
  return native.iteratorSync(iterator, clone) ? [clone, gives === ENTRIES] : undefined;
}

// ---- Shapes ----

// Object shapes of lists without any property of their own but indices: no need to list millions of them.
// Literals share their elements until written to, which is a shape of its own: hence grown arrays as well.
const bareShapes = new Set([[], [1], [1.5], [''], [{}], grown(1), grown(1.5), grown({}), new Array(1), new Uint8Array(1),
                            new Float64Array(1)].map(native.shapeOf));
function grown(item) {
  const list = [];
  list.push(item);
  return list;
}
native.setBareShapes(...bareShapes);
let bufferShape;
function hasBareShape(list) {
  const shape = native.shapeOf(list);
  if (bareShapes.has(shape)) return shape !== 0;
  if (Array.isArray(list)) return false;
  bufferShape ??= native.shapeOf(require('buffer').Buffer.alloc(1));
  return shape === bufferShape && shape !== 0;
}

module.exports = {
  areBare: native.areBare,
  areOrdinary: native.areOrdinary,
  cloneIterator,
  getPromiseDetails: native.getPromiseDetails,
  getProxyDetails: native.getProxyDetails,
  hasBareShape,
  kindOf,
  kinds,
  shapeOf: native.shapeOf,
  weakEntries: native.weakEntries,
};
