// SPDX-License-Identifier: MIT
//
// URL.createObjectURL() and its kin. Idea: a map from the random part of the URL to the blob, which keeps the blob
// alive until it is revoked. State: the map, one for each thread.
'use strict';

const { codes } = require('internal/errors');

const blobs = new Map();
const PREFIX = 'blob:nodedata:';

function createObjectURL(object) {
  if (!require('web/blob').isBlob(object)) throw new codes.ERR_INVALID_ARG_TYPE('obj', 'Blob', object);
  const id = require('crypto/random').randomUUID();
  blobs.set(id, object);
  return PREFIX + id;
}

// The id in an object URL, or undefined.
function idOf(url) {
  const { URL } = require('web/url');
  const href = URL.parse(url)?.href;
  return href?.startsWith(PREFIX) ? href.slice(PREFIX.length) : undefined;
}

function revokeObjectURL(url, given) {
  if (given < 1) throw new codes.ERR_MISSING_ARGS('url');
  blobs.delete(idOf(url));
}

function resolveObjectURL(url) {
  return blobs.get(idOf(`${url}`));
}

module.exports = { createObjectURL, revokeObjectURL, resolveObjectURL };
