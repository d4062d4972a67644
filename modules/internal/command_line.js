// SPDX-License-Identifier: MIT
//
// The command line and NODE_OPTIONS: one table of options, one parser. Loaded only when there are options to parse or
// a default to look up; a plain `lode app.js` needs neither.
'use strict';

const { values, getOptionValue } = require('internal/options');

// Kinds: b boolean (also --no-x), s string, n number, l list of strings. `alias` gives short forms.
// `env: false` options are refused in NODE_OPTIONS. What only tunes the reference engine is in isIgnored;
// `unsupported` marks what changes a program's behaviour and is not there yet: asking for it ends the process. `bare` is
// what an option means alone: a value can only follow `=`. `least` is the lowest number.
const table = {
  '--abort-on-uncaught-exception': { kind: 'b' },
  '--allow-natives-syntax': { kind: 'b' },
  '--check': { kind: 'b', alias: '-c', env: false },
  '--conditions': { kind: 'l', alias: '-C' },
  '--deprecation': { kind: 'b', value: true },
  '--disable-proto': { kind: 's', choices: ['delete', 'throw'] },
  '--disable-warning': { kind: 'l' },
  '--disable-wasm-trap-handler': { kind: 'b' },
  '--disallow-code-generation-from-strings': { kind: 'b' },
  '--dns-result-order': { kind: 's' },
  '--enable-source-maps': { kind: 'b' },
  '--env-file': { kind: 'l', env: false },
  '--env-file-if-exists': { kind: 'l', env: false },
  '--eval': { kind: 's', alias: '-e', env: false },
  '--experimental-addon-modules': { kind: 'b' },
  '--experimental-detect-module': { kind: 'b', value: true },
  '--experimental-eventsource': { kind: 'b' },
  '--experimental-global-navigator': { kind: 'b', value: true },
  '--experimental-import-meta-resolve': { kind: 'b' },
  '--experimental-loader': { kind: 'l', alias: '--loader' },
  '--experimental-print-required-tla': { kind: 'b' },
  '--experimental-require-module': { kind: 'b', value: true, alias: '--require-module' },
  '--experimental-transform-types': { kind: 'b' },
  '--experimental-vm-modules': { kind: 'b' },
  '--experimental-wasm-modules': { kind: 'b' },
  '--experimental-websocket': { kind: 'b', value: true },
  '--experimental-webstorage': { kind: 'b' },
  '--experimental-worker': { kind: 'b', value: true },
  '--experimental-test-coverage': { unsupported: true, kind: 'b' },
  '--experimental-test-module-mocks': { kind: 'b' },
  '--expose-gc': { kind: 'b', alias: '--expose_gc' },
  '--expose-internals': { kind: 'b', alias: '--expose_internals' },
  '--extra-info-on-fatal-exception': { kind: 'b', value: true },
  '--force-context-aware': { kind: 'b' },
  '--force-node-api-uncaught-exceptions-policy': { kind: 'b' },
  '--frozen-intrinsics': { unsupported: true, kind: 'b' },
  '--heapsnapshot-near-heap-limit': { kind: 'n' },
  '--help': { kind: 'b', alias: '-h', env: false },
  '--icu-data-dir': { kind: 's' },
  '--import': { kind: 'l' },
  '--input-type': { kind: 's' },
  '--insecure-http-parser': { kind: 'b' },
  '--interactive': { kind: 'b', alias: '-i', env: false },
  '--localstorage-file': { unsupported: true, kind: 's' },
  '--max-http-header-size': { kind: 'n', value: 16384 },
  '--network-family-autoselection': { kind: 'b', value: true },
  '--network-family-autoselection-attempt-timeout': { kind: 'n', value: 500 },
  '--node-snapshot': { kind: 'b', value: true },
  '--no-addons': { kind: 'b' },
  '--openssl-config': { kind: 's' },
  '--openssl-legacy-provider': { kind: 'b' },
  '--openssl-shared-config': { kind: 'b' },
  '--pending-deprecation': { kind: 'b' },
  '--permission': { unsupported: true, kind: 'b' },
  '--preserve-symlinks': { kind: 'b' },
  '--preserve-symlinks-main': { kind: 'b' },
  '--print': { kind: 's', alias: '-p', env: false, optional: true },
  '--redirect-warnings': { kind: 's' },
  '--report-compact': { kind: 'b' },
  '--report-directory': { kind: 's', alias: '--report-dir' },
  '--report-exclude-env': { kind: 'b' },
  '--report-exclude-network': { kind: 'b' },
  '--report-filename': { kind: 's' },
  '--report-on-fatalerror': { kind: 'b' },
  '--report-on-signal': { kind: 'b' },
  '--report-signal': { kind: 's', value: 'SIGUSR2' },
  '--report-uncaught-exception': { kind: 'b' },
  '--require': { kind: 'l', alias: '-r' },
  '--secure-heap': { unsupported: true, kind: 'n' },
  '--secure-heap-min': { unsupported: true, kind: 'n' },
  '--stack-trace-limit': { kind: 'n' },
  '--stack-size': { kind: 'n' },
  '--strip-types': { kind: 'b', value: true, alias: '--experimental-strip-types' },
  '--test': { unsupported: true, kind: 'b', env: false },
  '--test-only': { kind: 'b' },
  '--throw-deprecation': { kind: 'b' },
  '--title': { kind: 's' },
  '--tls-cipher-list': { kind: 's' },
  '--tls-keylog': { kind: 's' },
  '--tls-max-v1.2': { kind: 'b' },
  '--tls-max-v1.3': { kind: 'b' },
  '--tls-min-v1.0': { kind: 'b' },
  '--tls-min-v1.1': { kind: 'b' },
  '--tls-min-v1.2': { kind: 'b' },
  '--tls-min-v1.3': { kind: 'b' },
  '--trace-deprecation': { kind: 'b' },
  '--trace-exit': { kind: 'b' },
  '--trace-sigint': { kind: 'b' },
  '--trace-sync-io': { kind: 'b' },
  '--trace-uncaught': { kind: 'b' },
  '--trace-warnings': { kind: 'b' },
  '--trace-require-module': { kind: 's', optional: true, choices: ['all', 'no-node-modules'] },
  '--track-heap-objects': { kind: 'b' },
  '--unhandled-rejections': { kind: 's', choices: ['throw', 'strict', 'warn', 'none', 'warn-with-error-code'] },
  '--use-bundled-ca': { kind: 'b' },
  '--use-env-proxy': { kind: 'b' },
  '--use-largepages': { kind: 's', choices: ['off', 'on', 'silent'] },
  '--use-openssl-ca': { kind: 'b' },
  '--use-system-ca': { kind: 'b' },
  '--verify-base-objects': { kind: 'b' },
  '--version': { kind: 'b', alias: '-v', env: false },
  '--warnings': { kind: 'b', value: true },
  '--watch-loop': { kind: 'n', bare: 50, least: 1 },
  '--watch': { unsupported: true, kind: 'b', env: false },
  '--zero-fill-buffers': { kind: 'b' },
};

// Options that only tune the reference's engine: accepted, without effect. Made only when an option is in no table.
function isIgnored(word) {
  const patterns = [
    /^--v8-pool-size(=|$)/, /^--max[-_](old|semi|new)[-_]space[-_]size/, /^--max[-_]heap[-_]size/, /^--optimize[-_]for[-_]size$/,
    /^--(no[-_])?opt$/, /^--jitless$/, /^--(no[-_])?lazy$/, /^--harmony/, /^--(no[-_])?harmony/, /^--js[-_]/, /^--turbo/, /^--gc[-_]/,
    /^--trace[-_]gc/, /^--single[-_]threaded/, /^--predictable/, /^--random[-_]seed/, /^--hash[-_]seed/, /^--interpreted[-_]frames/,
    /^--perf[-_]/, /^--no[-_]?concurrent/, /^--initial[-_]/, /^--huge[-_]max/, /^--stack[-_]trace/, /^--(no-)?sparkplug/, /^--max[-_]lazy/,
    /^--stress/, /^--always/, /^--enable[-_]etw/, /^--experimental-(quic|sqlite|repl-await|shadow-realm|network-inspection|fetch|global-webcrypto|global-customevent|async-context-frame|default-type|permission|config-file|inspector-network-resource|storage-inspection)/,
    /^--no-experimental-/, /^--(no-)?async-context-frame/, /^--inspect-port/, /^--diagnostic-dir/, /^--trace-(event|tls|env)/, /^--test-/, /^--watch-/, /^--allow-/, /^--disable-/, /^--no[-_]verify/, /^--heap/, /^--cpu-prof/, /^--max-/,
  ];
  return patterns.some((pattern) => pattern.test(word));
}

const aliases = new Map();
for (const name in table) {
  const { alias } = table[name];
  if (alias !== undefined) aliases.set(alias, name);
}

function defaultOf(name) {
  const entry = table[name];
  if (entry === undefined) return undefined;
  if (entry.value !== undefined) return entry.value;
  return entry.kind === 'b' ? false : entry.kind === 'l' ? [] : entry.kind === 's' ? '' : undefined;
}

function fail(message) {
  const env = binding('env');
  env.writeRaw(2, `${process.argv0 ?? 'node'}: ${message}\n`);
  env.reallyExit(9);
}

function store(name, text) {
  const { kind, choices, least } = table[name];
  if (kind === 'l') {
    if (values.has(name)) values.get(name).push(text);
    else values.set(name, [text]);
  } else if (kind === 'n') {
    if (!/^[-+]?\d+$/.test(text)) fail(`${name} must be a number`);
    if (least !== undefined && +text < least) fail(`${name} must be at least ${least}`);
    values.set(name, +text);
  } else {
    if (choices !== undefined && !choices.includes(text)) fail(`invalid value for ${name}`);
    values.set(name, text);
  }
}

// Splits "--name=value"; returns the canonical name (underscores count as hyphens) or undefined.
function lookUp(argument) {
  const equals = argument.startsWith('--') ? argument.indexOf('=') : -1;
  let name = equals < 0 ? argument : argument.slice(0, equals);
  const value = equals < 0 ? undefined : argument.slice(equals + 1);
  if (name.startsWith('--')) name = '--' + name.slice(2).replaceAll('_', '-');
  if (aliases.has(name)) name = aliases.get(name);
  else if (aliases.has(argument)) name = aliases.get(argument);
  if (table[name] !== undefined) return { name, value, negated: false };
  if (name.startsWith('--no-')) {
    const given = '--' + name.slice(5);
    const positive = aliases.get(given) ?? given;
    if (table[positive]?.kind === 'b') return { name: positive, value, negated: true };
  }
  return undefined;
}

// Takes options from the front of `words`; returns how many were taken.
function parse(words, fromEnvironment) {
  let at = 0;
  while (at < words.length) {
    const word = words[at];
    if (word === '--' && !fromEnvironment) return at + 1;
    if (word === '-' || !word.startsWith('-')) {
      if (fromEnvironment) fail(`${word} is not allowed in NODE_OPTIONS`);
      return at;
    }
    at = takeOption(words, at, fromEnvironment);
  }
  return at;
}

function takeOption(words, at, fromEnvironment) {
  const word = words[at];
  if (word === '-pe' || word === '-ep') {
    values.set('--print', words[at + 1] ?? fail(`${word} requires an argument`));
    return at + 2;
  }
  const option = lookUp(word);
  if (option === undefined) {
    if (isIgnored(word)) return at + 1;
    fail(fromEnvironment ? `${word} is not allowed in NODE_OPTIONS` : `bad option: ${word}`);
  }
  const { name, negated } = option;
  const entry = table[name];
  if (entry.unsupported && !negated) fail(`${name} is not supported by lode yet`);
  if (fromEnvironment && entry.env === false) fail(`${word} is not allowed in NODE_OPTIONS`);
  if (entry.kind === 'b') {
    if (option.value !== undefined) fail(`${word} does not take an argument`);
    values.set(name, !negated);
    return at + 1;
  }
  if (entry.bare !== undefined && option.value === undefined) {
    values.set(name, entry.bare);
    return at + 1;
  }
  let { value } = option;
  if (value === undefined && entry.optional && /^(?:-e|--eval(?:=.*)?)$/s.test(words[at + 1] ?? '')) {
    value = 'undefined'; // the program comes with the next option
  } else if (value === undefined) {
    value = words[++at];
    if (value === undefined || (value.startsWith('-') && value.length > 1 && entry.kind !== 'n' && !entry.optional && name !== '--eval')) {
      if (entry.optional) value = 'undefined';
      else fail(`${word} requires an argument`);
    }
  } else if (value === '' && entry.kind !== 's') {
    fail(`${word} requires an argument`);
  }
  store(name, value);
  return at + 1;
}

// NODE_OPTIONS is split at spaces; double quotes group, a backslash inside them escapes.
function splitEnvironment(text) {
  const words = [];
  let word = '';
  let inQuotes = false;
  let any = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '\\' && inQuotes) {
      if (++i >= text.length) fail('invalid value for NODE_OPTIONS (invalid escape)');
      word += text[i];
    } else if (c === '"') {
      inQuotes = !inQuotes;
      any = true;
    } else if (c === ' ' && !inQuotes) {
      if (any) words.push(word);
      word = '';
      any = false;
    } else {
      word += c;
      any = true;
    }
  }
  if (inQuotes) fail('invalid value for NODE_OPTIONS (unterminated string)');
  if (any) words.push(word);
  return words;
}

function loadEnvFiles() {
  if (!values.has('--env-file') && !values.has('--env-file-if-exists')) return;
  const { readText } = binding('loader');
  for (const [option, optional] of [['--env-file', false], ['--env-file-if-exists', true]]) {
    for (const file of getOptionValue(option)) {
      const text = readText(file);
      if (typeof text === 'string') applyEnv(require('internal/dotenv').parse(text));
      else if (!optional) fail(`${file}: not found`);
    }
  }
}

function applyEnv(pairs) {
  for (const name in pairs) if (process.env[name] === undefined) process.env[name] = pairs[name];
}

// The work of the command line. Returns { done } when it was all that was asked for, else { action, script }.
function parseCommandLine() {
  const words = binding('env').argv;
  const taken = parse(words.slice(1), false) + 1;
  const execArgv = words.slice(1, taken);
  const rest = words.slice(taken);
  loadEnvFiles();
  const fromEnvironment = process.env.NODE_OPTIONS;
  if (fromEnvironment) {
    const own = new Map(values);
    parse(splitEnvironment(fromEnvironment), true);
    // The command line wins, and lists from the environment come first.
    for (const [name, value] of own) {
      if (Array.isArray(value) && values.get(name) !== value) values.set(name, values.get(name).concat(value));
      else if (!Array.isArray(value) && execArgv.some((word) => lookUp(word)?.name === name)) values.set(name, value);
    }
  }
  if (execArgv[execArgv.length - 1] === '--') execArgv.pop();
  process.execArgv = execArgv;
  return choose(rest, words[0]);
}

// What options change at the start of a thread.
function applyOptions() {
  const limit = getOptionValue('--stack-trace-limit');
  if (limit !== undefined) Error.stackTraceLimit = limit;
  if (getOptionValue('--title') && !binding('env').isWorker) process.title = getOptionValue('--title');
  if (getOptionValue('--expose-gc')) exposeGc();
  if (getOptionValue('--disallow-code-generation-from-strings')) binding('env').refuseEval();
  if (values.has('--disable-proto')) disableProto(values.get('--disable-proto'));
  if (getOptionValue('--throw-deprecation')) process.throwDeprecation = true;
  if (getOptionValue('--trace-deprecation')) process.traceDeprecation = true;
  if (!getOptionValue('--deprecation')) process.noDeprecation = true;
  if (getOptionValue('--enable-source-maps') || (getOptionValue('--experimental-transform-types') && !values.has('--enable-source-maps'))) {
    require('runtime/loader/source_maps').setSupport(true, true, true);
  }
  if (getOptionValue('--report-on-signal')) require('process/report').start();
  if (values.has('--watch-loop')) require('watch_loop').watchFromCommandLine(values.get('--watch-loop'));
}

function choose(rest, command) {
  if (getOptionValue('--version')) {
    binding('env').writeRaw(1, `${process.version}\n`);
    return { done: true };
  }
  if (getOptionValue('--help')) {
    binding('env').writeRaw(1, require('internal/help').text());
    return { done: true };
  }
  applyOptions();
  const { execPath } = process;
  if (values.has('--eval') || values.has('--print')) {
    process.argv = [execPath, ...rest];
    const print = values.has('--print');
    return { action: 'eval', source: print && getOptionValue('--print') !== 'undefined' || !values.has('--eval') ? getOptionValue('--print') : getOptionValue('--eval'), print };
  }
  if (rest.length === 0 || rest[0] === '-') {
    process.argv = [execPath, ...rest];
    return { action: 'stdin', interactive: getOptionValue('--interactive') };
  }
  process.argv = [execPath, ...rest];
  return { action: 'script', script: rest[0], check: getOptionValue('--check') };
}

// ---- Options of workers ----

const PER_PROCESS = new Set(['--title', '--redirect-warnings', '--expose-gc', '--eval', '--print', '--check', '--interactive', '--version', '--help']);

// Those of `words` that a worker cannot be given.
function unfitForWorker(words, fromEnvironment) {
  const bad = [];
  for (let at = 0; at < words.length; at++) {
    const option = words[at].startsWith('-') ? lookUp(words[at]) : undefined;
    const entry = option === undefined ? undefined : table[option.name];
    if (entry === undefined || entry.unsupported || PER_PROCESS.has(option.name) || (fromEnvironment && entry.env === false)) {
      bad.push(words[at]);
    } else if (entry.kind !== 'b' && option.value === undefined) {
      if (words[++at] === undefined && !entry.optional) bad.push(words[at - 1]);
    }
  }
  return bad;
}

// The options of a worker that has its own, or its own NODE_OPTIONS.
function parseForWorker(execArgv) {
  parse(execArgv, false);
  const own = new Map(values);
  if (process.env.NODE_OPTIONS) parse(splitEnvironment(process.env.NODE_OPTIONS), true);
  for (const [name, value] of own) values.set(name, value);
}

function disableProto(mode) {
  delete Object.prototype.__proto__;
  if (mode === 'delete') return;
  const refuse = () => {
    const { codes } = require('internal/errors');
    throw new codes.ERR_PROTO_ACCESS();
  };
  Object.defineProperty(Object.prototype, '__proto__', { __proto__: null, configurable: true, enumerable: false, get: refuse, set: refuse });
}

function exposeGc() {
  const { collectGarbage } = binding('env');
  Object.defineProperty(globalThis, 'gc', {
    __proto__: null,
    configurable: true,
    writable: true,
    enumerable: false,
    value: function gc(options) {
      const { aroundGc } = require('internal/diagnostics');
      if (aroundGc === undefined) collectGarbage();
      else aroundGc(collectGarbage);
      if (options?.execution === 'async') return new Promise((resolve) => require('timers').setImmediate(resolve));
    },
  });
}

module.exports = { table, defaultOf, parseCommandLine, applyOptions, splitEnvironment, unfitForWorker, parseForWorker };
