// SPDX-License-Identifier: MIT
//
// http2 is not supported yet. The module can be loaded, since frameworks load it whether or not they use it; every use
// fails by name.
'use strict';

const { unsupported } = require('internal/unsupported');

module.exports = {
  sensitiveHeaders: Symbol('nodejs.http2.sensitiveHeaders'),
  ...unsupported('http2', ['connect', 'createServer', 'createSecureServer', 'getDefaultSettings', 'getPackedSettings', 'getUnpackedSettings',
    'performServerHandshake', 'Http2ServerRequest', 'Http2ServerResponse']),
};
