// SPDX-License-Identifier: MIT
//
// http2 is not supported yet. The module can be loaded, since frameworks load it whether or not they use it; every use
// fails by name.
'use strict';

const { codes } = require('internal/errors');

function unsupported(what) {
  return function() {
    throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(what);
  };
}

module.exports = {
  connect: unsupported('http2.connect()'),
  createServer: unsupported('http2.createServer()'),
  createSecureServer: unsupported('http2.createSecureServer()'),
  getDefaultSettings: unsupported('http2.getDefaultSettings()'),
  getPackedSettings: unsupported('http2.getPackedSettings()'),
  getUnpackedSettings: unsupported('http2.getUnpackedSettings()'),
  performServerHandshake: unsupported('http2.performServerHandshake()'),
};
