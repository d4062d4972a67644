// SPDX-License-Identifier: MIT
//
// CommonJS: the Module class and `require`.
//
// The public statics (Module._load, _resolveFilename, _extensions, _cache, prototype.require, ...) are the real road, not
// a copy beside it: tracing and mocking libraries replace them and expect to be called.
'use strict';

const files = binding('loader');
const { evaluate } = binding('env');
const path = require('path');
const manifests = require('runtime/loader/manifests');
const { wrappedFiles, sources } = require('internal/stack');

const WRAPPER_HEAD = '(function (exports, require, module, __filename, __dirname) { ';
const WRAPPER_TAIL = '\n});';
// What is evaluated: the wrapper under a name that internal/frames knows, on the first line of the text.
const HEAD = '(function lodeModuleWrapper(exports, require, module, __filename, __dirname) {';

const publicIds = require('runtime/loader/public');


// Whatever a program has put on Object.prototype.
function defineOwn(object, name, value) {
  Object.defineProperty(object, name, { __proto__: null, configurable: true, enumerable: true, writable: true, value });
}

function Module(id = '', parent) {
  this.id = id;
  this.path = path.dirname(id);
  defineOwn(this, 'exports', {});
  setParent(this, parent);
  if (parent?.children) parent.children.push(this);
  this.filename = null;
  this.loaded = false;
  this.children = [];
}

const parents = new WeakMap();
function setParent(module, parent) {
  parents.set(module, parent);
}
Object.defineProperty(Module.prototype, 'parent', {
  __proto__: null,
  configurable: true,
  get() {
    warnOfParent();
    return parents.get(this);
  },
  set(value) {
    warnOfParent();
    parents.set(this, value);
  },
});
function warnOfParent() {
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--pending-deprecation') || process.env.NODE_PENDING_DEPRECATION === '1') require('runtime/loader/circular').warnOfParent();
}

Object.defineProperty(Module.prototype, 'isPreloading', {
  __proto__: null,
  configurable: true,
  get() { return preloading; },
});

let preloading = false;

Module._cache = { __proto__: null };
Module._pathCache = { __proto__: null };
Module._extensions = { __proto__: null };
Module.Module = Module;
Module.builtinModules = Object.freeze(publicIds.list.slice());

// ---- Names of built-in modules ----

function isBuiltin(request) {
  if (typeof request !== 'string') return false;
  return publicIds.has(request);
}
Module.isBuiltin = isBuiltin;

function loadBuiltin(request) {
  const id = request.startsWith('node:') ? request.slice(5) : request;
  if (!publicIds.has(request)) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_UNKNOWN_BUILTIN_MODULE(request);
  }
  if (!require.exists(id)) {
    throw codedError(`The built-in module '${id}' is not implemented by lode yet`, 'ERR_FEATURE_UNAVAILABLE');
  }
  if (id === 'process') return process;
  return require(id);
}

// ---- Resolution ----

function codedError(message, code, extra) {
  const error = new Error(message);
  error.code = code;
  return Object.assign(error, extra);
}

Module._nodeModulePaths = function _nodeModulePaths(from) {
  from = path.resolve(from);
  const paths = [];
  for (let at = from; ; at = path.dirname(at)) {
    if (path.basename(at) !== 'node_modules') paths.push(at === '/' ? '/node_modules' : `${at}/node_modules`);
    if (at === '/') return paths;
  }
};

// The folders of NODE_PATH and of the user; computed when first asked for.
let globalPaths = null;

Module._initPaths = function _initPaths() {
  const home = process.env.HOME;
  const paths = [];
  if (home) paths.push(path.resolve(home, '.node_modules'), path.resolve(home, '.node_libraries'));
  paths.push(path.resolve(process.execPath, '..', '..', 'lib', 'node'));
  const extra = process.env.NODE_PATH;
  if (extra) paths.unshift(...extra.split(':').filter(Boolean));
  globalPaths = paths;
};

function currentGlobalPaths() {
  if (globalPaths === null) Module._initPaths();
  return globalPaths;
}

Object.defineProperty(Module, 'globalPaths', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return currentGlobalPaths().slice(); },
  // Also of a class that extends Module: jest copies all properties to one.
  set(value) { Object.defineProperty(this, 'globalPaths', { __proto__: null, configurable: true, enumerable: true, writable: true, value }); },
});

function isRelative(request) {
  return request === '.' || request === '..' || request.startsWith('./') || request.startsWith('../');
}

// Such a request may name something although the folder it starts from is gone.
function leavesFolder(request) {
  return request.startsWith('../') || request.startsWith('./../') || request === '..';
}

Module._resolveLookupPaths = function _resolveLookupPaths(request, parent) {
  if (publicIds.has(request)) return null;
  if (!isRelative(request)) {
    const common = currentGlobalPaths();
    const paths = parent?.paths?.length ? parent.paths.concat(common) : common;
    return paths.length > 0 ? paths : null;
  }
  if (!parent?.id || !parent.filename) return ['.'].concat(Module._nodeModulePaths('.'), currentGlobalPaths());
  return [path.dirname(parent.filename)];
};

const preserve = () => require('internal/options').getOptionValue('--preserve-symlinks');
const preserveMain = () => require('internal/options').getOptionValue('--preserve-symlinks-main');

function toReal(file, isMain) {
  if (isMain ? preserveMain() : preserve()) return path.resolve(file);
  const real = files.realPath(file);
  return typeof real === 'string' ? real : path.resolve(file);
}

// Kinds of folders, remembered while one outermost `require` runs.
let folderKinds = null;

function folderKind(folder) {
  if (folderKinds === null) return files.kind(folder);
  let kind = folderKinds.get(folder);
  if (kind === undefined) {
    kind = files.kind(folder);
    folderKinds.set(folder, kind);
  }
  return kind;
}

// The file that `base`, or `base` with one of the extensions, names; null for a folder, undefined for nothing.
function probe(base, extensions, isMain) {
  const found = files.probe(base, extensions);
  if (found === 0) return toReal(base, isMain);
  if (found > 0) return toReal(base + extensions.split('|')[found - 1], isMain);
  return found === -1 ? null : undefined;
}

function tryPackage(folder, extensions, isMain, request) {
  const main = manifests.read(folder)?.main;
  const index = path.resolve(folder, 'index');
  if (!main) return tryExtensions(index, extensions, isMain);
  const file = path.resolve(folder, main);
  const named = probe(file, extensions, isMain) || tryExtensions(path.resolve(file, 'index'), extensions, isMain);
  if (named) return named;
  const found = tryExtensions(index, extensions, isMain);
  const manifest = path.resolve(folder, 'package.json');
  if (!found) {
    throw codedError(`Cannot find module '${file}'. Please verify that the package.json has a valid "main" entry`,
                     'MODULE_NOT_FOUND', { path: manifest, requestPath: request });
  }
  process.emitWarning(`Invalid 'main' field in '${manifest}' of '${main}'. Please either fix that or report it to the module author`,
                      'DeprecationWarning', 'DEP0128');
  return found;
}

// Like probe, but `base` alone does not count.
function tryExtensions(base, extensions, isMain) {
  for (const extension of extensions.split('|')) {
    const file = base + extension;
    if (files.kind(file) === 0) return toReal(file, isMain);
  }
  return undefined;
}

function tryPath(base, trailingSlash, extensions, isMain, request) {
  if (trailingSlash) return folderKind(base) === 1 ? tryPackage(base, extensions, isMain, request) : undefined;
  const found = probe(base, extensions, isMain);
  return found === null ? tryPackage(base, extensions, isMain, request) : found;
}

// The packages' maps answer with a URL where the target holds escapes.
function targetPath(target) {
  return target.startsWith('file:') ? require('runtime/loader/urls').toPath(target) : target;
}

Module._findPath = function _findPath(request, paths, isMain) {
  const absolute = path.isAbsolute(request);
  if (absolute) paths = [''];
  else if (!paths || paths.length === 0) return false;
  const key = request + '\x00' + (paths.length === 1 ? paths[0] : paths.join('\x00'));
  const known = Module._pathCache[key];
  if (known) return known;
  const last = request.charCodeAt(request.length - 1);
  const trailingSlash = last === 47 || request === '.' || request === '..' || request.endsWith('/.') || request.endsWith('/..');
  const extensions = Object.keys(Module._extensions).join('|');
  for (let i = 0; i < paths.length; i++) {
    const folder = paths[i];
    if (folder && !leavesFolder(request) && folderKind(folder) < 1) continue;
    if (!absolute && !isRelative(request)) {
      const target = require('runtime/loader/packages').resolveExports(folder, request);
      if (target) return requireExisting(targetPath(target), isMain);
    }
    const base = path.resolve(folder, request);
    const found = tryPath(base, trailingSlash, extensions, isMain, request);
    if (found) {
      Module._pathCache[key] = found;
      return found;
    }
  }
  return false;
};

function requireStackOf(parent) {
  const list = [];
  const seen = new Set();
  for (let at = parent; at && !seen.has(at); at = parents.get(at)) {
    seen.add(at);
    list.push(at.filename || at.id);
  }
  return list;
}

function wrongPath(start) {
  const { codes } = require('internal/errors');
  throw new codes.ERR_INVALID_ARG_TYPE('options.paths[]', 'string', start);
}

function lookupPathsFor(request, parent, options) {
  if (typeof options !== 'object' || options === null) return Module._resolveLookupPaths(request, parent);
  if (options.paths === undefined) return Module._resolveLookupPaths(request, parent);
  if (!Array.isArray(options.paths)) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_VALUE('options.paths', options.paths);
  }
  for (const start of options.paths) if (typeof start !== 'string') wrongPath(start);
  if (isRelative(request)) return options.paths;
  const result = [];
  for (const start of options.paths) {
    const fake = new Module('', null);
    fake.paths = Module._nodeModulePaths(start);
    for (const folder of Module._resolveLookupPaths(request, fake) ?? []) if (!result.includes(folder)) result.push(folder);
  }
  return result;
}

Module._resolveFilename = function _resolveFilename(request, parent, isMain, options) {
  if (publicIds.has(request)) return request;
  const paths = lookupPathsFor(request, parent, options);
  if (request[0] === '#' && (parent?.filename || parent?.id === '<repl>' || parent?.id === 'internal/preload')) {
    const from = parent.filename ?? process.cwd() + '/';
    const scope = manifests.scopeOf(from);
    if (scope?.imports != null) {
      const target = require('runtime/loader/packages').resolveImports(request, scope, from);
      if (publicIds.has(target)) return target;
      return requireExisting(targetPath(target), false, from);
    }
  }
  const from = parent?.filename ?? (parent?.id === 'internal/preload' ? `${require('runtime/loader/urls').workingFolder()}/x` : undefined);
  if (from && !isRelative(request) && request[0] !== '/') {
    const own = require('runtime/loader/packages').resolveSelf(from, request);
    if (own) return requireExisting(targetPath(own), false, parent.filename ?? undefined);
  }
  const found = Module._findPath(request, paths, isMain);
  if (found) return found;
  const requireStack = requireStackOf(parent);
  let message = `Cannot find module '${request}'`;
  if (requireStack.length > 0) message += `\nRequire stack:\n- ${requireStack.join('\n- ')}`;
  throw codedError(message, 'MODULE_NOT_FOUND', { requireStack });
};

function requireExisting(file, isMain, from) {
  if (files.kind(file) === 0) return toReal(file, isMain);
  const requireStack = from === undefined ? [] : [from];
  const text = from === undefined ? '' : `\nRequire stack:\n- ${from}`;
  throw codedError(`Cannot find module '${file}'${text}`, 'MODULE_NOT_FOUND', { path: file, requireStack });
}

// ---- Loading ----

let hooks = null; // runtime/loader/hooks, while a program has registered some

// What resolve hooks make of a request: { filename, url, format }.
function resolveWithHooks(request, parent, isMain) {
  const urls = require('runtime/loader/urls');
  let found;
  const parentURL = parent?.filename ? urls.fromPath(parent.filename) : undefined;
  const result = hooks.resolveForRequire(request, parentURL, (specifier, context) => {
    found = Module._resolveFilename(specifier, parent, isMain);
    const url = publicIds.has(found) ? (found.startsWith('node:') ? found : `node:${found}`) : urls.fromPath(found);
    return { __proto__: null, url, format: undefined };
  });
  const { url } = result;
  const filename = url.startsWith('file:') ? urls.toPath(url) + urls.suffixOf(url) : url;
  return { filename, url, format: result.format ?? undefined };
}

// A module of which hooks may give the text.
function loadWithHooks(module, { filename, url, format }) {
  const loaded = hooks.loadForRequire(url, format ?? hintOf(url, filename));
  module.filename = filename;
  module.paths = Module._nodeModulePaths(path.dirname(filename));
  const text = hooks.textOf(loaded.source);
  switch (loaded.format) {
    case 'module': loadEsModule(module, filename, text); break;
    case 'module-typescript': loadEsModule(module, filename, require('runtime/loader/typescript').stripModule(text, filename)); break;
    case 'json': module.exports = parseJson(text, filename); break;
    case 'commonjs-typescript': module._compile(require('runtime/loader/typescript').stripModule(text, filename), filename, 'commonjs'); break;
    case 'builtin': module.exports = loadBuiltin(url); break;
    case 'addon': Module._extensions['.node'](module, filename); break;
    case 'wasm': module.exports = require('runtime/loader/esm_require').requireRecord(url, 'wasm', loaded.source, filename); break;
    default: module._compile(text, filename, loaded.format === 'commonjs' ? 'commonjs' : DETECT);
  }
  module.loaded = true;
  loadedExports.set(module, module.exports);
}

// require() takes files of unknown extensions for JavaScript.
function hintOf(url, filename) {
  if (url.startsWith('node:')) return 'builtin';
  if (filename.endsWith('.json')) return 'json';
  if (filename.endsWith('.node')) return 'addon';
  if (filename.endsWith('.wasm')) return 'wasm';
  if (filename.endsWith('ts')) return undefined;
  const format = formatOf(filename);
  return format === DETECT && urlsHaveNoFormat(filename) ? 'commonjs' : format === DETECT ? undefined : format;
}

function urlsHaveNoFormat(filename) {
  const extension = require('runtime/loader/urls').extensionOf(filename);
  return extension !== '.js' && extension !== '';
}

Module._load = function _load(request, parent, isMain) {
  if (hooks !== null) return loadHooked(request, parent, isMain);
  if (typeof request === 'string' && request.startsWith('node:')) return loadBuiltin(request);
  const filename = Module._resolveFilename(request, parent, isMain);
  const cached = Module._cache[filename];
  if (cached !== undefined) {
    if (parent?.children && !parent.children.includes(cached)) parent.children.push(cached);
    return cached.loaded ? cached.exports : unfinished(cached);
  }
  if (publicIds.has(filename)) return loadBuiltin(filename);
  return loadFile(filename, parent, isMain, null);
};

// `found`: what resolve hooks answered, or null.
function loadFile(filename, parent, isMain, found) {
  if (found !== null) {
    const cached = Module._cache[filename];
    if (cached !== undefined) {
      if (parent?.children && !parent.children.includes(cached)) parent.children.push(cached);
      return cached.loaded ? cached.exports : unfinished(cached);
    }
  }
  const module = new Module(filename, parent);
  if (isMain) {
    process.mainModule = module;
    Module._main = module;
    module.id = '.';
  }
  Module._cache[filename] = module;
  let finished = false;
  try {
    if (found === null || !hooks.has('load')) module.load(filename);
    else loadWithHooks(module, found);
    finished = true;
  } finally {
    if (!finished) {
      delete Module._cache[filename];
      const siblings = parent?.children;
      const at = Array.isArray(siblings) ? siblings.indexOf(module) : -1;
      if (at >= 0) siblings.splice(at, 1);
    } else if (circular !== null) {
      circular.finished(module);
    }
  }
  return module.exports;
}

function loadHooked(request, parent, isMain) {
  const found = resolveWithHooks(request, parent, isMain);
  if (found.url.startsWith('node:') && !hooks.has('load')) return loadBuiltin(found.url);
  return loadFile(found.url.startsWith('node:') ? found.url : found.filename, parent, isMain, found);
}

let circular = null; // runtime/loader/circular, once a cycle was met

function unfinished(module) {
  if (running.has(module)) throw require('runtime/loader/esm_require').cycleError(module.filename, parents.get(module)?.filename);
  circular ??= require('runtime/loader/circular');
  return circular.unfinished(module);
}

function extensionOf(filename) {
  const name = path.basename(filename);
  let at = name.indexOf('.', 1);
  while (at > 0) {
    const extension = name.slice(at);
    if (Module._extensions[extension]) return extension;
    at = name.indexOf('.', at + 1);
  }
  return '.js';
}

// What modules exported when they had run: that is what an import of them gives.
const loadedExports = new WeakMap();

Module.prototype.load = function load(filename) {
  this.filename = filename;
  this.paths = Module._nodeModulePaths(path.dirname(filename));
  Module._extensions[extensionOf(filename)](this, filename);
  this.loaded = true;
  loadedExports.set(this, this.exports);
};

Module.prototype.require = function moduleRequire(id) {
  if (typeof id !== 'string') {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_TYPE('id', 'string', id);
  }
  if (id === '') {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_VALUE('id', id, 'must be a non-empty string');
  }
  const outermost = folderKinds === null;
  if (outermost) {
    folderKinds = new Map();
    manifests.forgetMissing();
  }
  try {
    const tracing = require('internal/diagnostics').tracing('module.require');
    if (tracing === undefined) return Module._load(id, this, false);
    return tracing.traceSync(Module._load, { __proto__: null, parentFilename: this.filename, id }, Module, id, this, false);
  } finally {
    if (outermost) folderKinds = null;
  }
};

function makeRequire(module) {
  function require(id) { return module.require(id); }
  require.resolve = function resolve(request, options) {
    checkRequest(request);
    return Module._resolveFilename(request, module, false, options);
  };
  require.resolve.paths = function paths(request) {
    checkRequest(request);
    return Module._resolveLookupPaths(request, module);
  };
  defineOwn(require, 'main', Module._main);
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

function checkRequest(request) {
  if (typeof request === 'string') return;
  const { codes } = require('internal/errors');
  throw new codes.ERR_INVALID_ARG_TYPE('request', 'string', request);
}

// ---- Compiling ----

let wrap = (script) => Module.wrapper[0] + script + Module.wrapper[1];
let patchedWrapper = false;
const wrapper = new Proxy([WRAPPER_HEAD, WRAPPER_TAIL], {
  set(target, property, value) {
    patchedWrapper = true;
    target[property] = value;
    return true;
  },
});
Object.defineProperty(Module, 'wrap', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return wrap; },
  set(value) {
    patchedWrapper = true;
    wrap = value;
  },
});
Object.defineProperty(Module, 'wrapper', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return wrapper; },
  set(value) {
    patchedWrapper = true;
    wrapper[0] = value[0];
    wrapper[1] = value[1];
  },
});

// What only the parser can make run here: import(), await (async context), eval of texts that hold these.
function wantsParser(text) {
  return (text.includes('async') && /\basync\b/.test(text)) || (text.includes('await') && /\bawait\b/.test(text)) || (text.includes('import') && /\bimport\s*[(./]/.test(text)) ||
    (text.includes('eval') && /\beval\s*\(/.test(text));
}

// { filename, text, result }: what the parser made of a text that is about to be compiled, where the ES module loader asked it before.
let parsedBefore = null;

function takeParsed(filename, text) {
  if (parsedBefore === null || parsedBefore.filename !== filename || parsedBefore.text !== text) return undefined;
  const { result } = parsedBefore;
  parsedBefore = null;
  return result;
}

// The text as the engine may have it. Throws the parser's SyntaxError.
function prepare(content, filename) {
  if (!wantsParser(content)) return content;
  const { rewrite, remember, COMMONJS } = require('runtime/loader/esm_source');
  const result = takeParsed(filename, content) ?? rewrite(content, COMMONJS, require('runtime/loader/urls').fromPath(path.resolve(filename)), 0);
  if (result.error !== undefined) throw require('runtime/loader/esm_errors').fromParser(result, filename);
  if (result.code === undefined) return content;
  remember(filename, result);
  return result.code;
}

// The engine's words for an error of syntax, exchanged for the parser's, which say where it is.
function explain(error, content, filename) {
  if (!(error instanceof SyntaxError) || require('internal/stack').placed(error)) return error;
  const { rewrite, COMMONJS } = require('runtime/loader/esm_source');
  const result = rewrite(content, COMMONJS, '', 0);
  return result.error === undefined ? error : require('runtime/loader/esm_errors').fromParser(result, filename);
}

function compile(content, filename) {
  if (content.charCodeAt(0) === 35 && content.charCodeAt(1) === 33) content = '//' + content.slice(2);
  try {
    const text = prepare(content, filename);
    if (patchedWrapper) return evaluate(Module.wrap(text), filename, 1);
    wrappedFiles.set(filename, HEAD.length);
    return evaluate(`${HEAD}${text}\n})`, filename, 1);
  } catch (error) {
    throw explain(error, content, filename);
  }
}

// `detect`: what to do with a text that turns out to be a module.
Module.prototype._compile = function _compile(content, filename, format) {
  if (sources.loaded !== null) sources.loaded(filename, content, this);
  let fn;
  try {
    fn = compile(content, filename);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (format !== DETECT || !isModuleText(content, filename)) {
      warnOfModule(error, filename);
      throw error;
    }
    require('runtime/loader/esm_load').warnTypeless(require('runtime/loader/urls').fromPath(filename));
    return loadEsModule(this, filename, content);
  }
  const require_ = makeRequire(this);
  const { exports } = this;
  return fn.call(exports, exports, require_, this, filename, path.dirname(filename));
};

// For a text that would be right as a module.
function warnOfModule(error, filename) {
  if (error.message !== 'Cannot use import statement outside a module' && error.message !== 'Unexpected token \'export\'') return;
  require('process/warnings').emitWarningSync(`Failed to load the ES module: ${filename}. Make sure to set "type": "module" in the nearest package.json file ` +
    'or use the .mjs extension.');
}

const DETECT = 'detect';

function isModuleText(content, filename) {
  if (!require('internal/options').getOptionValue('--experimental-detect-module')) return false;
  return require('runtime/loader/esm_source').isModule(content, require('runtime/loader/urls').fromPath(filename));
}

// Texts that the ES module loader has read already.
const preloaded = new Map();

function readSource(filename) {
  const given = preloaded.get(filename);
  if (given !== undefined) {
    preloaded.delete(filename);
    return given;
  }
  const text = files.readText(filename);
  if (typeof text === 'string') return text;
  const { uvException } = require('internal/errors');
  throw uvException({ errno: text, syscall: text === -21 ? 'read' : 'open', path: text === -21 ? undefined : filename });
}

// How require() takes a JavaScript file: 'module', 'commonjs', or DETECT.
function formatOf(filename) {
  if (filename.endsWith('.mjs')) return 'module';
  if (filename.endsWith('.cjs')) return 'commonjs';
  const type = manifests.scopeOf(filename)?.type ?? 'none';
  if (type === 'none') return DETECT;
  return filename.endsWith('.js') || type === 'commonjs' ? type : DETECT;
}

Module._extensions['.js'] = function js(module, filename) {
  const name = filename.endsWith('ts') ? require('runtime/loader/typescript').nameOf(filename) : filename;
  const format = formatOf(name);
  if (format === 'module') return loadEsModule(module, filename, null);
  const text = readSource(filename);
  module._compile(name === filename ? text : require('runtime/loader/typescript').load(text, filename), filename, format);
};

// ES modules that are being required.
const running = new Set();

function loadEsModule(module, filename, text) {
  if (module !== Module._main) {
    running.add(module);
    try {
      return require('runtime/loader/esm_require').requireModule(module, filename, text);
    } finally {
      running.delete(module);
    }
  }
  // As the main program a module may wait.
  process.mainModule = Module._main = undefined;
  delete Module._cache[filename];
  require('runtime/loader/esm').runMain(require('runtime/loader/urls').fromPath(filename), text);
}

Module._extensions['.json'] = function json(module, filename) {
  module.exports = parseJson(readSource(filename), filename);
};

function parseJson(text, filename) {
  if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
  try {
    return JSON.parse(text);
  } catch (error) {
    error.message = `${filename}: ${error.message}`;
    throw error;
  }
}

Module._extensions['.node'] = function(module, filename) {
  return process.dlopen(module, path.toNamespacedPath(filename));
};

// ---- Statics ----

Module.createRequire = function createRequire(filename) {
  let file = filename;
  const isUrl = typeof filename === 'object' && filename !== null && typeof filename.href === 'string';
  if (isUrl || (typeof filename === 'string' && !path.isAbsolute(filename))) {
    try {
      file = require('web/url').fileURLToPath(filename);
    } catch {
      file = undefined;
    }
  }
  if (typeof file !== 'string') {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INVALID_ARG_VALUE('filename', filename, 'must be a file URL object, file URL string, or absolute path string');
  }
  const name = file.endsWith('/') ? path.join(file, 'noop.js') : file;
  const module = new Module(name, null);
  module.filename = name;
  module.paths = Module._nodeModulePaths(path.dirname(name));
  return makeRequire(module);
};

Module.findPackageJSON = function findPackageJSON(specifier, base) {
  return require('runtime/loader/packages').findPackageJSON(...arguments);
};
Module._preloadModules = function _preloadModules(requests) {
  if (!Array.isArray(requests) || requests.length === 0) return;
  const parent = new Module('internal/preload', null);
  try {
    parent.paths = Module._nodeModulePaths(process.cwd());
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  preloading = true;
  try {
    for (const request of requests) parent.require(request);
  } finally {
    preloading = false;
  }
};
Module.syncBuiltinESMExports = function syncBuiltinESMExports() {
  require('runtime/loader/esm').syncBuiltins();
};
Module._debug = function() {};
Module._stat = (file) => files.kind(file);
Module._readPackage = manifests.read;

// ---- Entry ----

function runMain(script) {
  const options = require('internal/options');
  process.argv[1] = path.resolve(script);
  if (options.getOptionValue('--check')) return checkSyntax(script);
  Module._preloadModules(options.getOptionValue('--require'));
  Module.runMain(process.argv[1]);
}

Module.runMain = function runMain(main = process.argv[1]) {
  const options = require('internal/options');
  if (options.getOptionValue('--input-type')) {
    const { codes } = require('internal/errors');
    throw new codes.ERR_INPUT_TYPE_NOT_ALLOWED();
  }
  const file = Module._findPath(path.resolve(main), null, true);
  const isModule = file !== false && isModuleFile(file);
  const waits = options.getOptionValue('--import').length > 0 || options.getOptionValue('--experimental-loader').length > 0;
  if (!isModule && !waits) return Module._load(main, null, true);
  const esm = require('runtime/loader/esm');
  if (isModule || (file !== false && options.getOptionValue('--experimental-loader').length > 0)) {
    return esm.runMain(require('runtime/loader/urls').fromPath(file), null);
  }
  esm.runAfterImports(() => Module._load(main, null, true));
};

// Whether the main program is a module by its name.
function isModuleFile(file) {
  if (file.endsWith('.mjs') || file.endsWith('.wasm') || file.endsWith('.mts')) return true;
  if (file.endsWith('.cjs') || file.endsWith('.cts')) return false;
  return manifests.scopeOf(file)?.type === 'module';
}

function checkSyntax(script) {
  const filename = Module._resolveFilename(path.resolve(script), null, true);
  let text = readSource(filename);
  if (filename.endsWith('ts')) ({ text } = require('runtime/loader/typescript').load(text, filename));
  const url = require('runtime/loader/urls').fromPath(filename);
  const { rewrite, isModule, MODULE } = require('runtime/loader/esm_source');
  const format = formatOf(filename);
  if (format !== 'module') {
    try {
      compile(text, filename);
      return;
    } catch (error) {
      if (format !== DETECT || !isModule(text, url)) throw error;
    }
  }
  const result = rewrite(text, MODULE, url, 0);
  if (result.error !== undefined) throw require('runtime/loader/esm_errors').fromParser(result, url);
}

Module.registerHooks = function registerHooks(given) {
  return require('runtime/loader/hooks').registerHooks(given);
};
Module.register = function register(specifier, parentURL, options) {
  return require('runtime/loader/hooks_async').register(specifier, parentURL, options);
};

module.exports = {
  parentOf(module) { return parents.get(module); },
  Module, loadBuiltin, runMain, makeRequire, compile, explain, prepare,
  preload(filename, text, parsed) {
    preloaded.set(filename, text);
    parsedBefore = parsed === null ? null : { filename, text: parsed.text, result: parsed.result };
  },
  setHooks(value) { hooks = value; },
  exportsOf(module) { return loadedExports.has(module) ? loadedExports.get(module) : module.exports; },
};
