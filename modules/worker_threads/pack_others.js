// SPDX-License-Identifier: MIT
//
// Objects that are not plain at first sight, onto a tape (pack.js): collections, errors, boxed values, objects of the platform,
// and plain ones whose prototype is another than most have. What cannot be cloned is refused here.
'use strict';

const native = binding('ports');
const { hasBareShape, kindOf, kinds } = require('util/peek');
const { dataCloneError, refuse, ERROR_NAMES } = require('web/structured_clone/common');
const protocol = require('web/structured_clone/protocol');
const tags = require('worker_threads/tags');
const { word, double, kind, write, keep, entries, elements, depthNow } = require('worker_threads/pack');

const { kPack, uncloneable } = protocol;
const { OBJECT } = tags;
const { isView } = ArrayBuffer;
const { isArray } = Array;
const { hasOwn } = Object;
const eachOfMap = Function.prototype.call.bind(Map.prototype.forEach);
const eachOfSet = Function.prototype.call.bind(Set.prototype.forEach);

let bytes = null;
const forBytes = () => (bytes ??= require('worker_threads/pack_bytes'));

function other(value) {
  const which = kindOf(value);
  switch (which) {
    case 0: break;
    case kinds.Map: return map(value);
    case kinds.Set: return set(value);
    case kinds.Date:
      keep(value);
      kind(tags.K_DATE);
      return double(Date.prototype.getTime.call(value));
    case kinds.RegExp: return regexp(value);
    case kinds.Error: return error(value);
    case kinds.ArrayBuffer: return forBytes().buffer(value);
    case kinds.Number: return boxed(value, Number.prototype.valueOf.call(value));
    case kinds.String: return boxed(value, String.prototype.valueOf.call(value));
    case kinds.Boolean: return boxed(value, Boolean.prototype.valueOf.call(value));
    case kinds.BigInt: return boxed(value, BigInt.prototype.valueOf.call(value));
    default: throw refuse(value);
  }
  if (isView(value)) return forBytes().view(value);
  if (isArray(value)) return list(value);
  if (uncloneable.has(value)) throw dataCloneError('Cannot clone object of unsupported type.');
  if (value instanceof protocol.Descriptor) {
    keep(value);
    kind(tags.K_NATIVE);
    return word(native.addFile(depthNow(), value.fd));
  }
  if (typeof value[kPack] === 'function') return host(value, value[kPack]());
  require('web/structured_clone/platform').check(value);
  keep(value);
  return entries(value, OBJECT);
}

function boxed(value, inner) {
  keep(value);
  kind(tags.K_BOXED);
  write(inner);
}

function list(value) {
  keep(value);
  if (hasBareShape(value)) return elements(value);
  kind(tags.K_LIST);
  double(value.length);
  return entries(value, OBJECT);
}

function map(value) {
  keep(value);
  const pairs = [];
  eachOfMap(value, (item, key) => pairs.push(key, item));
  kind(tags.K_MAP);
  word(pairs.length / 2);
  for (const item of pairs) write(item);
}

function set(value) {
  keep(value);
  const items = [];
  eachOfSet(value, (item) => items.push(item));
  kind(tags.K_SET);
  word(items.length);
  for (const item of items) write(item);
}

function regexp(value) {
  keep(value);
  const { source, flags } = require('util/internals').plainRegExp(value);
  kind(tags.K_REGEXP);
  write(source);
  write(flags);
}

function error(value) {
  if (require('web/domexception').isDOMException(value)) {
    keep(value);
    kind(tags.K_DOM_EXCEPTION);
    write(`${value.message}`);
    write(`${value.name}`);
    return write(value.stack === undefined ? undefined : `${value.stack}`);
  }
  keep(value);
  const name = value.name === undefined ? 'Error' : String(value.name);
  const message = Object.getOwnPropertyDescriptor(value, 'message');
  const stack = require('util/internals').stackOf(value);
  kind(tags.K_ERROR);
  write(ERROR_NAMES.has(name) ? name : 'Error');
  write(message !== undefined && hasOwn(message, 'value') ? String(message.value) : undefined);
  write(typeof stack === 'string' ? stack : undefined);
  if (hasOwn(value, 'cause')) {
    write(true);
    write(value.cause);
  } else {
    write(false);
  }
  return undefined;
}

function host(value, { deserializeInfo, data }) {
  keep(value);
  kind(tags.K_HOST);
  write(deserializeInfo);
  write(data);
}
module.exports = { other };
