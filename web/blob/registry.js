// SPDX-License-Identifier: MIT
//
// URL.createObjectURL: blobs by the text of a URL, until revoked.
'use strict';

const { codes } = require('internal/errors');

const blobs = new Map();

function createObjectURL(blob) {
  if (!require('web/blob').isBlob(blob)) throw new codes.ERR_INVALID_ARG_TYPE('obj', 'Blob', blob);
  const url = `blob:nodedata:${require('crypto/random').randomUUID()}`;
  blobs.set(url, blob);
  return url;
}

function revokeObjectURL(url, count = 1) {
  if (count < 1) throw new codes.ERR_MISSING_ARGS('url');
  blobs.delete(url);
}

function resolve(url) {
  return blobs.get(url.split('#')[0]);
}

module.exports = { createObjectURL, revokeObjectURL, resolve };
