// SPDX-License-Identifier: MIT
//
// Text that goes to C as UTF-8 keeps everything around a lone surrogate, which becomes U+FFFD.
'use strict';

const assert = require('assert');
const { spawnSync } = require('child_process');

const program = `
for (const text of ['\\ud800x', 'a\\udc00b', '\\u00e9\\udc00', 'plain', '\\u20ac\\ud83d\\ude00', 'end\\ud83d']) console.log(text);
`;
const { stdout } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
assert.deepStrictEqual(stdout.split('\n'),
                       ['\ufffdx', 'a\ufffdb', '\u00e9\ufffd', 'plain', '\u20ac\ud83d\ude00', 'end\ufffd', '']);
