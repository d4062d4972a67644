// SPDX-License-Identifier: MIT
//
// The arguments of `new Console`: (stdout, stderr, ignoreErrors) or one object of options.
'use strict';

const { codes } = require('internal/errors');
const { validateInteger, validateObject, validateOneOf } = require('internal/validators');

function read(args) {
  let options = args[0];
  if (!options || typeof options.write === 'function') {
    options = { stdout: args[0], stderr: args[1], ignoreErrors: args[2] };
  }
  const { stdout, stderr = stdout, ignoreErrors = true, colorMode = 'auto', inspectOptions } = options;
  const groupIndentation = options.groupIndentation === undefined ? 2 : options.groupIndentation;
  if (!stdout || typeof stdout.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stdout');
  if (!stderr || typeof stderr.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stderr');
  validateOneOf(colorMode, 'colorMode', ['auto', true, false]);
  validateInteger(groupIndentation, 'groupIndentation', 0, 1000);
  if (inspectOptions !== undefined) checkInspectOptions(inspectOptions, options.colorMode);
  return { stdout, stderr, ignoreErrors, colorMode, inspectOptions, groupIndentation };
}

function checkInspectOptions(inspectOptions, colorMode) {
  validateObject(inspectOptions, 'options.inspectOptions');
  const all = require('util/types').isMap(inspectOptions) ? [...inspectOptions.values()] : [inspectOptions];
  for (const one of all) {
    if (one.colors !== undefined && colorMode !== undefined) {
      throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('options.inspectOptions.color', 'colorMode');
    }
  }
}

module.exports = { read };
