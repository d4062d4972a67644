// SPDX-License-Identifier: MIT
//
// The parser and the module loader, end to end: modules in a cycle, with top-level await, from CommonJS and from eval; a text that is refused.
'use strict';

const assert = require('assert');
const { pathToFileURL } = require('url');

const fixture = (name) => pathToFileURL(`${__dirname}/../fixtures/esm/${name}`).href;
const source = 'export const sum = [1, 2].reduce((a, b) => a + b), text = `${sum}`; export default class { #x = 1; get x() { return this.#x; } }';

async function main() {
  const { ping } = await import(fixture('cycle/entry.mjs'));
  assert.strictEqual(ping(1), 'pong');
  const made = await import(`data:text/javascript,${encodeURIComponent(`await 0; ${source}`)}`);
  assert.deepStrictEqual([made.sum, made.text, new made.default().x], [3, '3', 1]);
  assert.strictEqual((await eval(`import(${JSON.stringify(fixture('counter.mjs'))})`))[Symbol.toStringTag], 'Module');
  await assert.rejects(import('data:text/javascript,const a = /(/;'), SyntaxError);
  await assert.rejects(import('data:text/javascript,export { a };'), SyntaxError);
}
main();
