// SPDX-License-Identifier: MIT
//
// inspector is not supported yet: there is none to open or to talk to. What asks whether one is active gets a true answer; the rest
// fails by name.
'use strict';

const { codes } = require('internal/errors');
const { unsupported } = require('internal/unsupported');

module.exports = {
  ...unsupported('inspector', ['open', 'Session']),
  close() {},
  url() {},
  waitForDebugger() { throw new codes.ERR_INSPECTOR_NOT_ACTIVE(); },
  console: {},
};
