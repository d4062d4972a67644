// SPDX-License-Identifier: MIT
//
// What is exported by default without a name is called `default`, and shows its own text.
import assert from 'node:assert';

const load = async (text) => (await import(`data:text/javascript,${encodeURIComponent(text)}`)).default;
for (const text of ['function () {}', 'function* () {}', 'async function () {}', 'class {}', '() => {}', '(function () {})', 'async () => { await 0; }']) {
  const value = await load(`export default ${text};`);
  assert.strictEqual(value.name, 'default', text);
  assert.strictEqual(`${value}`, text.replace(/^\((.*)\)$/, '$1'));
}
assert.strictEqual((await load('export default function named() {}')).name, 'named');
assert.strictEqual((await load('export default class { static name = "own"; }')).name, 'own');
