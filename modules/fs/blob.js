// SPDX-License-Identifier: MIT
//
// openAsBlob: a Blob over a file, which is read when the blob is.
'use strict';

const { toPath } = require('fs/paths');

async function openAsBlob(path, options = {}) {
  const { validateObject, validateString } = require('internal/validators');
  validateObject(options, 'options');
  const type = options.type || '';
  validateString(type, 'options.type');
  path = toPath(path);
  const { createFileBlob } = require('web/blob');
  if (typeof createFileBlob === 'function') return createFileBlob(path, { type });
  const { codes: { ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');
  throw new ERR_METHOD_NOT_IMPLEMENTED('fs.openAsBlob()');
}

module.exports = { openAsBlob };
