// SPDX-License-Identifier: MIT
//
// repl is not supported yet. The module can be loaded, since libraries load it whether or not they use it; starting one fails by name.
'use strict';

const { unsupported } = require('internal/unsupported');

// What a REPL's eval function throws for input that may go on.
class Recoverable extends SyntaxError {
  constructor(err) {
    super();
    this.err = err;
  }
}

module.exports = {
  ...unsupported('repl', ['start', 'REPLServer']),
  REPL_MODE_SLOPPY: Symbol('repl-sloppy'),
  REPL_MODE_STRICT: Symbol('repl-strict'),
  Recoverable,
  writer: (value) => require('util').inspect(value, { showProxy: true }),
};
