// SPDX-License-Identifier: MIT
// util.parseArgs understands short groups, values, negation and the terminator.
'use strict';

const assert = require('assert');
const { parseArgs } = require('util');

const options = { all: { type: 'boolean', short: 'a' }, file: { type: 'string', short: 'f', multiple: true } };
const { values, positionals } = parseArgs({
  args: ['-afone', '--file=two', 'pos', '--no-all', '--', '-x'], options, allowPositionals: true, allowNegative: true,
});
assert.deepStrictEqual({ ...values }, { all: false, file: ['one', 'two'] });
assert.deepStrictEqual(positionals, ['pos', '-x']);
assert.throws(() => parseArgs({ args: ['--nope'], options }), { code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' });
assert.throws(() => parseArgs({ args: ['-f', '-a'], options }), { code: 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' });
