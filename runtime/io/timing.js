// SPDX-License-Identifier: MIT
//
// Performance entries of connections and name lookups, for programs that observe them ('net', 'dns').

'use strict';

// The time now where somebody observes the type, else undefined.
function begin(type) {
  const timeline = require.cache.get('web/performance/timeline');
  if (timeline === undefined || !timeline.exports.hasObserver(type)) return undefined;
  return require('web/performance').performance.now();
}

function finish(started, type, name, detail) {
  if (started === undefined) return;
  const { nodeEntry } = require('web/performance/entries');
  const duration = require('web/performance').performance.now() - started;
  require('web/performance/timeline').enqueue(nodeEntry(name, type, started, duration, detail));
}

module.exports = { begin, finish };
