// SPDX-License-Identifier: MIT
//
// AssertionError and its messages. Loaded when an assertion fails, or somebody asks for the class.
'use strict';

const { explain, isErrorObject, isObjectOrFunction, shown, withoutStack } = require('assert/diff');
const { pauseTraces, resumeTraces, stamp } = require('internal/errors');

const headlines = {
  __proto__: null,
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
  sameStructure: 'Values have same structure but are not reference-equal:',
};

const LONGEST = 512;
const MOST_LINES = 50;
const noColors = { blue: '', green: '', red: '', white: '' };
const colors = { blue: '\u001b[34m', green: '\u001b[32m', red: '\u001b[31m', white: '\u001b[39m' };

// Colours are for a terminal on standard error only.
function palette() {
  if (!binding('console').isatty(2) || process.env.NODE_DISABLE_COLORS || process.env.NO_COLOR) return noColors;
  const { stderr } = process;
  return typeof stderr.getColorDepth === 'function' && stderr.getColorDepth() > 2 ? colors : noColors;
}

// ---- Messages ----

function differs(actual, expected, operator, message, diff) {
  const paint = palette();
  const found = explain(actual, expected, operator, paint, diff === 'full');
  let head = message;
  if (head === undefined) {
    head = headlines[operator];
    if (found.structure) head = headlines.sameStructure;
    else if (operator === 'strictEqual' && isObjectOrFunction(actual) && isObjectOrFunction(expected)) {
      head = headlines.strictEqualObject;
    }
  }
  if (found.short || found.structure) return `${head}\n\n${found.body}\n`;
  const legend = `${paint.green}+ actual${paint.white} ${paint.red}- expected${paint.white}`;
  const skipped = found.skipped ? `\n${paint.blue}...${paint.white} Skipped lines` : '';
  return `${head}\n${legend}${skipped}\n\n${found.body}\n`;
}

// For the negated operators: only one value is worth showing.
function equalAfterAll(actual, operator, diff) {
  let head = headlines[operator];
  if (operator === 'notStrictEqual' && isObjectOrFunction(actual)) head = headlines.notStrictEqualObject;
  const lines = shown(isErrorObject(actual) ? withoutStack(actual) : actual).split('\n');
  if (lines.length > MOST_LINES && diff !== 'full') {
    lines.length = 46;
    lines.push('...');
  }
  if (lines.length === 1) return `${head}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}`;
  // Text in several lines ends as it is, structures with an empty line.
  return `${head}\n\n${lines.join('\n')}\n`;
}

function cut(text, diff) {
  return text.length > LONGEST && diff !== 'full' ? text.slice(0, LONGEST - 3) + '...' : text;
}

function looseMessage(actual, expected, operator, diff) {
  const textA = shown(actual);
  const textB = shown(expected);
  if (operator === 'notDeepEqual' && textA === textB) {
    const text = textA.length > 1024 && diff !== 'full' ? textA.slice(0, 1021) + '...' : textA;
    return `${headlines.notDeepEqual}\n\n${text}`;
  }
  const shortA = cut(textA, diff);
  const shortB = cut(textB, diff);
  if (operator === 'deepEqual') return `${headlines.deepEqual}\n\n${shortA}\n\nshould loosely deep-equal\n\n${shortB}`;
  if (operator === 'notDeepEqual') {
    return `${headlines.notDeepEqualUnequal}\n\n${shortA}\n\nshould not loosely deep-equal\n\n${shortB}`;
  }
  return `${shortA} ${operator} ${shortB}`;
}

function messageFor(actual, expected, operator, message, diff) {
  switch (operator) {
    case 'deepStrictEqual':
    case 'strictEqual':
    case 'partialDeepStrictEqual':
      return differs(actual, expected, operator, message, diff);
    default:
  }
  if (message !== undefined) return message;
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') return equalAfterAll(actual, operator, diff);
  return looseMessage(actual, expected, operator, diff);
}

// ---- The class ----

// Only the first lines of a long string: the message has shown the rest.
function shortened(value) {
  if (typeof value !== 'string') return value;
  const lines = value.split('\n', 11);
  if (lines.length > 10) {
    lines.length = 10;
    return `${lines.join('\n')}\n...`;
  }
  return value.length > LONGEST ? `${value.slice(0, -LONGEST)}...` : value;
}

class AssertionError extends Error {
  constructor(options) {
    require('internal/validators').validateObject(options, 'options');
    const { message, operator, stackStartFn, stackStartFunction, details, diff = 'simple' } = options;
    const { actual, expected } = options;
    const limit = pauseTraces();
    try {
      super(compose(actual, expected, operator, message, diff));
    } finally {
      resumeTraces(limit);
    }
    this.generatedMessage = !message;
    Object.defineProperty(this, 'name', {
      __proto__: null,
      value: 'AssertionError', enumerable: false, writable: true, configurable: true,
    });
    this.code = 'ERR_ASSERTION';
    if (details) {
      this.actual = undefined;
      this.expected = undefined;
      this.operator = undefined;
      for (let i = 0; i < details.length; i++) addDetail(this, details[i], i);
    } else {
      this.actual = actual;
      this.expected = expected;
      this.operator = operator;
    }
    this.diff = diff;
    stamp(this, 'AssertionError [ERR_ASSERTION]', stackStartFn || stackStartFunction || AssertionError);
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](recurseTimes, context) {
    const { actual, expected } = this;
    // Shown short, and put back.
    this.actual = shortened(actual);
    this.expected = shortened(expected);
    const { inspect } = require('util/inspect');
    try {
      return inspect(this, { ...context, customInspect: false, depth: 0 });
    } finally {
      this.actual = actual;
      this.expected = expected;
    }
  }
}

// The message of the new error. An empty message counts as none where the difference is shown.
function compose(actual, expected, operator, message, diff) {
  const given = message == null ? undefined : String(message);
  if (given !== undefined && !isDiffing(operator)) return given;
  return messageFor(actual, expected, operator, given === '' ? undefined : given, diff);
}

function isDiffing(operator) {
  return operator === 'deepStrictEqual' || operator === 'strictEqual' || operator === 'partialDeepStrictEqual';
}

function addDetail(error, detail, i) {
  error[`message ${i}`] = detail.message;
  error[`actual ${i}`] = detail.actual;
  error[`expected ${i}`] = detail.expected;
  error[`operator ${i}`] = detail.operator;
  error[`stack trace ${i}`] = detail.stack;
}

module.exports = { AssertionError };
