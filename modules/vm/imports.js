// SPDX-License-Identifier: MIT
//
// What import() does in texts that vm compiles, as options.importModuleDynamically says: nothing (it rejects), the program's own
// loader, or a function. The parser gives each text a referrer; those that are no URLs are known to the loader by a function.
'use strict';

const { codes } = require('internal/errors');

const USE_MAIN_CONTEXT_DEFAULT_LOADER = Symbol('vm_dynamic_import_main_context_default');

let count = 0;

function refuse(id, makeError) {
  const { referrers } = require('runtime/loader/esm');
  if (!referrers.has(id)) referrers.set(id, () => { throw makeError(); });
  return id;
}

// Importing is up to a function; what it answers may be a namespace or a vm.Module.
function namespaceFrom(answer) {
  if (require('runtime/loader/esm_namespace').isNamespace(answer)) return answer;
  if (require('vm/module').isModule(answer) && answer.status === 'errored') throw answer.error;
  const namespace = typeof answer === 'object' && answer !== null ? answer.namespace : undefined;
  if (namespace === undefined || !require('runtime/loader/esm_namespace').isNamespace(namespace)) throw new codes.ERR_VM_MODULE_NOT_MODULE();
  return namespace;
}

// Modules of node:vm have no source objects.
function noSource(specifier) {
  return new SyntaxError(`Source phase import object is not defined for module ${specifier}`);
}

// The callback is kept for good: code of the text may be called long after its script is gone.
function byFunction(callback, owner) {
  if (!require('internal/options').getOptionValue('--experimental-vm-modules')) {
    return refuse('vm:flag', () => new codes.ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG());
  }
  const { referrers } = require('runtime/loader/esm');
  const id = `vm:${++count}`;
  referrers.set(id, async (specifier, attributes, phase = 'evaluation') => {
    const answer = await callback(specifier, owner.deref(), attributes, phase);
    if (phase === 'source') throw noSource(specifier);
    return namespaceFrom(answer);
  });
  return id;
}

function byDefaultLoader(filename) {
  require('internal/util').emitExperimentalWarning('vm.USE_MAIN_CONTEXT_DEFAULT_LOADER');
  if (require('path').isAbsolute(filename)) return require('url').pathToFileURL(filename).href;
  return URL.canParse(filename) ? filename : '';
}

function referrerFor(option, filename, owner) {
  if (option === undefined) return refuse('vm:none', () => new codes.ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING());
  return option === USE_MAIN_CONTEXT_DEFAULT_LOADER ? byDefaultLoader(filename) : byFunction(option, owner);
}

function validate(option) {
  if (option === undefined || option === USE_MAIN_CONTEXT_DEFAULT_LOADER || typeof option === 'function') return;
  throw new codes.ERR_INVALID_ARG_TYPE('options.importModuleDynamically', 'function', option);
}

module.exports = { USE_MAIN_CONTEXT_DEFAULT_LOADER, referrerFor, validate, noSource };
