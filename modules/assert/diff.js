// SPDX-License-Identifier: MIT
//
// What an assertion shows of two values: their inspected texts, and where these differ.
// Idea: values become lines; the lines become an edit script (internal/assert/myers_diff); long runs of equal lines
// are cut to the first five and the last one.
'use strict';

const { inspect } = require('util/inspect');

const SHORT = 12; // characters of both values together that fit on one line
const WIDTH = 80; // a caret below the difference helps on lines up to this long, both together
const CONTEXT = 5;

function shown(value) {
  return inspect(value, {
    compact: false,
    customInspect: false,
    depth: 1000,
    maxArrayLength: Infinity,
    showHidden: false,
    showProxy: false,
    sorted: true,
    getters: true,
  });
}

function isErrorObject(value) {
  return typeof value === 'object' && value !== null && require('internal/util').isError(value);
}

// An error without its stack: where it arose is of no interest when errors are compared.
function withoutStack(error) {
  const copy = Object.create(Object.getPrototypeOf(error), Object.getOwnPropertyDescriptors(error));
  delete copy.stack;
  Object.defineProperty(copy, 'message', { __proto__: null, value: error.message, configurable: true, writable: true });
  Object.defineProperty(copy, 'stack', {
    __proto__: null,
    value: Error.prototype.toString.call(error), configurable: true, writable: true,
  });
  if (Object.hasOwn(error, 'cause')) {
    const { cause } = error;
    Object.defineProperty(copy, 'cause', {
      __proto__: null,
      value: isErrorObject(cause) ? withoutStack(cause) : cause, configurable: true, writable: true,
    });
  }
  return copy;
}

function isObjectOrFunction(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function isObject(value) {
  return typeof value === 'object' && value !== null;
}

// "1 !== 2" is enough where both are short, and not both objects.
function isShort(actual, expected, textA, textB) {
  const length = textA.length - (typeof actual === 'string' ? 2 : 0) +
    textB.length - (typeof expected === 'string' ? 2 : 0);
  return length <= SHORT && !(isObjectOrFunction(actual) && isObjectOrFunction(expected)) &&
    !(actual === 0 && expected === 0);
}

// Spaces and a caret under the first difference, where that is worth showing.
function caret(actual, expected, textA, textB) {
  if (isObjectOrFunction(actual) || isObjectOrFunction(expected) || textA.length + textB.length > WIDTH) return '';
  let i = 0;
  while (i < textA.length && textA[i] === textB[i]) i++;
  return i > 2 && i < textA.length ? `\n${' '.repeat(i + 2)}^` : '';
}

// The script as text, cut to what is near a difference. `skipped` says whether anything was left out on the way.
function draw(script, colors) {
  const { ADD, DROP } = require('internal/assert/myers_diff');
  const lines = [];
  let run = [];
  let skipped = false;
  for (const { type, value } of script) {
    if (type !== ADD && type !== DROP) {
      run.push(`${colors.white}  ${value}`);
      continue;
    }
    if (run.length > CONTEXT + 2) {
      lines.push(...run.slice(0, CONTEXT), `${colors.blue}...${colors.white}`, run[run.length - 1]);
      skipped = true;
    } else {
      lines.push(...run);
    }
    run = [];
    lines.push(type === ADD ? `${colors.green}+${colors.white} ${value}` : `${colors.red}-${colors.white} ${value}`);
  }
  lines.push(...run.slice(0, CONTEXT));
  return { text: lines.join('\n'), skipped };
}

// What follows the headline: '\n1 !== 2\n', or '+ actual - expected' and the difference.
// `structure` is true where nothing differs in the texts.
function explain(actual, expected, operator, colors, isFull) {
  let a = actual;
  let b = expected;
  if (isErrorObject(actual) && isErrorObject(expected)) {
    a = withoutStack(actual);
    b = withoutStack(expected);
  }
  const textA = shown(a);
  const textB = shown(b);
  const linesA = textA.split('\n');
  const linesB = textB.split('\n');
  if (textA === textB && isObject(actual) && isObject(expected)) {
    return { structure: true, body: sameText(linesA, isFull) };
  }
  if (linesA.length === 1 && linesB.length === 1) {
    if (textA !== textB && isShort(actual, expected, textA, textB)) {
      return { short: true, body: `${textA} !== ${textB}` };
    }
    const body = `${colors.green}+${colors.white} ${textA}\n${colors.red}-${colors.white} ${textB}` +
      caret(actual, expected, textA, textB);
    return { body, skipped: false };
  }
  const { myersDiff } = require('internal/assert/myers_diff');
  const { text, skipped } = draw(myersDiff(linesA, linesB, isObject(actual)), colors);
  return { body: text, skipped };
}

function sameText(lines, isFull) {
  if (lines.length <= 50 || isFull) return lines.join('\n');
  return `... Skipped lines\n${lines.slice(0, 50).join('\n')}\n...${lines[lines.length - 1]}`;
}

module.exports = { explain, isErrorObject, isObjectOrFunction, shown, withoutStack };
