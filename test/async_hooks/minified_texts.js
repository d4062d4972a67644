// SPDX-License-Identifier: MIT
//
// What is put into a text does not run together with the word before it: minified code without spaces.
'use strict';

const assert = require('assert');

const wrap = (body) => new Function(`return async()=>{${body}}`)();

async function main() {
  assert.deepStrictEqual(await wrap('return[await 1]')(), [1]);
  assert.deepStrictEqual(await wrap('return{a:await 1}')(), { a: 1 });
  assert.strictEqual(await wrap('return(await 2)')(), 2);
  assert.strictEqual(await wrap('return`${await 3}`')(), '3');
  assert.strictEqual(await wrap('return!await 4')(), false);
  assert.strictEqual(await wrap('await 0;return/a/.source')(), 'a');
  assert.strictEqual(await wrap('let n=0;for await(let x of[1,2])n+=x;return-n')(), -3);
  assert.strictEqual(await wrap('let n=0;for await(const[x]of[[1],[2]])n+=await x;return+n')(), 3);
  assert.strictEqual(await wrap('let a={x:1};delete(await a).x;return a.x')(), undefined);
  assert.strictEqual(await wrap('try{throw[await 1]}catch([e]){return[e]}finally{}')().then(String), '1');
}
main();
