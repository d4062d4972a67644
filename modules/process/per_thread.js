// SPDX-License-Identifier: MIT
//
// process.execve: another program in the place of this one. In a file of its own, under the name that programs know from its stack frames.
'use strict';

const native = binding('process');
const env = binding('env');
const { codes, errnoException } = require('internal/errors');
const validators = require('internal/validators');

function noNul(value, name) {
  if (typeof value !== 'string' || value.includes('\0')) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, value, 'must be a string without null bytes');
  }
}

function execve(execPath, args = [], environment = process.env) {
  validators.validateString(execPath, 'execPath');
  validators.validateArray(args, 'args');
  for (let i = 0; i < args.length; i++) noNul(args[i], `args[${i}]`);
  validators.validateObject(environment, 'env');
  const pairs = [];
  for (const [key, value] of Object.entries(environment)) {
    if (typeof value !== 'string' || value.includes('\0') || key.includes('\0')) {
      throw new codes.ERR_INVALID_ARG_VALUE('env', environment, 'must be an object with string keys and values without null bytes');
    }
    pairs.push(`${key}=${value}`);
  }
  const error = errnoException(native.execve(execPath, args, pairs), 'execve');
  env.writeRaw(2, `process.execve failed with error code ${error.code}\n${error.stack}\n`);
  process.abort();
}

module.exports = { execve };
