// SPDX-License-Identifier: MIT
//
// Where a module waits at its top: for the messages about modules that never end, and about those that require() refuses.
'use strict';

const { EVALUATED, SOURCE, HAS_AWAIT, HAS_FOR_AWAIT } = require('runtime/loader/esm_record');

const ASYNC = HAS_AWAIT | HAS_FOR_AWAIT;

// "url:line\nsource line\n  ^": the first await of the text that is not inside of a function, as far as its looks say.
function describe(record) {
  let text;
  try {
    text = require('internal/fatal').sources.get(record.url) ?? require('runtime/loader/esm_load').readText(record.url);
  } catch {
    return record.url;
  }
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const match = /^(?!\s*(?:\/\/|\*|\/\*)).*?\bawait\b/.exec(lines[i]);
    if (match === null || /\basync\b/.test(match[0])) continue;
    const column = match[0].length - 'await'.length;
    return `${record.url}:${i + 1}\n${lines[i]}\n${' '.repeat(column)}^`;
  }
  return record.url;
}

// The modules below this one that wait for nothing but themselves.
function describeUnsettled(record) {
  const seen = new Set();
  const found = [];
  const visit = (at) => {
    if (seen.has(at) || at.kind !== SOURCE) return;
    seen.add(at);
    if (at.status !== EVALUATED && at.order > 0 && at.pending === 0 && (at.flags & ASYNC) !== 0) found.push(at);
    for (const child of at.children ?? []) visit(child);
  };
  visit(record);
  return found.length === 0 ? '' : describe(found[0]);
}

module.exports = { describe, describeUnsettled };
