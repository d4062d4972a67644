// SPDX-License-Identifier: MIT
//
// `await using stream`: destroys it, unless it is over already, and waits until it is closed.
'use strict';

const { AbortError } = require('internal/errors');
const { finished } = require('stream/finished');

function disposeWritable(stream) {
  let error;
  if (!stream.destroyed) {
    error = stream.writableFinished ? null : new AbortError();
    stream.destroy(error);
  }
  return settle(stream, error);
}

function disposeReadable(stream) {
  let error;
  if (!stream.destroyed) {
    error = stream.readableEnded ? null : new AbortError();
    stream.destroy(error);
  }
  return settle(stream, error);
}

function settle(stream, own) {
  return new Promise((resolve, reject) => {
    finished(stream, (error) => {
      if (error && error !== own && error.name !== 'AbortError') reject(error);
      else resolve(null);
    });
  });
}

module.exports = { disposeReadable, disposeWritable };
