// SPDX-License-Identifier: MIT
//
// util.parseArgs: command lines into options and positionals. Idea: two passes. The first turns the arguments into
// tokens by shape and by which options take values; the second checks tokens (strict) and stores values.

'use strict';

const { codes } = require('internal/errors');

const hasOwn = Object.hasOwn;

function processArguments() {
  // With -e and -p there is no script among the arguments.
  const inline = process.execArgv.some((arg) => /^(?:-e|-p|-pe|--eval(?:=.*)?|--print(?:=.*)?)$/s.test(arg));
  return process.argv.slice(inline ? 1 : 2);
}

function setting(config, key, fallback) {
  return hasOwn(config, key) ? config[key] : fallback;
}

// ---- Options ----

function validateOption(name, option) {
  const { validateObject, validateString, validateBoolean, validateUnion } = require('internal/validators');
  validateObject(option, `options.${name}`);
  const type = setting(option, 'type');
  validateUnion(type, `options.${name}.type`, ['string', 'boolean']);
  if (hasOwn(option, 'short')) {
    validateString(option.short, `options.${name}.short`);
    if (option.short.length !== 1) {
      throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}.short`, option.short, 'must be a single character');
    }
  }
  const multiple = setting(option, 'multiple');
  if (hasOwn(option, 'multiple')) validateBoolean(multiple, `options.${name}.multiple`);
  const fallback = setting(option, 'default');
  if (fallback !== undefined) validateDefault(name, type, multiple, fallback);
}

function validateDefault(name, type, multiple, fallback) {
  const validators = require('internal/validators');
  const where = `options.${name}.default`;
  if (type === 'string') {
    if (multiple) validators.validateStringArray(fallback, where);
    else validators.validateString(fallback, where);
  } else if (multiple) {
    validators.validateBooleanArray(fallback, where);
  } else {
    validators.validateBoolean(fallback, where);
  }
}

class Schema {
  constructor(options) {
    this.options = options;
    this.byShort = new Map();
    for (const [name, option] of Object.entries(options)) {
      validateOption(name, option);
      if (hasOwn(option, 'short')) this.byShort.set(option.short, name);
    }
  }

  knows(name) { return hasOwn(this.options, name); }
  get(name, key) { return this.knows(name) ? setting(this.options[name], key) : undefined; }
  takesValue(name) { return this.get(name, 'type') === 'string'; }
  longName(letter) { return this.byShort.get(letter) ?? letter; }
}

// ---- Tokens ----

function option(name, rawName, index, value, inlineValue) {
  return { kind: 'option', name, rawName, index, value, inlineValue };
}

// "-abc", "-fVALUE": letters up to the first one that takes a value.
function shortTokens(arg, index, next, schema, tokens) {
  for (let i = 1; i < arg.length; i++) {
    const letter = arg[i];
    const name = schema.longName(letter);
    const raw = `-${letter}`;
    if (!schema.takesValue(name)) {
      tokens.push(option(name, raw, index, undefined, undefined));
    } else if (i + 1 < arg.length) {
      tokens.push(option(name, raw, index, arg.slice(i + 1), true));
      return 0;
    } else if (next !== undefined && next !== null) {
      tokens.push(option(name, raw, index, next, false));
      return 1;
    } else {
      tokens.push(option(name, raw, index, undefined, undefined));
    }
  }
  return 0;
}

function longToken(arg, index, next, schema, tokens) {
  const equals = arg.indexOf('=', 3);
  if (equals !== -1) {
    tokens.push(option(arg.slice(2, equals), arg.slice(0, equals), index, arg.slice(equals + 1), true));
    return 0;
  }
  const name = arg.slice(2);
  if (schema.takesValue(name) && next !== undefined && next !== null) {
    tokens.push(option(name, arg, index, next, false));
    return 1;
  }
  tokens.push(option(name, arg, index, undefined, undefined));
  return 0;
}

function tokenize(args, schema) {
  const tokens = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index: i });
      for (i++; i < args.length; i++) tokens.push({ kind: 'positional', index: i, value: args[i] });
      break;
    }
    if (arg.startsWith('--')) i += longToken(arg, i, args[i + 1], schema, tokens);
    else if (arg.length > 1 && arg[0] === '-') i += shortTokens(arg, i, args[i + 1], schema, tokens);
    else tokens.push({ kind: 'positional', index: i, value: arg });
  }
  return tokens;
}

// ---- Checks ----

function checkAmbiguous(token) {
  if (token.inlineValue || token.value === undefined || token.value.length < 2 || token.value[0] !== '-') return;
  const { rawName } = token;
  const example = rawName.startsWith('--') ? `'${rawName}=-XYZ'` : `'--${token.name}=-XYZ' or '${rawName}-XYZ'`;
  throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(
    `Option '${rawName}' argument is ambiguous.\n` +
    `Did you forget to specify the option argument for '${rawName}'?\n` +
    `To specify an option argument starting with a dash use ${example}.`);
}

function checkUse(token, schema, allowPositionals, negated) {
  const { name, value } = token;
  if (!schema.knows(name)) {
    throw new codes.ERR_PARSE_ARGS_UNKNOWN_OPTION(token.rawName, allowPositionals);
  }
  const short = schema.get(name, 'short');
  const label = `${short ? `-${short}, ` : ''}--${name}`;
  const type = schema.get(name, 'type');
  if (type === 'string' && typeof value !== 'string') {
    if (negated) throw new codes.ERR_PARSE_ARGS_UNKNOWN_OPTION(token.rawName, allowPositionals);
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${label} <value>' argument missing`);
  }
  if (type === 'boolean' && value !== undefined && value !== null) {
    throw new codes.ERR_PARSE_ARGS_INVALID_OPTION_VALUE(`Option '${label}' does not take an argument`);
  }
}

// "--no-color" means color: false where that is asked for; renames the token.
function negate(token, schema, allowNegative) {
  if (!allowNegative || token.value !== undefined || !token.rawName.startsWith('--no-')) return false;
  const name = token.name.slice(3);
  if (schema.knows(token.name)) return false;
  if (schema.get(name, 'type') === 'string') return false;
  token.name = name;
  return true;
}

function store(values, schema, name, value) {
  if (name === '__proto__') return;
  if (schema.get(name, 'multiple')) {
    if (hasOwn(values, name)) values[name].push(value);
    else values[name] = [value];
  } else {
    values[name] = value;
  }
}

function parseArgs(config = {}) {
  const { validateArray, validateBoolean, validateObject } = require('internal/validators');
  const args = setting(config, 'args') ?? processArguments();
  const strict = setting(config, 'strict') ?? true;
  const allowPositionals = setting(config, 'allowPositionals') ?? !strict;
  const wantTokens = setting(config, 'tokens') ?? false;
  const allowNegative = setting(config, 'allowNegative') ?? false;
  const options = setting(config, 'options') ?? { __proto__: null };
  validateArray(args, 'args');
  validateBoolean(strict, 'strict');
  validateBoolean(allowPositionals, 'allowPositionals');
  validateBoolean(wantTokens, 'tokens');
  validateBoolean(allowNegative, 'allowNegative');
  validateObject(options, 'options');
  const schema = new Schema(options);
  const tokens = tokenize(args, schema);
  const result = { values: { __proto__: null }, positionals: [] };
  if (wantTokens) result.tokens = tokens;
  for (const token of tokens) {
    if (token.kind === 'option') {
      const negated = negate(token, schema, allowNegative);
      if (strict) {
        checkUse(token, schema, allowPositionals, negated);
        checkAmbiguous(token);
      }
      store(result.values, schema, token.name, token.value ?? !negated);
    } else if (token.kind === 'positional') {
      if (!allowPositionals) throw new codes.ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL(token.value);
      result.positionals.push(token.value);
    }
  }
  for (const [name, option_] of Object.entries(options)) {
    if (name !== '__proto__' && hasOwn(option_, 'default') && option_.default !== undefined && !hasOwn(result.values, name)) {
      result.values[name] = option_.default;
    }
  }
  return result;
}

module.exports = { parseArgs };
