// SPDX-License-Identifier: MIT
//
// util.format: printf for JavaScript. Idea: one pass over the format string by indexOf('%'); arguments that no
// placeholder takes follow, separated by spaces. Strings are shown bare, everything else as inspect shows it.

'use strict';

const { inspect, inspectWith, inspectDefaultOptions } = require('util/inspect');
const { numberText, bigintText } = require('util/inspect_text');
const { isLanguageClass } = require('util/internals');
const { getProxyDetails } = require('util/peek');

const hasOwn = Object.prototype.hasOwnProperty;

// Whether the user says how the value is to be a string, so that inspect would say less.
function hasOwnText(value) {
  let details = getProxyDetails(value, true);
  while (details !== undefined) {
    if (details[0] === null) return false;
    value = details[0];
    details = getProxyDetails(value, true);
  }
  if (typeof value[Symbol.toPrimitive] === 'function' && usersOwn(value, Symbol.toPrimitive)) return true;
  if (typeof value.toString !== 'function') return false;
  return usersOwn(value, 'toString');
}

// The property is the object's own, or of a prototype that is not one of the language's.
function usersOwn(value, key) {
  let object = value;
  while (object !== null && !hasOwn.call(object, key)) object = Object.getPrototypeOf(object);
  if (object === null) return false;
  if (object === value) return true;
  const desc = Object.getOwnPropertyDescriptor(object, 'constructor');
  return desc === undefined || typeof desc.value !== 'function' || !isLanguageClass(desc.value.name);
}

function asString(value, options) {
  switch (typeof value) {
    case 'string': return value;
    case 'number': return numberText(value, separator(options));
    case 'bigint': return bigintText(value, separator(options));
    case 'object':
      if (value !== null && !hasOwnText(value)) break;
      return String(value);
    default: return String(value);
  }
  return inspectWith(value, { ...options, depth: 0, colors: false, compact: 3 });
}

function separator(options) {
  return options?.numericSeparator ?? inspectDefaultOptions.numericSeparator;
}

function asNumber(value, options) {
  if (typeof value === 'bigint') return bigintText(value, separator(options));
  if (typeof value === 'symbol') return numberText(NaN, false);
  return numberText(Number(value), separator(options));
}

function asInteger(value, options) {
  if (typeof value === 'bigint') return bigintText(value, separator(options));
  if (typeof value === 'symbol') return numberText(NaN, false);
  return numberText(Number.parseInt(value), separator(options));
}

function asFloat(value, options) {
  return typeof value === 'symbol' ? numberText(NaN, false) :
    numberText(Number.parseFloat(value), separator(options));
}

function asJSON(value) {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (isCyclic(error)) return '[Circular]';
    throw error;
  }
}

function isCyclic(error) {
  return error instanceof TypeError && /cyclic|circular/i.test(error.message);
}

function detailed(value, options) {
  return inspectWith(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
}

function placeholder(letter, value, options) {
  switch (letter) {
    case 's': return asString(value, options);
    case 'd': return asNumber(value, options);
    case 'i': return asInteger(value, options);
    case 'f': return asFloat(value, options);
    case 'j': return asJSON(value);
    case 'O': return inspectWith(value, options);
    case 'o': return detailed(value, options);
    case 'c': return '';
    default: return undefined;
  }
}

function formatArgs(options, args) {
  if (args.length === 0) return '';
  const first = args[0];
  let used = 0;
  let out = '';
  let join = '';
  if (typeof first === 'string') {
    if (args.length === 1) return first;
    used = 1;
    let from = 0;
    let at = first.indexOf('%');
    while (at !== -1 && at < first.length - 1) {
      const letter = first[at + 1];
      if (letter === '%') {
        out += first.slice(from, at + 1);
        from = at + 2;
      } else if (used < args.length) {
        const text = placeholder(letter, args[used], options);
        if (text !== undefined || letter === 'j') {
          out += `${first.slice(from, at)}${text}`;
          from = at + 2;
          used++;
        } else {
          at = first.indexOf('%', at + 1);
          continue;
        }
      }
      at = first.indexOf('%', at + 2);
    }
    if (from !== 0) {
      if (from < first.length) out += first.slice(from);
    } else {
      out = first;
    }
    join = ' ';
  }
  for (; used < args.length; used++) {
    const value = args[used];
    out += join;
    out += typeof value === 'string' ? value : inspectWith(value, { compact: 3, colors: false, depth: 2, ...options });
    join = ' ';
  }
  return out;
}

function format(...args) {
  return formatArgs(undefined, args);
}

function formatWithOptions(inspectOptions, ...args) {
  require('internal/validators').validateObject(inspectOptions, 'inspectOptions', { allowArray: true });
  return formatArgs(inspectOptions, args);
}

module.exports = { format, formatWithOptions, formatArgs, inspect };
