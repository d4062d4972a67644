// SPDX-License-Identifier: MIT
//
// node:v8: the figures of the engine under Node's names; what only V8 has throws.
'use strict';

const { codes } = require('internal/errors');
const env = binding('env');

function notHere(name) {
  return { [name]() { throw new codes.ERR_METHOD_NOT_IMPLEMENTED(`v8.${name}()`); } }[name];
}

function getHeapStatistics() {
  const statistics = env.memoryStatistics();
  const used = statistics.heapSize ?? 0;
  const total = Math.max(statistics.heapCapacity ?? 0, used);
  const limit = require('os').totalmem();
  return {
    total_heap_size: total,
    total_heap_size_executable: 0,
    total_physical_size: total,
    total_available_size: Math.max(0, limit - total),
    used_heap_size: used,
    heap_size_limit: limit,
    malloced_memory: 0,
    peak_malloced_memory: 0,
    does_zap_garbage: 0,
    number_of_native_contexts: statistics.globalObjectCount ?? 1,
    number_of_detached_contexts: 0,
    total_global_handles_size: 0,
    used_global_handles_size: 0,
    external_memory: statistics.extraMemorySize ?? 0,
    total_allocated_bytes: used,
  };
}

module.exports = {
  getHeapStatistics,
  isStringOneByteRepresentation(content) {
    require('internal/validators').validateString(content, 'content');
    for (let i = 0; i < content.length; i++) if (content.charCodeAt(i) > 255) return false;
    return true;
  },
  cachedDataVersionTag() { return 0x10de0001; },
  setFlagsFromString(flags) { require('internal/validators').validateString(flags, 'flags'); },
};
for (const name of ['getHeapSnapshot', 'getHeapSpaceStatistics', 'getHeapCodeStatistics', 'getCppHeapStatistics', 
  'setHeapSnapshotNearHeapLimit', 'stopCoverage', 'takeCoverage', 'writeHeapSnapshot', 'queryObjects']) {
  module.exports[name] = notHere(name);
}
Object.defineProperty(module.exports, 'promiseHooks', { configurable: true, enumerable: true, get: () => require('v8/promise_hooks') });
module.exports.GCProfiler = notHere('GCProfiler');
for (const name of ['serialize', 'deserialize', 'Serializer', 'Deserializer', 'DefaultSerializer', 'DefaultDeserializer']) {
  Object.defineProperty(module.exports, name, { configurable: true, enumerable: true, get: () => require('v8/serdes')[name] });
}
