// SPDX-License-Identifier: MIT
//
// node:sea: whether this is a single executable application. lode does not make any, so it is not.
'use strict';

const { codes } = require('internal/errors');

function noAsset() {
  throw new codes.ERR_NOT_IN_SINGLE_EXECUTABLE_APPLICATION();
}

module.exports = {
  isSea: () => false,
  getAsset: noAsset,
  getRawAsset: noAsset,
  getAssetAsBlob: noAsset,
  getAssetKeys: noAsset,
};
