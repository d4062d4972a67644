// SPDX-License-Identifier: MIT
//
// isIP, SocketAddress and BlockList agree on what an address is.
'use strict';
const assert = require('assert');
const net = require('net');

for (const text of ['127.0.0.1', '0.0.0.0', '255.255.255.255']) assert.strictEqual(net.isIP(text), 4);
for (const text of ['::', '::1', 'fe80::1%eth0', '1:2:3:4:5:6:7:8', '::ffff:1.2.3.4', '1::']) assert.strictEqual(net.isIP(text), 6);
for (const text of ['', '1.2.3', '1.2.3.4.5', '01.2.3.4', '256.1.1.1', ':::', '1:2:3:4:5:6:7:8:9', '1::2::3', '::1%', 'g::']) {
  assert.strictEqual(net.isIP(text), 0, text);
}
assert.strictEqual(new net.SocketAddress({ address: '0:0:0:0:0:0:0:1', family: 'ipv6' }).address, '::1');

const list = new net.BlockList();
list.addAddress('1.1.1.1');
list.addRange('10.0.0.1', '10.0.0.10');
list.addSubnet('8592:757c:efae:4e45::', 64, 'ipv6');
assert(list.check('1.1.1.1'));
assert(list.check('::ffff:1.1.1.1', 'ipv6'));
assert(list.check('10.0.0.5'));
assert(!list.check('10.0.0.11'));
assert(list.check('8592:757c:efae:4e45::1', 'ipv6'));
assert(!list.check('nonsense'));
const copy = new net.BlockList();
copy.fromJSON(list.toJSON());
assert.deepStrictEqual(copy.rules.sort(), list.rules.sort());
