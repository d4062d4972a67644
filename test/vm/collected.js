// SPDX-License-Identifier: MIT
//
// Flags: --expose-gc
//
// Contexts that nobody holds are collected, with what the program's object held.
'use strict';

const assert = require('assert');
const { spawnSync } = require('child_process');
const vm = require('vm');

if (typeof gc !== 'function') {
  const { status, stderr } = spawnSync(process.execPath, ['--expose-gc', __filename]);
  assert.strictEqual(status, 0, stderr.toString());
} else {
  let collected = 0;
  const registry = new FinalizationRegistry(() => collected++);
  const count = 60;
  for (let i = 0; i < count; i++) {
    const object = {};
    registry.register(object);
    vm.runInContext('var a = 1; function f() { return a } setting = f; let late = () => f; late()', vm.createContext(object));
  }
  let rounds = 0;
  (function look() {
    gc();
    registry.unregister(look); // and so it is not collected itself
    if (collected > count / 2) return;
    assert.ok(++rounds < 100, `${collected} of ${count} collected`);
    setTimeout(look, 1);
  })();
}
