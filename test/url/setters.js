// SPDX-License-Identifier: MIT
//
// Assigning to a part of a URL changes that part alone, and the URL and its search parameters follow each other.
'use strict';

const assert = require('assert');

const url = new URL('http://u:p@host:8080/path?a=1#h');
url.protocol = 'https';
url.username = 'me:you';
url.host = 'other:443';
url.pathname = '/a b/../c';
url.hash = '';
assert.strictEqual(url.href, 'https://me%3Ayou:p@other/c?a=1');
url.port = 'x'; // ignored
url.protocol = 'mailto'; // ignored: not special
assert.strictEqual(url.href, 'https://me%3Ayou:p@other/c?a=1');

const params = url.searchParams;
params.append('b', 'x y&');
assert.strictEqual(url.search, '?a=1&b=x+y%26');
url.search = '?c=%20';
assert.deepStrictEqual([...params], [['c', ' ']]);
params.delete('c');
assert.strictEqual(url.href, 'https://me%3Ayou:p@other/c');
