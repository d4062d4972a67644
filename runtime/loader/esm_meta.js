// SPDX-License-Identifier: MIT
//
// import.meta: made once for each module that mentions it.
'use strict';

const urls = require('runtime/loader/urls');

function metaOf(record) {
  if (record.meta !== undefined) return record.meta;
  if (record.host !== null) return (record.meta = record.host.makeMeta());
  const { url } = record;
  const meta = { __proto__: null };
  if (url.startsWith('file:')) setPaths(meta, url);
  meta.main = url === require('runtime/loader/esm').mainURL();
  meta.resolve = function resolve(specifier, parent = undefined) {
    return require('runtime/loader/esm_load').resolveForMeta(specifier, parentOf(parent, url));
  };
  meta.url = url;
  return (record.meta = meta);
}

function setPaths(meta, url) {
  let filename;
  try {
    filename = urls.toPath(url);
  } catch {
    return; // a URL that no path corresponds to
  }
  meta.dirname = require('path').dirname(filename);
  meta.filename = filename;
}

// The second argument counts only with its option.
function parentOf(parent, own) {
  if (parent === undefined || !require('internal/options').getOptionValue('--experimental-import-meta-resolve')) return own;
  if (typeof parent !== 'string' && !require('web/url').isURL(parent)) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_TYPE('parentURL', ['string', 'URL'], parent);
  }
  return `${parent}`;
}

module.exports = { metaOf };
