// SPDX-License-Identifier: MIT
//
// The pumps of pipeline(): from an iterable into a Node stream or a web stream, and between two Node streams.
'use strict';

const { codes, aggregateTwoErrors } = require('internal/errors');
const { eos } = require('stream/finished');
const utils = require('stream/utils');

async function pumpToNode(iterable, writable, finish, end) {
  let failure;
  let wake = null;
  const onChange = (error) => {
    if (error) failure = error;
    const fn = wake;
    wake = null;
    if (fn !== null) fn();
  };
  const change = () => new Promise((resolve, reject) => {
    const settle = () => (failure ? reject(failure) : resolve());
    if (failure) settle();
    else wake = settle;
  });
  writable.on('drain', onChange);
  const cleanup = eos(writable, { readable: false }, onChange);
  try {
    if (writable.writableNeedDrain) await change();
    for await (const chunk of iterable) {
      if (!writable.write(chunk)) await change();
    }
    if (end) {
      writable.end();
      await change();
    }
    finish();
  } catch (error) {
    finish(failure !== error ? aggregateTwoErrors(failure, error) : error);
  } finally {
    cleanup();
    writable.off('drain', onChange);
  }
}

async function pumpToWeb(iterable, stream, finish, end) {
  const writer = (utils.isTransformStream(stream) ? stream.writable : stream).getWriter();
  try {
    for await (const chunk of iterable) {
      await writer.ready;
      writer.write(chunk).catch(() => {}); // its failure shows in ready or close()
    }
    await writer.ready;
    if (end) await writer.close();
    finish();
  } catch (error) {
    try {
      await writer.abort(error);
      finish(error);
    } catch (abortError) {
      finish(abortError);
    }
  }
}

// Between Node streams pipe() does the work; this watches both ends. finish() is called once for each end.
function pumpNodes(source, dest, finish, fail, end) {
  let ended = false;
  dest.on('close', () => {
    if (!ended) fail(new codes.ERR_STREAM_PREMATURE_CLOSE());
  });
  source.pipe(dest, { end: false });
  if (end) {
    const endDest = () => {
      ended = true;
      dest.end();
    };
    if (utils.isReadableFinished(source)) process.nextTick(endDest);
    else source.once('end', endDest);
  } else {
    finish();
  }
  eos(source, { readable: true, writable: false }, (error) => {
    const r = source._readableState;
    if (error && error.code === 'ERR_STREAM_PREMATURE_CLOSE' && r?.ended && !r.errored && !r.errorEmitted) {
      // Some streams close before 'end'; what they have pushed still comes.
      source.once('end', finish).once('error', finish);
    } else {
      finish(error);
    }
  });
  return eos(dest, { readable: false, writable: true }, finish);
}

function asyncIterable(value) {
  if (utils.isIterable(value)) return value;
  if (utils.isReadableNodeStream(value)) return fromOldReadable(value);
  throw new codes.ERR_INVALID_ARG_TYPE('val', ['Readable', 'Iterable', 'AsyncIterable'], value);
}

async function* fromOldReadable(stream) {
  yield* require('stream/readable').prototype[Symbol.asyncIterator].call(stream);
}

module.exports = { pumpToNode, pumpToWeb, pumpNodes, asyncIterable };
