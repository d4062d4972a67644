// SPDX-License-Identifier: MIT
//
// How error messages speak of values: "type string ('x')", "an instance of Map", "a, b, or c".
// Anything simple is put into words here; util/inspect is loaded only for objects.
'use strict';

function show(value, options) {
  switch (typeof value) {
    case 'number': return Object.is(value, -0) ? '-0' : String(value);
    case 'boolean': case 'undefined': return String(value);
    default: return require('util/inspect').inspect(value, options);
  }
}

// "Received ..." of ERR_INVALID_ARG_TYPE and its relatives.
function describe(value) {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'undefined': return 'undefined';
    case 'function': return `function ${value.name}`;
    case 'object':
      if (value.constructor && 'name' in value.constructor) return `an instance of ${value.constructor.name}`;
      return show(value, { depth: -1 });
    case 'string': {
      const text = value.length > 28 ? value.slice(0, 25) + '...' : value;
      return text.includes("'") ? `type string (${JSON.stringify(text)})` : `type string ('${text}')`;
    }
    case 'bigint': return `type bigint (${value}n)`;
    case 'number': return `type number (${show(value)})`;
    case 'symbol': return `type symbol (${String(value)})`;
    default: return `type boolean (${value})`;
  }
}

// ['a', 'b', 'c'] -> 'a, b, or c'
function list(items, word = 'and') {
  const count = items.length;
  if (count < 2) return count === 0 ? '' : `${items[0]}`;
  if (count === 2) return `${items[0]} ${word} ${items[1]}`;
  return `${items.slice(0, -1).join(', ')}, ${word} ${items[count - 1]}`;
}

module.exports = { describe, list, show };
