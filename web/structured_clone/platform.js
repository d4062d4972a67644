// SPDX-License-Identifier: MIT
//
// Platform objects whose classes do not speak the protocol of web/structured_clone/protocol from the start. Idea: never
// load a subsystem to ask about an object: an object of a class that was never loaded cannot exist, so plain objects are
// recognised first and the rest by the name of a class on the prototype chain.

'use strict';

const { dataCloneError, refuse } = require('web/structured_clone/common');
const { kMove, kUncloneable } = require('web/structured_clone/protocol');

const NOT_LISTED = 'Object that needs transfer was found in message but not listed in transferList';
const UNSUPPORTED = 'Cannot clone object of unsupported type.';
const STREAMS = ['ReadableStream', 'WritableStream', 'TransformStream'];

function classNames(value) {
  const names = [];
  for (let proto = Object.getPrototypeOf(value); proto !== null; proto = Object.getPrototypeOf(proto)) {
    const ctor = Object.getOwnPropertyDescriptor(proto, 'constructor')?.value;
    if (typeof ctor === 'function') names.push(ctor.name);
  }
  return names;
}

function isPlain(value) {
  const proto = Object.getPrototypeOf(value);
  return proto === null || proto === Object.prototype;
}

// Throws for an object that cannot be cloned. Those that pack themselves (kPack) are not asked about.
function check(value) {
  if (typeof value[kMove] === 'function') throw dataCloneError(NOT_LISTED);
  if (value[kUncloneable] === true || value instanceof WeakRef || value instanceof FinalizationRegistry) throw dataCloneError(UNSUPPORTED);
  if (value === globalThis) throw refuse(value);
  if (isPlain(value)) return;
  const names = classNames(value);
  if (names.includes('URL') || names.includes('URLSearchParams')) {
    const { URL, URLSearchParams } = require('web/url');
    if (value instanceof URL || value instanceof URLSearchParams) throw dataCloneError(UNSUPPORTED);
  }
  if (isPort(value, names) || streamOf(value, names) !== undefined) throw dataCloneError(NOT_LISTED);
}

function isPort(value, names) {
  return names.includes('MessagePort') && require('worker_threads/ports').nativeOf(value) !== undefined;
}

function streamOf(value, names) {
  const name = STREAMS.find((one) => names.includes(one));
  if (name === undefined) return undefined;
  const Class = require('web/streams')[name];
  return value instanceof Class ? Class : undefined;
}

// Makes an object's class speak the protocol where it can.
function teach(value) {
  if (isPlain(value)) return;
  const Class = streamOf(value, classNames(value));
  if (Class !== undefined) require('web/streams/transfer').makeTransferable(Class);
}

module.exports = { check, teach };
