// SPDX-License-Identifier: MIT
//
// What the process object says of itself: versions, release, features, config.
'use strict';

const about = binding('about');

const versions = {};
const numbers = about.versions();
for (const name of Object.keys(numbers).sort((a, b) => (a === 'node' ? -1 : b === 'node' ? 1 : a < b ? -1 : 1))) {
  Object.defineProperty(versions, name, { value: numbers[name], enumerable: true, writable: false, configurable: false });
}

exports.versions = versions;
exports.arch = about.arch;
exports.platform = 'linux';
exports.release = { name: 'node', lts: undefined };
delete exports.release.lts;

exports.features = {};
const features = {
  inspector: false, debug: false, uv: true, ipv6: true, openssl_is_boringssl: false, tls_alpn: true, tls_sni: true,
  tls_ocsp: true, tls: true, quic: false, cached_builtins: true,
};
for (const name in features) {
  Object.defineProperty(exports.features, name, { value: features[name], enumerable: true, configurable: false, writable: false });
}

Object.defineProperty(exports.features, 'require_module', {
  __proto__: null,
  enumerable: true,
  configurable: true,
  get() { return require('internal/options').getOptionValue('--experimental-require-module'); },
});

Object.defineProperty(exports.features, 'typescript', {
  __proto__: null,
  enumerable: true,
  configurable: true,
  get() { return require('runtime/loader/typescript').mode(); },
});

exports.config = Object.freeze({
  target_defaults: Object.freeze({ cflags: [], default_configuration: 'Release', defines: [], include_dirs: [], libraries: [] }),
  variables: Object.freeze({
    v8_enable_i18n_support: 1, node_shared: false, node_shared_openssl: true, node_use_openssl: true, openssl_quic: false,
    node_builtin_shareable_builtins: [], napi_build_version: '10', asan: about.asan ? 1 : 0, is_debug: 0,
    node_no_browser_globals: false, node_without_node_options: false, icu_small: false, node_prefix: '/usr/local',
    node_use_amaro: true, node_module_version: +versions.modules, v8_enable_webassembly: 1, single_executable_application: false, host_arch: about.arch, target_arch: about.arch,
  }),
});

// The flags that NODE_OPTIONS may hold; reads as a Set that takes several spellings.
class AllowedFlags extends Set {
  has(flag) {
    if (typeof flag !== 'string') return false;
    let name = flag.replace(/^(--?)?/, (dashes) => dashes || '--').replace(/^(--[^=]+)=.*$/, '$1');
    name = name.replace(/(?<!^-?)_/g, '-');
    return super.has(name) || super.has(name.replace(/^--no-/, '--'));
  }
  add() { return this; }
  delete() { return false; }
  clear() {}
}
const { table } = require('internal/command_line');
const allowed = [];
for (const name in table) if (table[name].env !== false) allowed.push(name, ...(table[name].alias ? [table[name].alias] : []));
const flags = new AllowedFlags();
for (const name of allowed) Set.prototype.add.call(flags, name);
exports.allowedNodeEnvironmentFlags = Object.freeze(flags);

Object.defineProperty(exports, 'report', { __proto__: null, enumerable: true, get() { return require('process/report').report; } });
