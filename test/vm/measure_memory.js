// SPDX-License-Identifier: MIT
//
// measureMemory counts the heap and the contexts that live.
'use strict';

const assert = require('assert');
const vm = require('vm');

process.removeAllListeners('warning');
const context = vm.createContext({});
vm.measureMemory({ mode: 'detailed', execution: 'eager' }).then(({ total, current, other }) => {
  assert.ok(total.jsMemoryEstimate > 100_000);
  assert.ok(current.jsMemoryEstimate <= total.jsMemoryEstimate);
  assert.strictEqual(other.length, 1);
  assert.ok(other[0].jsMemoryRange[0] > 1000 && other[0].jsMemoryRange[0] <= other[0].jsMemoryRange[1]);
  assert.ok(vm.isContext(context));
  process.exitCode = 0;
});
process.exitCode = 1;
assert.throws(() => vm.measureMemory({ mode: 'all' }), { code: 'ERR_INVALID_ARG_VALUE' });
