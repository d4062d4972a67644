// SPDX-License-Identifier: MIT
//
// for await (const chunk of readable).
'use strict';

const { destroyer } = require('stream/destroy');
const { eos } = require('stream/finished');

function iterate(stream, options) {
  if (typeof stream.read !== 'function') {
    const Readable = require('stream/readable');
    stream = Readable.wrap(stream, { objectMode: true });
  }
  const iterator = chunks(stream, options);
  iterator.stream = stream;
  return iterator;
}

async function* chunks(stream, options) {
  // One waiting reader at most: woken by 'readable', by the end, or by an error.
  let wake;
  function onReadable() {
    if (wake !== undefined) {
      const fn = wake;
      wake = undefined;
      fn();
    }
  }
  stream.on('readable', onReadable);

  let outcome; // undefined: still going; null: ended; else the error
  const cleanup = eos(stream, { writable: false }, (error) => {
    outcome = error || null;
    onReadable();
  });

  try {
    for (;;) {
      const chunk = stream.destroyed ? null : stream.read();
      if (chunk !== null) {
        yield chunk;
      } else if (outcome) {
        throw outcome;
      } else if (outcome === null) {
        return;
      } else {
        await new Promise((resolve) => { wake = resolve; });
      }
    }
  } catch (error) {
    outcome = require('internal/errors').aggregateTwoErrors(outcome, error);
    throw outcome;
  } finally {
    if ((outcome || options?.destroyOnReturn !== false) &&
        (outcome === undefined || stream._readableState.autoDestroy)) {
      destroyer(stream, null);
    } else {
      stream.off('readable', onReadable);
      cleanup();
    }
  }
}

module.exports = { iterate };
