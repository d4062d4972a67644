// SPDX-License-Identifier: MIT
//
// compose(): several streams as one Duplex: writes enter the first, reads leave the last.
'use strict';

const { codes } = require('internal/errors');
const { Bridge } = require('stream/bridge');
const { eos } = require('stream/finished');
const utils = require('stream/utils');

function writable(stream) {
  return !!(utils.isWritable(stream) || utils.isWritableStream(stream) || utils.isTransformStream(stream));
}

function readable(stream) {
  return !!(utils.isReadable(stream) || utils.isReadableStream(stream) || utils.isTransformStream(stream));
}

function check(streams, given) {
  for (let i = 0; i < streams.length; i++) {
    if (!utils.isNodeStream(streams[i]) && !utils.isWebStream(streams[i])) continue;
    if (i < streams.length - 1 && !readable(streams[i])) {
      throw new codes.ERR_INVALID_ARG_VALUE(`streams[${i}]`, given[i], 'must be readable');
    }
    if (i > 0 && !writable(streams[i])) {
      throw new codes.ERR_INVALID_ARG_VALUE(`streams[${i}]`, given[i], 'must be writable');
    }
  }
}

function compose(...streams) {
  const Duplex = require('stream/duplex');
  if (streams.length === 0) throw new codes.ERR_MISSING_ARGS('streams');
  if (streams.length === 1) return Duplex.from(streams[0]);
  const given = streams.slice();
  const lastIndex = streams.length - 1;
  if (typeof streams[0] === 'function') streams[0] = Duplex.from(streams[0]);
  if (typeof streams[lastIndex] === 'function') streams[lastIndex] = Duplex.from(streams[lastIndex]);
  check(streams, given);

  const head = streams[0];
  let bridge;
  const tail = require('stream/pipeline').pipeline(...streams, (error) => bridge.behindFinished(error));
  const canWrite = writable(head);
  const canRead = readable(tail);
  bridge = new Bridge({
    writableObjectMode: !!head?.writableObjectMode,
    readableObjectMode: !!tail?.readableObjectMode,
    writable: canWrite,
    readable: canRead,
  });
  if (canWrite) {
    if (utils.isNodeStream(head)) bridge.writeInto(head);
    else bridge.writeIntoWeb(head);
    eos(utils.isTransformStream(tail) ? tail.readable : tail, () => bridge.fire('onFinish'));
  }
  if (canRead) {
    if (utils.isNodeStream(tail)) bridge.readFrom(tail);
    else bridge.readFromWeb(tail);
  }
  if (utils.isNodeStream(tail)) {
    bridge.toDestroy.push(tail);
    bridge.alwaysDestroys = true;
  }
  return bridge;
}

module.exports = { compose };
