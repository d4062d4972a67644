// SPDX-License-Identifier: MIT
//
// url.parse(), url.format() and url.resolve() agree with each other.
'use strict';

const assert = require('assert');
const url = require('url');

const parsed = url.parse('http://u:p@host:80/p/a/t/h?query=string#hash');
assert.strictEqual(parsed.auth, 'u:p');
assert.strictEqual(parsed.host, 'host:80');
assert.strictEqual(parsed.path, '/p/a/t/h?query=string');
assert.strictEqual(url.format(parsed), parsed.href);
assert.strictEqual(url.resolve('/one/two/three', 'four'), '/one/two/four');
assert.strictEqual(url.resolve('http://example.com/one', '/two'), 'http://example.com/two');
assert.strictEqual(url.resolve('mailto:a@b', 'c@d'), 'mailto:c@d');
assert.throws(() => url.parse('http://a:b'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.strictEqual(url.fileURLToPath(url.pathToFileURL('/a #?%/\u00e9')), '/a #?%/\u00e9');
