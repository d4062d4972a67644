// SPDX-License-Identifier: MIT
//
// stream/promises.
'use strict';

const { finishedPromise } = require('stream/finished');

function pipeline(...streams) {
  const { isIterable, isNodeStream, isWebStream } = require('stream/utils');
  const { runPipeline } = require('stream/pipeline');
  return new Promise((resolve, reject) => {
    let signal;
    let end;
    const last = streams[streams.length - 1];
    if (last && typeof last === 'object' && !isNodeStream(last) && !isIterable(last) && !isWebStream(last)) {
      const options = streams.pop();
      signal = options.signal;
      end = options.end;
    }
    runPipeline(streams, (error, value) => {
      if (error) reject(error);
      else resolve(value);
    }, { signal, end });
  });
}

function finished(stream, options) {
  return finishedPromise(stream, options);
}

module.exports = { finished, pipeline };
