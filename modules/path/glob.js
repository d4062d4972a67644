// SPDX-License-Identifier: MIT
//
// path.matchesGlob().
'use strict';

function matches(path, pattern, windows) {
  const { validateString } = require('internal/validators');
  validateString(path, 'path');
  validateString(pattern, 'pattern');
  if (windows) {
    path = path.replaceAll('\\', '/');
    pattern = pattern.replaceAll('\\', '/');
  }
  return require('fs/pattern').matchGlob(path, pattern, { nocase: windows });
}

module.exports = { matches };
