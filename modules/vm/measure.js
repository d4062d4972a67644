// SPDX-License-Identifier: MIT
//
// vm.measureMemory. The engine measures its heap as a whole and attributes nothing to a context. So the numbers are these, in
// V8's shape: of a context other than the main one, what a realm takes when it is made (measured by making one); of the
// main one, the rest; and each range goes up to where all that is attributed to nobody would belong to that context.
'use strict';

const validators = require('internal/validators');
const { living } = require('vm/contexts');

const { memoryStatistics, collectGarbage } = binding('env');

const heapSize = () => memoryStatistics().heapSize;

let sizeOfRealm = 0;

// The engine knows the size of its heap after a collection.
function realmSize() {
  if (sizeOfRealm > 0) return sizeOfRealm;
  collectGarbage();
  const before = heapSize();
  const made = binding('contexts').create(() => {});
  collectGarbage();
  if (made.length === 2) sizeOfRealm = Math.max(0, heapSize() - before);
  return sizeOfRealm;
}

function part(own, free) { return { jsMemoryEstimate: own, jsMemoryRange: [own, own + free] }; }

function measure(detailed) {
  const total = heapSize();
  const result = { total: part(total, 0) };
  if (!detailed) return result;
  const others = living();
  const size = realmSize();
  const rest = Math.max(0, total - others.length * size);
  result.current = part(rest, 0);
  result.other = others.map(() => part(size, rest));
  return result;
}

// Resolves at the next collection: when an object that nobody holds is gone.
function afterCollection(callback) {
  const registry = new FinalizationRegistry((keep) => {
    keep.registry = undefined;
    callback();
  });
  registerNew(registry);
  setImmediate(() => {}); // one turn of the loop, for what a collection of now has to say
}

function registerNew(registry) { registry.register({}, { registry }); }

function measureMemory(options = {}) {
  require('internal/util').emitExperimentalWarning('vm.measureMemory');
  validators.validateObject(options, 'options');
  const { mode = 'summary', execution = 'default' } = options;
  validators.validateOneOf(mode, 'options.mode', ['summary', 'detailed']);
  validators.validateOneOf(execution, 'options.execution', ['default', 'eager']);
  return new Promise((resolve) => {
    if (execution === 'default') {
      afterCollection(() => resolve(measure(mode === 'detailed')));
      return;
    }
    collectGarbage();
    resolve(measure(mode === 'detailed'));
  });
}

module.exports = { measureMemory };
