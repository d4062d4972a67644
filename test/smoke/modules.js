// SPDX-License-Identifier: MIT
//
// Enough of everything to be worth running under a sanitizer.
'use strict';

const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const zlib = require('zlib');
const crypto = require('crypto');

const file = path.join(os.tmpdir(), `lode-smoke-${process.pid}`);
const text = 'caf\u00e9 \u20ac '.repeat(2000);
fs.writeFileSync(file, text);
assert.strictEqual(fs.readFileSync(file, 'utf8'), text);
assert.strictEqual(zlib.gunzipSync(zlib.gzipSync(text)).toString(), text);
assert.strictEqual(crypto.createHash('sha1').update('abc').digest('hex'), 'a9993e364706816aba3e25717850c26c9cd0d89d');
assert.strictEqual(Buffer.from(text).toString('base64'), Buffer.from(Buffer.from(text).toString('base64'), 'base64').toString('base64'));
assert.strictEqual(new URL('http://ex\u00e4mple.org/a/../b?c#d').href, 'http://xn--exmple-cua.org/b?c#d');
fs.createReadStream(file).pipe(zlib.createBrotliCompress()).resume().on('end', () => fs.unlinkSync(file));
