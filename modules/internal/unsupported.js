// SPDX-License-Identifier: MIT
//
// Parts of Node that lode does not have yet. Programs import their modules whether or not they use them, so these load; whatever is
// then called throws an error that names it.
'use strict';

const { codes } = require('internal/errors');

// unsupportedFunction('tls', 'connect'): tls.connect() throws.
function unsupportedFunction(module, name) {
  return { [name]() { throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`${module}.${name}()`); } }[name];
}

function unsupportedClass(module, name) {
  return {
    [name]: class {
      constructor() { throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM(`new ${module}.${name}()`); }
    },
  }[name];
}

// An object of functions and classes (those that begin with a capital letter).
function unsupported(module, names) {
  const all = {};
  for (const name of names) {
    all[name] = name[0] === name[0].toLowerCase() ? unsupportedFunction(module, name) : unsupportedClass(module, name);
  }
  return all;
}

module.exports = { unsupported };
