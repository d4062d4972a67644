// SPDX-License-Identifier: MIT
//
// URLs come out normalised, relative ones resolve, and what is no URL is refused.
'use strict';

const assert = require('assert');

const valid = [
  ['HTTP://EXAMPLE.com:80/a/./b/../c?q#f', undefined, 'http://example.com/a/c?q#f'],
  ['//h/x', 'https://base/y', 'https://h/x'],
  ['../z?\u00e9', 'https://base/a/b/c', 'https://base/a/z?%C3%A9'],
  ['https://b\u00fccher.de/', undefined, 'https://xn--bcher-kva.de/'],
  ['http://0x7f.1/', undefined, 'http://127.0.0.1/'],
  ['http://[2001:0db8::0:1]/', undefined, 'http://[2001:db8::1]/'],
  ['file:///C|/x/..', undefined, 'file:///C:/'],
  ['web+x:/.//p', undefined, 'web+x:/.//p'],
  ['data:text  #x', undefined, 'data:text %20#x'],
];
for (const [input, base, href] of valid) {
  const url = new URL(input, base);
  assert.strictEqual(url.href, href);
  assert.strictEqual(new URL(url.href).href, href);
  assert.ok(URL.canParse(input, base));
}
for (const input of ['', 'x', 'http://', 'http://a b/', 'http://[::1', 'http://1.2.3.256/', 'http://a:65536/', 'http://xn--/']) {
  assert.throws(() => new URL(input), { code: 'ERR_INVALID_URL', input });
  assert.strictEqual(URL.parse(input), null);
}
