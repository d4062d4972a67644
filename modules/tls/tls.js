// SPDX-License-Identifier: MIT
//
// tls is not supported yet. The module can be loaded, since libraries load it whether or not they use it; every use fails by name.
'use strict';

const { unsupported } = require('internal/unsupported');

module.exports = {
  CLIENT_RENEG_LIMIT: 3,
  CLIENT_RENEG_WINDOW: 600,
  DEFAULT_ECDH_CURVE: 'auto',
  DEFAULT_MIN_VERSION: 'TLSv1.2',
  DEFAULT_MAX_VERSION: 'TLSv1.3',
  ...unsupported('tls', ['getCiphers', 'getCACertificates', 'setDefaultCACertificates', 'convertALPNProtocols', 'checkServerIdentity',
    'createSecureContext', 'SecureContext', 'TLSSocket', 'Server', 'createServer', 'connect']),
};
