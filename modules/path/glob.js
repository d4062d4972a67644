// SPDX-License-Identifier: MIT
//
// path.matchesGlob().
'use strict';

function matches() {
  const { codes } = require('internal/errors');
  throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('path.matchesGlob');
}

module.exports = { matches };
