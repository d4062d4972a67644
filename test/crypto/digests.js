// SPDX-License-Identifier: MIT
//
// Digests and HMAC against published vectors, in one go, in steps, as streams, and after copying.
'use strict';

const assert = require('assert');
const crypto = require('crypto');

const vectors = {
  md5: '900150983cd24fb0d6963f7d28e17f72',
  sha1: 'a9993e364706816aba3e25717850c26c9cd0d89d',
  sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  'sha3-256': '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532',
};

for (const name of Object.keys(vectors)) {
  assert.strictEqual(crypto.hash(name, 'abc'), vectors[name]);
  const hash = crypto.createHash(name).update('a');
  const copy = hash.copy();
  assert.strictEqual(hash.update(Buffer.from('bc')).digest('hex'), vectors[name]);
  assert.strictEqual(copy.update('6263', 'hex').digest().toString('hex'), vectors[name]);
  assert.throws(() => hash.update('x'), { code: 'ERR_CRYPTO_HASH_FINALIZED' });
  const stream = crypto.createHash(name);
  stream.end('abc');
  assert.strictEqual(stream.read().toString('hex'), vectors[name]);
}

// RFC 4231, test case 2
assert.strictEqual(crypto.createHmac('sha256', 'Jefe').update('what do ya want for nothing?').digest('hex'),
                   '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
assert.throws(() => crypto.createHash('no such'), { message: 'Digest method not supported' });

if (process.versions.lode) assert.throws(() => crypto.createSign('sha256'), { code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' });

assert.ok(crypto.timingSafeEqual(Buffer.from('ab'), new Uint8Array([97, 98])));
assert.match(crypto.randomUUID(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
assert.notStrictEqual(crypto.randomUUID(), globalThis.crypto.randomUUID());
