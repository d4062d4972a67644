// SPDX-License-Identifier: MIT
//
// Error messages that need more than holes to fill: how arguments are described, lists, optional parts, and the
// extra properties some errors carry. An entry is { base, text(...args), extend?(error, ...args) }.
// Loaded together with internal/error_table, when the first coded error is built.
'use strict';

const { describe, list, show } = require('internal/error_words');

const typeNames = new Set(['string', 'function', 'number', 'object', 'boolean', 'bigint', 'symbol']);
const isClassName = /^[A-Z][a-zA-Z0-9]*$/;

// 'of type string or an instance of Buffer': what the caller wanted.
function wanted(expected) {
  const all = Array.isArray(expected) ? expected : [expected];
  const types = [];
  const classes = [];
  const others = [];
  for (const one of all) {
    if (typeNames.has(one)) types.push(one);
    else if (one === 'Function' || one === 'Object') types.push(one.toLowerCase());
    else if (isClassName.test(one)) classes.push(one);
    else others.push(one);
  }
  // Beside classes an object reads better as a class.
  const at = classes.length > 0 ? types.indexOf('object') : -1;
  if (at !== -1) {
    types.splice(at, 1);
    classes.push('Object');
  }
  const parts = [];
  if (types.length > 0) parts.push((types.length > 1 ? 'one of type ' : 'of type ') + list(types, 'or'));
  if (classes.length > 0) parts.push('an instance of ' + list(classes, 'or'));
  if (others.length > 1) {
    parts.push('one of ' + list(others, 'or'));
  } else if (others.length === 1) {
    const article = others[0].toLowerCase() !== others[0] ? 'an ' : '';
    parts.push(article + others[0]);
  }
  return parts.join(' or ');
}

function subject(name) {
  if (name.endsWith(' argument')) return 'The ' + name;
  return `The "${name}" ` + (name.includes('.') ? 'property' : 'argument');
}

// 12345678901 -> 12_345_678_901
function grouped(text) {
  let out = '';
  let end = text.length;
  const start = text[0] === '-' ? 1 : 0;
  for (; end >= start + 4; end -= 3) out = '_' + text.slice(end - 3, end) + out;
  return text.slice(0, end) + out;
}

function shownNumber(value) {
  if (Number.isInteger(value) && Math.abs(value) > 2 ** 32) return grouped(String(value));
  if (typeof value !== 'bigint') return show(value);
  const text = String(value);
  return (value > 4294967296n || value < -4294967296n ? grouped(text) : text) + 'n';
}

function quoted(names) {
  return names.map((name) => Array.isArray(name) ? name.map((one) => `"${one}"`).join(' or ') : `"${name}"`);
}

function importedFrom(base) {
  return base ? ` imported from ${base}` : '';
}

function invalidArgValue(name, value, reason = 'is invalid') {
  let shown = show(value);
  if (shown.length > 128) shown = shown.slice(0, 128) + '...';
  return `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${shown}`;
}

function outOfRange(name, range, received, wholeSentence = false) {
  const start = wholeSentence ? name : `The value of "${name}" is out of range.`;
  return `${start} It must be ${range}. Received ${shownNumber(received)}`;
}

function packageTarget(packagePath, key, target, isImport = false, base = undefined) {
  const kind = isImport ? 'imports' : 'exports';
  const hint = typeof target === 'string' && !isImport && target.length > 0 && !target.startsWith('./') ?
    '; targets must start with "./"' : '';
  const which = key === '.' ? 'main target ' : 'target ';
  const where = key === '.' ? 'defined' : `defined for '${key}'`;
  return `Invalid "${kind}" ${which}${JSON.stringify(target)} ${where} in the package config ` +
    `${packagePath}package.json${importedFrom(base)}${hint}`;
}

// Whatever programs define on the prototypes.
function setUrl(error, path, base, url) {
  if (!url) return;
  Object.defineProperty(error, 'url', { __proto__: null, value: String(url), writable: true, enumerable: true, configurable: true });
}

function requireEsm(file, hasEsmSyntax, parent = null, packageJson = null) {
  let text = `require() of ES Module ${file}${parent ? ` from ${parent}` : ''} not supported.`;
  if (!parent) return text;
  const base = file.slice(file.lastIndexOf('/') + 1);
  if (file.endsWith('.mjs') || hasEsmSyntax || !packageJson) {
    if (file.endsWith('.mjs')) {
      text += `\nInstead change the require of ${file} to a dynamic import() which is available in all CommonJS modules.`;
    } else if (hasEsmSyntax) {
      text += `\nInstead change the require of ${base} in ${parent} to a dynamic import() which is available in ` +
        'all CommonJS modules.';
    }
    return text;
  }
  return `${text}\n${base} is treated as an ES module file as it is a .js file whose nearest parent package.json ` +
    'contains "type": "module" which declares all .js files in that package scope as ES modules.\n' +
    `Instead either rename ${base} to end in .cjs, change the requiring code to use dynamic import() which is ` +
    'available in all CommonJS modules, or change "type": "module" to "type": "commonjs" in ' +
    `${packageJson} to treat all .js files as CommonJS (using .mjs for all ES modules instead).\n`;
}

module.exports = {
  __proto__: null,
  ERR_ACCESS_DENIED: {
    base: 'E',
    text: (message) => message,
    extend(error, message, permission = '', resource = '') {
      error.permission = permission;
      error.resource = resource;
    },
  },
  ERR_BUFFER_OUT_OF_BOUNDS: {
    base: 'R',
    text: (name) => name ? `"${name}" is outside of buffer bounds` :
      'Attempt to access memory outside buffer bounds',
  },
  ERR_ENCODING_INVALID_ENCODED_DATA: {
    base: 'T',
    text: (encoding) => `The encoded data was not valid for encoding ${encoding}`,
    extend(error, encoding, errno) { error.errno = errno; },
  },
  ERR_FALSY_VALUE_REJECTION: {
    base: 'E',
    text: () => 'Promise was rejected with falsy value',
    extend(error, reason) { error.reason = reason; },
  },
  ERR_FS_WATCH_QUEUE_OVERFLOW: { base: 'E', text: (max) => `fs.watch() queued more than ${max} events` },
  ERR_HTTP2_INVALID_SETTING_VALUE: {
    base: 'T',
    text: (name, value) => `Invalid value for setting "${name}": ${String(value)}`,
    extend(error, name, actual, min, max) {
      error.actual = actual;
      if (min !== undefined) {
        error.min = min;
        error.max = max;
      }
    },
  },
  ERR_HTTP2_STREAM_CANCEL: {
    base: 'E',
    text: (cause) => 'The pending stream has been canceled' +
      (cause && typeof cause.message === 'string' ? ` (caused by: ${cause.message})` : ''),
    extend(error, cause) { if (cause) error.cause = cause; },
  },
  ERR_IMPORT_ATTRIBUTE_UNSUPPORTED: {
    base: 'T',
    text: (key, value, url) => `Import attribute "${key}" with value "${value}" is not supported` +
      (url === undefined ? '' : ` in ${url}`),
  },
  ERR_INTERNAL_ASSERTION: {
    base: 'E',
    text: (message) => (message === undefined ? '' : `${message}\n`) +
      'This is caused by either a bug in Node.js or incorrect usage of Node.js internals.\n' +
      'Please open an issue with this stack trace at https://github.com/nodejs/node/issues\n',
  },
  ERR_INVALID_ADDRESS_FAMILY: {
    base: 'R',
    text: (family, host, port) => `Invalid address family: ${family} ${host}:${port}`,
    extend(error, family, host, port) {
      error.host = host;
      error.port = port;
    },
  },
  ERR_INVALID_ARG_TYPE: {
    base: 'T',
    text: (name, expected, actual) =>
      `${subject(name)} must be ${wanted(expected)}. Received ${describe(actual)}`,
  },
  ERR_INVALID_ARG_VALUE: { base: 'T', text: invalidArgValue },
  ERR_INVALID_CHAR: {
    base: 'T',
    text: (name, field) => `Invalid character in ${name}` + (field === undefined ? '' : ` ["${field}"]`),
  },
  ERR_INVALID_FILE_URL_PATH: {
    base: 'T',
    text: (reason) => `File URL path ${reason}`,
    extend(error, reason, input) { error.input = input; },
  },
  ERR_INVALID_MIME_SYNTAX: {
    base: 'T',
    text: (production, text, index) => `The MIME syntax for a ${production} in "${text}" is invalid` +
      (index !== -1 && index !== undefined ? ` at ${index}` : ''),
  },
  ERR_INVALID_MODULE_SPECIFIER: {
    base: 'T',
    text: (request, reason, base) => `Invalid module "${request}" ${reason}${importedFrom(base)}`,
  },
  ERR_INVALID_PACKAGE_CONFIG: {
    base: 'E',
    text: (path, base, message) => `Invalid package config ${path}` + (base ? ` while importing ${base}` : '') +
      (message ? `. ${message}` : ''),
  },
  ERR_INVALID_PACKAGE_TARGET: { base: 'E', text: packageTarget },
  ERR_INVALID_RETURN_PROPERTY: {
    base: 'T',
    text: (input, name, property, value) => `Expected a valid ${input} to be returned for the "${property}" ` +
      `from the "${name}" hook but got ${describe(value)}.`,
  },
  ERR_INVALID_RETURN_PROPERTY_VALUE: {
    base: 'T',
    text: (input, name, property, value) => `Expected ${input} to be returned for the "${property}" from the ` +
      `"${name}" hook but got ${describe(value)}.`,
  },
  ERR_INVALID_RETURN_VALUE: {
    base: 'T',
    text: (input, name, value) =>
      `Expected ${input} to be returned from the "${name}" function but got ${describe(value)}.`,
  },
  ERR_INVALID_URL: {
    base: 'T',
    text: () => 'Invalid URL',
    extend(error, input, base) {
      error.input = input;
      if (base != null) error.base = base;
    },
  },
  ERR_INVALID_URL_SCHEME: {
    base: 'T',
    text: (expected) => 'The URL must be ' + (Array.isArray(expected) && expected.length > 1 ? 'one of ' : 'of ') +
      'scheme ' + list(Array.isArray(expected) ? expected : [expected], 'or'),
  },
  ERR_IP_BLOCKED: { base: 'E', text: (ip) => `IP(${ip}) is blocked by net.BlockList` },
  ERR_MISSING_ARGS: {
    base: 'T',
    text(...names) {
      // One list of alternatives is one argument; several names are several.
      const plural = names.length > 1;
      return `The ${list(quoted(names), 'and')} argument${plural ? 's' : ''} must be specified`;
    },
  },
  ERR_MODULE_NOT_FOUND: {
    base: 'E',
    text: (path, base, url) => `Cannot find ${url ? 'module' : 'package'} '${path}' imported from ${base}`,
    extend: setUrl,
  },
  ERR_OUT_OF_RANGE: { base: 'R', text: outOfRange },
  ERR_PACKAGE_IMPORT_NOT_DEFINED: {
    base: 'T',
    text: (specifier, packagePath, base) => `Package import specifier "${specifier}" is not defined` +
      (packagePath ? ` in package ${packagePath}package.json` : '') + importedFrom(base),
  },
  ERR_PACKAGE_PATH_NOT_EXPORTED: {
    base: 'E',
    text: (packagePath, subpath, base) => (subpath === '.' ?
      `No "exports" main defined in ${packagePath}package.json` :
      `Package subpath '${subpath}' is not defined by "exports" in ${packagePath}package.json`) +
      importedFrom(base),
  },
  ERR_PARSE_ARGS_UNKNOWN_OPTION: {
    base: 'T',
    text: (option, allowPositionals) => `Unknown option '${option}'` + (allowPositionals ?
      '. To specify a positional argument starting with a \'-\', place it at the end of the command after \'--\', ' +
      `as in '-- "${option}"` : ''),
  },
  ERR_REQUIRE_ASYNC_MODULE: {
    base: 'E',
    text: (file, parent) => 'require() cannot be used on an ESM graph with top-level await. Use import() instead. ' +
      'To see where the top-level await comes from, use --experimental-print-required-tla.' +
      (parent ? `\n  From ${parent} ` : '') + (file ? `\n  Requiring ${file} ` : ''),
  },
  ERR_REQUIRE_ESM: { base: 'E', text: requireEsm },
  ERR_SOCKET_BAD_PORT: {
    base: 'R',
    text: (name, port, allowZero = true) =>
      `${name} should be ${allowZero ? '>=' : '>'} 0 and < 65536. Received ${describe(port)}.`,
  },
  ERR_TEST_FAILURE: {
    base: 'E',
    text: (cause) => {
      const message = cause?.message ?? cause;
      return typeof message === 'string' ? message : show(message);
    },
    extend(error, cause, failureType) {
      error.failureType = failureType;
      error.cause = cause;
    },
  },
  ERR_TLS_ALPN_CALLBACK_INVALID_RESULT: {
    base: 'T',
    text: (value, protocols) => `ALPN callback returned a value (${value}) that did not match any of the client's ` +
      `offered protocols (${protocols.join(', ')})`,
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    base: 'E',
    text: (reason) => `Hostname/IP does not match certificate's altnames: ${reason}`,
    extend(error, reason, host, cert) {
      error.reason = reason;
      error.host = host;
      error.cert = cert;
    },
  },
  ERR_UNHANDLED_ERROR: {
    base: 'E',
    text: (value) => value === undefined ? 'Unhandled error.' : `Unhandled error. (${String(value)})`,
  },
  ERR_UNSUPPORTED_DIR_IMPORT: {
    base: 'E',
    text: (path, base) =>
      `Directory import '${path}' is not supported resolving ES modules${importedFrom(base)}`,
    extend: setUrl,
  },
  ERR_UNSUPPORTED_ESM_URL_SCHEME: {
    base: 'E',
    text: (url, supported) => `Only URLs with a scheme in: ${list(supported, 'and')} are supported by the default ` +
      `ESM loader. Received protocol '${url.protocol}'`,
  },
  ERR_VM_MODULE_LINK_FAILURE: {
    base: 'E',
    text: (message) => message,
    extend(error, message, cause) { error.cause = cause; },
  },
  ERR_WORKER_INVALID_EXEC_ARGV: {
    base: 'E',
    text: (flags, kind = 'invalid execArgv flags') => `Initiated Worker with ${kind}: ${flags.join(', ')}`,
  },
};
