// SPDX-License-Identifier: MIT
//
// What a message moves, onto its tape (pack.js): the transfer list is checked before the value is written, and the things
// themselves come after it.
'use strict';

const native = binding('ports');
const { kindOf, kinds } = require('util/peek');
const { dataCloneError, takeBuffer } = require('web/structured_clone/common');
const { kMove, kMoveList, untransferable } = require('web/structured_clone/protocol');
const tags = require('worker_threads/tags');
const { word, double, kind, write, rawBytes, depthNow } = require('worker_threads/pack');

// The transfer list, and what moves along, numbered: item -> number.
function prepare(transfer, sender) {
  const map = new Map();
  const queue = [...transfer];
  for (let i = 0; i < queue.length; i++) {
    const item = queue[i];
    checkMove(item, sender, map);
    map.set(item, map.size);
    if (typeof item[kMoveList] === 'function') queue.push(...item[kMoveList]());
  }
  return map;
}

function checkMove(item, sender, before) {
  if ((typeof item !== 'object' && typeof item !== 'function') || item === null) {
    throw dataCloneError('Found invalid value in transferList.');
  }
  if (isTransferableBuffer(item)) {
    if (before.has(item)) throw dataCloneError('Transfer list contains duplicate ArrayBuffer');
    if (item.detached || untransferable.has(item)) throw dataCloneError('Cannot transfer object of unsupported type.');
    return;
  }
  if (untransferable.has(item)) throw dataCloneError('Cannot transfer object of unsupported type.');
  const { nativeOf } = require('worker_threads/ports');
  const port = nativeOf(item);
  if (port !== undefined) {
    if (item === sender) throw dataCloneError('Transfer list contains source port');
    if (before.has(item)) throw dataCloneError('Transfer list contains duplicate MessagePort');
    if (native.isDetached(port)) throw dataCloneError('MessagePort in transfer list is already detached');
    return;
  }
  if (typeof item[kMove] !== 'function') require('web/structured_clone/platform').teach(item);
  if (typeof item[kMove] !== 'function') throw dataCloneError('Found invalid value in transferList.');
  if (before.has(item)) throw dataCloneError('Transfer list contains duplicate host object');
}

function isTransferableBuffer(item) {
  return kindOf(item) === kinds.ArrayBuffer && require('util/types').isArrayBuffer(item);
}

// After the value: simple things first, then those with data of their own, the last first, because they may hold what
// was found later.
function writeAll(moves) {
  const items = [...moves.keys()];
  const { nativeOf, detach } = require('worker_threads/ports');
  const hosts = [];
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    const port = nativeOf(item);
    if (port !== undefined) {
      word(i);
      kind(tags.K_PORT);
      word(native.addPort(depthNow(), port));
      detach(item);
    } else if (isTransferableBuffer(item)) {
      word(i);
      moveBuffer(item);
    } else {
      hosts.push(i);
    }
  }
  for (let h = hosts.length - 1; h >= 0; h--) {
    const { deserializeInfo, data } = items[hosts[h]][kMove]();
    word(hosts[h]);
    kind(tags.K_HOST);
    write(deserializeInfo);
    write(data);
  }
}

function moveBuffer(item) {
  const taken = takeBuffer(item, false);
  kind(taken.resizable ? tags.K_RESIZABLE : tags.K_ARRAY_BUFFER);
  double(taken.byteLength);
  if (taken.resizable) double(taken.maxByteLength);
  rawBytes(new Uint8Array(taken), taken.byteLength);
}

module.exports = { prepare, writeAll };
