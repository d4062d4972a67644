// SPDX-License-Identifier: MIT
//
// Readable.wrap(): a Readable over a stream of the oldest kind ('data', pause(), resume()).
'use strict';

const { errorOrDestroy, destroyer } = require('stream/destroy');

function wrap(readable, stream) {
  let paused = false;

  stream.on('data', (chunk) => {
    if (!readable.push(chunk) && stream.pause) {
      paused = true;
      stream.pause();
    }
  });
  stream.on('end', () => readable.push(null));
  stream.on('error', (error) => errorOrDestroy(readable, error));
  stream.on('close', () => readable.destroy());
  stream.on('destroy', () => readable.destroy());

  readable._read = () => {
    if (paused && stream.resume) {
      paused = false;
      stream.resume();
    }
  };

  // Methods of the old stream stay reachable through the new one.
  for (const name of Object.keys(stream)) {
    if (readable[name] === undefined && typeof stream[name] === 'function') {
      readable[name] = stream[name].bind(stream);
    }
  }
  return readable;
}

function newWrapped(Readable, source, options) {
  return new Readable({
    objectMode: source.readableObjectMode ?? source.objectMode ?? true,
    ...options,
    destroy(error, callback) {
      destroyer(source, error);
      callback(error);
    },
  }).wrap(source);
}

module.exports = { wrap, newWrapped };
