// SPDX-License-Identifier: MIT
//
// What util.inspect knows of each kind of object: the name in front, the braces, the keys to show, and how the
// contents become pieces. classify() looks at internal slots, never at what the object claims to be, and
// returns either finished text or a shape { open, close, base, kind, keys, pieces }, where pieces(view, value,
// depth, shape) makes the contents.

'use strict';

const types = require('util/types');
const text = require('util/inspect_text');
const internals = require('util/internals');
const { LIST, OBJECT, assemble } = require('util/inspect_layout');
const { kindOf, kinds } = require('util/peek');

const { hasOwnProperty, propertyIsEnumerable } = Object.prototype;
const getter = (proto, name) => Function.prototype.call.bind(Object.getOwnPropertyDescriptor(proto, name).get);
const typedArrayLength = getter(Object.getPrototypeOf(Uint8Array.prototype), 'length');
const typedArrayTag = getter(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);
const mapSize = getter(Map.prototype, 'size');
const setSize = getter(Set.prototype, 'size');
const eachOfMap = Function.prototype.call.bind(Map.prototype.forEach);
const eachOfSet = Function.prototype.call.bind(Set.prototype.forEach);
const functionText = Function.prototype.call.bind(Function.prototype.toString);

const BOXED = new Map([
  [kinds.Number, ['Number', Number.prototype.valueOf]],
  [kinds.String, ['String', String.prototype.valueOf]],
  [kinds.Boolean, ['Boolean', Boolean.prototype.valueOf]],
  [kinds.BigInt, ['BigInt', BigInt.prototype.valueOf]],
  [kinds.Symbol, ['Symbol', Symbol.prototype.valueOf]],
]);

// ---- Names ----

function isInstanceOf(value, ctor) {
  try {
    return value instanceof ctor;
  } catch {
    return false;
  }
}

// The name of the nearest constructor on the prototype chain, or null where the chain just ends. An object
// that merely inherits from objects without a constructor shows those in angle brackets. With `inherited` it
// also collects the properties of the user's prototypes.
function constructorName(view, value, depth, inherited) {
  if (inherited !== undefined || hasOwnProperty.call(value, 'constructor')) {
    return searchConstructor(view, value, depth, inherited);
  }
  // Objects of one class are many: their prototype answers for all of them within a call.
  const proto = Object.getPrototypeOf(value);
  let name = view.protoNames?.get(proto);
  if (name === undefined) {
    name = searchConstructor(view, value, depth, undefined);
    if (proto !== null && typeof name === 'string' && !name.endsWith('>')) {
      view.protoNames ??= new Map();
      view.protoNames.set(proto, name);
    }
  }
  return name;
}

// Names of prototypes whose `constructor` the program has replaced by something that is no class.
const WELL_KNOWN = new Map([
  [Array.prototype, 'Array'], [ArrayBuffer.prototype, 'ArrayBuffer'], [Function.prototype, 'Function'],
  [Map.prototype, 'Map'], [Set.prototype, 'Set'], [Object.prototype, 'Object'],
  [Object.getPrototypeOf(Uint8Array.prototype), 'TypedArray'],
]);

function searchConstructor(view, value, depth, inherited) {
  let owner = value;
  let first;
  while (owner !== null) {
    const desc = Object.getOwnPropertyDescriptor(owner, 'constructor');
    const ctor = desc?.value;
    if (typeof ctor === 'function' && nameOf(ctor) !== '' && isInstanceOf(value, ctor)) {
      const name = String(nameOf(ctor));
      if (inherited !== undefined && (first !== owner || !internals.isLanguageClass(name))) {
        collectInherited(value, first || value, inherited);
      }
      return name;
    }
    if (desc !== undefined && owner !== value && WELL_KNOWN.has(owner)) return WELL_KNOWN.get(owner);
    owner = Object.getPrototypeOf(owner);
    if (first === undefined) {
      first = owner;
      if (owner === null) return null;
    }
  }
  const own = shortName(value);
  if (depth > view.depth && view.depth !== null) return `${own} <Complex prototype>`;
  const above = constructorName(view, first, depth + 1, inherited);
  if (above === null) {
    const shown = inspectBare(view, first);
    return `${own} <${shown}>`;
  }
  return `${own} <${above}>`;
}

function nameOf(ctor) {
  const { name } = ctor;
  return name;
}

// A prototype without constructor, shown by itself without custom inspectors and one level deep.
function inspectBare(view, value) {
  const { Printer } = require('util/inspect');
  const bare = new Printer(view.optionsForUser(false));
  bare.customInspect = false;
  bare.depth = -1;
  return bare.print(value, 0);
}

// Up to three prototypes of the user's; own properties of the object hide theirs.
function collectInherited(value, proto, out) {
  const seen = new Set();
  let object = proto;
  if (object === value) {
    object = Object.getPrototypeOf(value);
    if (object === null) return;
  }
  for (let level = 0; level < 3 && object !== null; level++) {
    const desc = Object.getOwnPropertyDescriptor(object, 'constructor');
    if (typeof desc?.value === 'function' && internals.isLanguageClass(desc.value.name)) return;
    for (const key of Reflect.ownKeys(object)) {
      if (key === 'constructor' || hasOwnProperty.call(value, key) || seen.has(key)) continue;
      seen.add(key);
      const item = Object.getOwnPropertyDescriptor(object, key);
      if (typeof item.value === 'function') continue;
      out.push([key, item]);
    }
    object = Object.getPrototypeOf(object);
  }
}

// What the engine knows an object to be, whatever its prototype says.
const KIND_NAMES = new Map(Object.entries(kinds).map(([name, k]) => [k, name]));
function shortName(value) {
  if (typeof value === 'function') return 'Function';
  if (Array.isArray(value)) return 'Array';
  const tag = typedArrayTag(value);
  if (tag !== undefined) return tag;
  if (types.isDataView(value)) return 'DataView';
  const name = KIND_NAMES.get(kindOf(value));
  if (name === undefined || name === 'Arguments' || name === 'Generator' || name === 'AsyncGenerator') return 'Object';
  if (name === 'ArrayBuffer' && types.isSharedArrayBuffer(value)) return 'SharedArrayBuffer';
  return name;
}

// "Foo [tag] ", "[Foo: null prototype] [tag] "; `size` goes behind the name: "Foo(3) ".
function prefix(named, tag, fallback, size = '') {
  const tagged = tag !== '' && named !== tag ? `[${tag}] ` : '';
  if (named === null) {
    return tag !== '' && fallback !== tag ? `[${fallback}${size}: null prototype] [${tag}] ` :
      `[${fallback}${size}: null prototype] `;
  }
  return `${named}${size} ${tagged}`;
}

// ---- Keys ----

function keysOf(value, showHidden) {
  const symbols = Object.getOwnPropertySymbols(value);
  if (showHidden) {
    const names = Object.getOwnPropertyNames(value);
    return symbols.length === 0 ? names : names.concat(symbols);
  }
  let names;
  try {
    names = Object.keys(value);
  } catch {
    // Bindings of a module that were not initialised yet.
    names = Object.getOwnPropertyNames(value);
  }
  if (symbols.length !== 0) {
    for (const symbol of symbols) {
      if (propertyIsEnumerable.call(value, symbol)) names.push(symbol);
    }
  }
  return names;
}

function frame(open, close, kind, keys, pieces, base = '') {
  return { open, close, base, kind, keys, pieces };
}

const nothing = () => [];

// ---- Classification ----

function classify(view, value, named, tag, extra, depth, inTyped, kind) {
  if (typeof value !== 'function' && (named === null || Symbol.iterator in value)) {
    const shape = classifyIterable(view, value, named, tag, extra, kind);
    if (shape !== undefined) return shape;
  }
  const keys = keysOf(value, view.showHidden);
  const bare = keys.length === 0 && !extra;
  if (typeof value === 'function') {
    const base = functionBase(view, value, named, tag);
    if (bare) return view.stylize(base, 'special');
    return frame('{', '}', OBJECT, keys, nothing, base);
  }
  switch (kind) {
    case kinds.Arguments:
      return bare ? '[Arguments] {}' : frame('[Arguments] {', '}', OBJECT, keys, nothing);
    case kinds.RegExp: return regexp(view, value, named, tag, keys, bare, depth);
    case kinds.Date: return date(view, value, named, tag, keys, bare);
    case kinds.ArrayBuffer: return arrayBuffer(view, value, named, tag, keys, bare, inTyped);
    case kinds.Promise:
      return frame(`${prefix(named, tag, 'Promise')}{`, '}', OBJECT, keys, promisePieces);
    case kinds.WeakSet:
      return frame(`${prefix(named, tag, 'WeakSet')}{`, '}', OBJECT, keys, weakSetPieces);
    case kinds.WeakMap:
      return frame(`${prefix(named, tag, 'WeakMap')}{`, '}', OBJECT, keys, weakMapPieces);
    default:
  }
  if (kind === 0 && named === 'Object' && Object.getPrototypeOf(value) === Object.prototype) {
    return plainObject(view, value, named, tag, keys, bare, kind);
  }
  if (kind === kinds.Error || isErrorLike(value)) {
    const base = require('util/inspect_errors').errorText(view, value, named, tag, keys);
    return keys.length === 0 && !extra ? base : frame('{', '}', OBJECT, keys, nothing, base);
  }
  if (types.isDataView(value)) {
    const extras = ['byteLength', 'byteOffset', 'buffer'];
    return frame(`${prefix(named, tag, 'DataView')}{`, '}', OBJECT, keys,
      (v, item, level) => slots(v, item, level, extras, false));
  }
  const text = kind === 0 ? urlText(value) : undefined;
  if (text !== undefined) return bare ? text : frame('{', '}', OBJECT, keys, nothing, text);
  if (BOXED.has(kind) && !isItsOwnPrototype(value)) return boxed(view, value, kind, named, tag, keys, bare);
  return plainObject(view, value, named, tag, keys, bare, kind);
}

// Number.prototype and its like are boxed values too, but shown as what they are used for.
function isItsOwnPrototype(value) {
  const desc = Object.getOwnPropertyDescriptor(value, 'constructor');
  return typeof desc?.value === 'function' && desc.value.prototype === value;
}

function isErrorLike(value) {
  return internals.inheritsFromError(value);
}

function plainObject(view, value, named, tag, keys, bare, kind) {
  if (types.isModuleNamespaceObject(value)) {
    return frame(`${prefix(named, '', 'Module')}{`, '}', OBJECT, [], (v, item, depth) => namespacePieces(v, item, depth, keys));
  }
  if (bare && types.isExternal(value)) {
    return view.stylize(`[External: ${internals.externalAddress(value)}]`, 'special');
  }
  const fallback = kind === 0 ? 'Object' : shortName(value);
  const name = named === 'Object' && tag === '' ? '' : prefix(named, tag, fallback);
  return bare ? `${name}{}` : frame(`${name}{`, '}', OBJECT, keys, nothing);
}

// The text of a URL, where its own inspector is not to be asked; undefined for anything else. Nobody has a URL before
// the module is loaded.
function urlText(value) {
  const url = require.cache.get('web/url');
  if (url === undefined || !(value instanceof url.exports.URL) || Object.hasOwn(value, 'href')) return undefined;
  try {
    return value.href;
  } catch {
    return undefined; // only its prototype says so
  }
}

function classifyIterable(view, value, named, tag, extra, kind) {
  if (Array.isArray(value)) {
    const keys = internals.nonIndexKeys(value, view.showHidden);
    const name = named !== 'Array' || tag !== '' ? prefix(named, tag, 'Array', `(${value.length})`) : '';
    if (value.length === 0 && keys.length === 0 && !extra) return `${name}[]`;
    return frame(`${name}[`, ']', LIST, keys, arrayPieces);
  }
  const typed = typedArrayTag(value);
  if (typed !== undefined) {
    const keys = internals.nonIndexKeys(value, view.showHidden);
    const size = typedArrayLength(value);
    const name = prefix(named, tag, typed, `(${size})`);
    if (size === 0 && keys.length === 0 && !view.showHidden && !extra) return `${name}[]`;
    return frame(`${name}[`, ']', LIST, keys, (v, item, depth) => typedPieces(v, item, depth, size));
  }
  switch (kind) {
    case kinds.Set: {
      const size = setSize(value);
      const keys = keysOf(value, view.showHidden);
      const name = prefix(named, tag, 'Set', `(${size})`);
      if (size === 0 && keys.length === 0 && !extra) return `${name}{}`;
      return frame(`${name}{`, '}', OBJECT, keys, (v, item, depth) => setPieces(v, item, depth, size));
    }
    case kinds.Map: {
      const size = mapSize(value);
      const keys = keysOf(value, view.showHidden);
      const name = prefix(named, tag, 'Map', `(${size})`);
      if (size === 0 && keys.length === 0 && !extra) return `${name}{}`;
      return frame(`${name}{`, '}', OBJECT, keys, (v, item, depth) => mapPieces(v, item, depth, size));
    }
    case kinds.MapIterator:
    case kinds.SetIterator: {
      const name = kind === kinds.MapIterator ? 'Map' : 'Set';
      const shown = tag !== '' && tag !== `${name} Iterator` ? `[${tag}] ` : '';
      return frame(`${shown}[${name} Iterator] {`, '}', OBJECT, keysOf(value, view.showHidden), iteratorPieces);
    }
    default: return undefined;
  }
}

// ---- Functions ----

function isClassText(source) {
  if (!source.startsWith('class') || !source.endsWith('}')) return false;
  // A method called `class` is followed by its parameters.
  const rest = source.slice(5).replace(/^(?:\s|\/\*[^]*?\*\/|\/\/[^\n]*\n)+/, ' ');
  return /^[ {]/.test(rest) && !/^ ?\(/.test(rest);
}

function functionBase(view, value, named, tag) {
  const source = functionText(value);
  if (isClassText(source)) return classBase(value, named, tag);
  let type = 'Function';
  if (types.isGeneratorFunction(value)) type = `Generator${type}`;
  if (types.isAsyncFunction(value)) type = `Async${type}`;
  let base = `[${type}`;
  if (named === null) base += ' (null prototype)';
  base += value.name === '' || value.name === undefined ? ' (anonymous)' :
    `: ${typeof value.name === 'string' ? value.name : view.plainText(value.name)}`;
  base += ']';
  if (named !== type && named !== null) base += ` ${named}`;
  if (tag !== '' && named !== tag) base += ` [${tag}]`;
  return base;
}

function classBase(value, named, tag) {
  const name = hasOwnProperty.call(value, 'name') && value.name;
  let base = `[class ${name || '(anonymous)'}`;
  if (named !== 'Function' && named !== null) base += ` [${named}]`;
  if (tag !== '' && named !== tag) base += ` [${tag}]`;
  if (named === null) return `${base} extends [null prototype]]`;
  const parent = Object.getPrototypeOf(value).name;
  return parent ? `${base} extends ${parent}]` : `${base}]`;
}

// ---- Kinds that are text in front of braces ----

function regexp(view, value, named, tag, keys, bare, depth) {
  let base = RegExp.prototype.toString.call(named === null ? internals.plainRegExp(value) : value);
  const name = prefix(named, tag, 'RegExp');
  if (name !== 'RegExp ') base = `${name}${base}`;
  if (bare || (depth > view.depth && view.depth !== null)) return view.stylize(base, 'regexp');
  return frame('{', '}', OBJECT, keys, nothing, base);
}

function date(view, value, named, tag, keys, bare) {
  const time = Date.prototype.getTime.call(value);
  let base = time !== time ? 'Invalid Date' : Date.prototype.toISOString.call(value);
  const name = prefix(named, tag, 'Date');
  if (name !== 'Date ') base = `${name}${base}`;
  return bare ? view.stylize(base, 'date') : frame('{', '}', OBJECT, keys, nothing, base);
}

function boxed(view, value, kind, named, tag, keys, bare) {
  const [type, valueOf] = BOXED.get(kind);
  const inner = valueOf.call(value);
  if (type === 'String') keys.splice(0, inner.length); // its characters
  let base = `[${type}`;
  if (type !== named) base += named === null ? ' (null prototype)' : ` (${named})`;
  const plainView = view.withoutColors();
  base += `: ${plainView.primitive(inner)}]`;
  if (tag !== '' && tag !== named) base += ` [${tag}]`;
  if (keys.length === 0 && !(!bare && keys.length !== 0)) return view.stylize(base, type.toLowerCase());
  return frame('{', '}', OBJECT, keys, nothing, base);
}

// ---- Buffers ----

function arrayBuffer(view, value, named, tag, keys, bare, inTyped) {
  const fallback = types.isSharedArrayBuffer(value) ? 'SharedArrayBuffer' : 'ArrayBuffer';
  const name = prefix(named, tag, fallback);
  if (inTyped && bare) {
    return `${name}{ ${slot(view, value, 0, 'byteLength')} }`;
  }
  return frame(`${name}{`, '}', OBJECT, keys, (v, item, depth) => {
    const pieces = inTyped ? [] : [contents(v, item)];
    pieces.push(slot(v, item, depth, 'byteLength'));
    return pieces;
  });
}

function contents(view, value) {
  let bytes;
  try {
    bytes = new Uint8Array(value);
  } catch {
    return view.stylize('(detached)', 'special');
  }
  const shown = Math.min(Math.max(0, view.maxArrayLength), bytes.length);
  let hex = '';
  for (let i = 0; i < shown; i++) {
    hex += `${i === 0 ? '' : ' '}${bytes[i] < 16 ? '0' : ''}${bytes[i].toString(16)}`;
  }
  const left = bytes.length - shown;
  if (left > 0) hex += ` ... ${left} more byte${left > 1 ? 's' : ''}`;
  return `${view.stylize('[Uint8Contents]', 'special')}: <${hex}>`;
}

// "[byteLength]: 4": an accessor of the prototype, shown like a hidden property.
function slot(view, value, depth, name) {
  let item;
  try {
    item = value[name];
  } catch {
    item = undefined;
  }
  return `${view.stylize(`[${name}]`, 'string')}: ${view.print(item, depth)}`;
}

function slots(view, value, depth, names, inTyped) {
  view.indentation += 2;
  const out = [];
  for (const name of names) {
    if (name !== 'buffer') {
      out.push(slot(view, value, depth, name));
    } else {
      out.push(`${view.stylize('[buffer]', 'string')}: ${view.print(value.buffer, depth, inTyped)}`);
    }
  }
  view.indentation -= 2;
  return out;
}

function moreItems(left) {
  return `... ${left} more item${left > 1 ? 's' : ''}`;
}

function shownCount(view, length) {
  return Math.min(Math.max(0, view.maxArrayLength), length);
}

const TYPED_SLOTS = ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer'];

function typedPieces(view, value, depth, length) {
  const count = shownCount(view, length);
  const pieces = new Array(count);
  // An own `length` of the user's decides here, as in Node; without a prototype there is none to ask.
  const isNumber = typeof value[0] === 'number' && !(value.length <= 0);
  for (let i = 0; i < count; i++) {
    pieces[i] = isNumber ? view.stylize(text.numberText(value[i], view.numericSeparator), 'number') :
      view.stylize(text.bigintText(value[i], view.numericSeparator), 'bigint');
  }
  if (length > count) pieces.push(moreItems(length - count));
  if (view.showHidden) pieces.push(...slots(view, value, depth, TYPED_SLOTS, true));
  return pieces;
}

// ---- Lists ----

function arrayPieces(view, value, depth) {
  const { length } = value;
  const count = shownCount(view, length);
  const pieces = [];
  let i = 0;
  if (internals.hasBareShape(value)) i = plainElements(view, value, depth, count, pieces);
  for (; i < count; i++) {
    if (!hasOwnProperty.call(value, i)) return sparsePieces(view, value, depth, count, pieces, i);
    pieces.push(element(view, value, depth, i));
  }
  if (length > count) pieces.push(moreItems(length - count));
  return pieces;
}

// The elements of an array that cannot have accessors, up to the first hole. Returns how many.
function plainElements(view, value, depth, count, pieces) {
  view.indentation += 2;
  let i = 0;
  for (; i < count; i++) {
    const item = value[i];
    if (item === undefined && !hasOwnProperty.call(value, i)) break;
    pieces.push(typeof item === 'object' ? view.print(item, depth) : view.simple(item, depth));
  }
  view.indentation -= 2;
  return i;
}

function element(view, value, depth, index) {
  const desc = Object.getOwnPropertyDescriptor(value, index);
  if (desc.value === undefined) {
    return desc.get !== undefined ? view.accessor(desc, depth, value) :
      view.stylize(desc.set !== undefined ? '[Setter]' : 'undefined', desc.set !== undefined ? 'special' : 'undefined');
  }
  view.indentation += 2;
  const piece = view.print(desc.value, depth);
  view.indentation -= 2;
  return piece;
}

// The rest of an array with holes: each run of holes counts as one piece.
function sparsePieces(view, value, depth, count, pieces, index) {
  const keys = Object.keys(value);
  let at = index;
  let next = index;
  while (next < keys.length && pieces.length < count) {
    const key = keys[next];
    if (!internals.isIndex(key)) break;
    const position = Number(key);
    if (position !== at) {
      pieces.push(hole(view, position - at));
      at = position;
      if (pieces.length === count) break;
    }
    pieces.push(element(view, value, depth, key));
    at++;
    next++;
  }
  const left = value.length - at;
  if (pieces.length !== count) {
    if (left > 0) pieces.push(hole(view, left));
  } else if (left > 0) {
    pieces.push(moreItems(left));
  }
  return pieces;
}

function hole(view, size) {
  return view.stylize(`<${size} empty item${size > 1 ? 's' : ''}>`, 'undefined');
}

function setPieces(view, value, depth, size) {
  const count = shownCount(view, size);
  const pieces = [];
  view.indentation += 2;
  let seen = 0;
  eachOfSet(value, (item) => {
    if (seen++ < count) pieces.push(view.print(item, depth));
  });
  if (size > count) pieces.push(moreItems(size - count));
  view.indentation -= 2;
  return pieces;
}

function mapPieces(view, value, depth, size) {
  const count = shownCount(view, size);
  const pieces = [];
  view.indentation += 2;
  let seen = 0;
  eachOfMap(value, (item, key) => {
    if (seen++ < count) pieces.push(`${view.print(key, depth)} => ${view.print(item, depth)}`);
  });
  if (size > count) pieces.push(moreItems(size - count));
  view.indentation -= 2;
  return pieces;
}

function iteratorPieces(view, value, depth, shape) {
  const [items, paired] = internals.previewEntries(value);
  if (paired) {
    shape.open = shape.open.replace(/ Iterator\] \{$/, ' Entries] {');
    return pairPieces(view, items, depth);
  }
  return itemPieces(view, items, depth);
}

function itemPieces(view, items, depth) {
  const count = shownCount(view, items.length);
  const pieces = [];
  view.indentation += 2;
  for (let i = 0; i < count; i++) pieces.push(view.print(items[i], depth));
  view.indentation -= 2;
  if (items.length > count) pieces.push(moreItems(items.length - count));
  return pieces;
}

// `items` holds key, value, key, value ...
function pairPieces(view, items, depth) {
  const length = items.length / 2;
  const count = shownCount(view, length);
  const pieces = [];
  view.indentation += 2;
  for (let i = 0; i < count; i++) {
    const pair = [view.print(items[i * 2], depth), view.print(items[i * 2 + 1], depth)];
    pieces.push(assemble(view, pair, { open: '[', close: ']', base: '' }, LIST, depth));
  }
  view.indentation -= 2;
  if (length > count) pieces.push(moreItems(length - count));
  return pieces;
}

function weakSetPieces(view, value, depth) {
  const items = view.showHidden ? internals.weakEntries(value) : undefined;
  if (items === undefined) return [view.stylize('<items unknown>', 'special')];
  const pieces = itemPieces({ __proto__: view, maxArrayLength: Infinity }, items, depth);
  return trimSorted(view, pieces);
}

function weakMapPieces(view, value, depth) {
  const items = view.showHidden ? internals.weakEntries(value) : undefined;
  if (items === undefined) return [view.stylize('<items unknown>', 'special')];
  const pieces = [];
  view.indentation += 2;
  for (let i = 0; i < items.length; i += 2) {
    pieces.push(`${view.print(items[i], depth)} => ${view.print(items[i + 1], depth)}`);
  }
  view.indentation -= 2;
  return trimSorted(view, pieces);
}

// Weak collections have no order of their own: by text, so that the same contents look the same.
function trimSorted(view, pieces) {
  const count = shownCount(view, pieces.length);
  const left = pieces.length - count;
  pieces.sort();
  pieces.length = count;
  if (left > 0) pieces.push(moreItems(left));
  return pieces;
}

function promisePieces(view, value, depth) {
  const [state, result] = internals.promiseDetails(value);
  if (state === 'pending') return [view.stylize('<pending>', 'special')];
  if (state === 'unknown') return [view.stylize('<unknown>', 'special')];
  view.indentation += 2;
  const shown = view.print(result, depth);
  view.indentation -= 2;
  return [state === 'rejected' ? `${view.stylize('<rejected>', 'special')} ${shown}` : shown];
}

function namespacePieces(view, value, depth, keys) {
  const pieces = [];
  for (const key of keys) {
    try {
      pieces.push(view.property(value, depth, key, false));
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      pieces.push(`${view.key(key, true)}: ${view.stylize('<uninitialized>', 'special')}`);
    }
  }
  return pieces;
}

module.exports = { classify, constructorName, prefix, shortName };
