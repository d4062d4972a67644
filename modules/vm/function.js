// SPDX-License-Identifier: MIT
//
// vm.compileFunction: a function from its body and the names of its parameters, in any context, with objects around it whose
// properties it sees.
'use strict';

const { Unit, run } = require('vm/script');
const errors = require('vm/errors');
const { contextOf } = require('vm/contexts');
const { rewrite, SCRIPT } = require('runtime/loader/esm_source');
const options = require('vm/options');
const { codes } = require('internal/errors');
const validators = require('internal/validators');

const CHECK_ONLY = 2; // a flag of rewrite()

function check(code, params, given) {
  validators.validateString(code, 'code');
  validators.validateObject(given, 'options');
  const { parsingContext, contextExtensions = [] } = given;
  const checked = options.scriptOptions(given, '');
  validators.validateStringArray(params, 'params');
  if (parsingContext !== undefined && (typeof parsingContext !== 'object' || parsingContext === null || contextOf(parsingContext) === undefined)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.parsingContext', 'Context', parsingContext);
  }
  validators.validateArray(contextExtensions, 'options.contextExtensions');
  contextExtensions.forEach((object, i) => {
    validators.validateObject(object, `options.contextExtensions[${i}]`, { nullable: true });
  });
  return { checked, contextExtensions, context: parsingContext === undefined ? null : contextOf(parsingContext) };
}

// Text that closes the function and opens another would fit into parentheses and not into brackets, or the other way round.
function checkBody(unit, code) {
  if (!code.includes('}')) return;
  const result = rewrite(`[${unit.head.slice(1)}${unit.text}\n}]`, SCRIPT, '', CHECK_ONLY);
  if (result.error === undefined) return;
  result.error = 'Unexpected token \'}\'';
  throw errors.syntaxError(unit, result);
}

// The mark is a line end to whoever asks for the function's text.
function compileFunction(code, params = [], given = {}) {
  const { checked, contextExtensions, context } = check(code, params, given);
  if (checked.filename === '') checked.filename = '<anonymous>'; // as V8 shows it; the engine leaves out such frames
  let fn; // known to import() only when it runs
  const owner = { deref: () => fn };
  const names = contextExtensions.map((_, i) => `$lodeWith${i}`);
  const extended = names.length > 0;
  const around = extended ? `(function(${names.join(',')}){${names.map((name) => `with(${name})`).join('')}return` : '';
  const head = `(function (${params.join(',')}) {/*$lode*/`;
  checkBody(new Unit(code, checked, owner, head), code);
  const unit = new Unit(code, checked, owner, around + head, extended ? '\n})})' : '\n})');
  const made = run(unit, context, { displayErrors: true, timeout: undefined, breakOnSigint: false });
  fn = extended ? made(...contextExtensions) : made;
  if (checked.cachedData !== undefined || checked.produceCachedData) {
    require('vm/cached_data').apply(fn, checked, `function(${params})`, code);
  }
  return fn;
}

module.exports = { compileFunction };
