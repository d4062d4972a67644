// SPDX-License-Identifier: MIT
//
// Flags: --experimental-vm-modules
//
// SourceTextModule and SyntheticModule: linked by the program, evaluated in their contexts.
'use strict';

const assert = require('assert');
const vm = require('vm');

if (vm.SourceTextModule === undefined) {
  const { status, stderr } = require('child_process').spawnSync(process.execPath, ['--experimental-vm-modules', __filename]);
  assert.strictEqual(status, 0, stderr.toString());
  return;
}
const { SourceTextModule, SyntheticModule, Module } = vm;

async function main() {
  const context = vm.createContext({ secret: 42, seen: [], later: undefined });
  const make = (code, options) => new SourceTextModule(code, { context, ...options });

  // In a context, with globals both ways, a cycle, and a synthetic module.
  const root = make(`
    import { twice, count } from './twice';
    import value, * as all from './value';
    seen.push(typeof process, typeof missing, twice(secret), value, Object.keys(all).join());
    later = twice;
    export const done = true;
    export function own() { return count }`, { identifier: 'root.js' });
  const twice = make('import { own } from "./root"; export let count = 0; export function twice(n) { count++; return 2 * n } seen.push(typeof own);');
  const value = new SyntheticModule(['default', 'other'], () => value.setExport('default', 'synthetic'), { context });
  assert.deepStrictEqual(root.moduleRequests.map(({ specifier, phase }) => [specifier, phase]), [['./twice', 'evaluation'], ['./value', 'evaluation']]);
  assert.strictEqual(root.status, 'unlinked');
  await root.link((specifier, referrer) => {
    assert.ok(referrer instanceof Module);
    return { './twice': twice, './value': value, './root': root }[specifier];
  });
  assert.strictEqual(root.status, 'linked');
  assert.strictEqual(await root.evaluate(), undefined);
  assert.deepStrictEqual([...context.seen], ['function', 'undefined', 'undefined', 84, 'synthetic', 'default,other']);
  assert.deepStrictEqual([root.status, root.namespace.done, root.namespace.own(), context.later(2)], ['evaluated', true, 1, 4]);
  assert.strictEqual(root.namespace.own(), 2);

  // By hand.
  const leaf = make('export const waited = await Promise.resolve(1)');
  const top = make('export { waited } from "leaf"');
  assert.throws(() => top.instantiate(), { code: 'ERR_VM_MODULE_LINK_FAILURE' });
  const parent = make('export { waited } from "leaf"');
  leaf.linkRequests([]);
  parent.linkRequests([leaf]);
  parent.instantiate();
  assert.deepStrictEqual([leaf.hasTopLevelAwait(), parent.hasTopLevelAwait(), parent.hasAsyncGraph()], [true, false, true]);
  assert.deepStrictEqual(Reflect.ownKeys(parent.namespace)[0], 'waited');
  await parent.evaluate();
  assert.strictEqual(parent.namespace.waited, 1);

  // Errors.
  const failing = make('\nthrow new TypeError("x")', { identifier: 'failing.js', lineOffset: 10 });
  await failing.link(() => {});
  await assert.rejects(failing.evaluate(), (error) => error === failing.error && /failing\.js:12/.test(error.stack));
  assert.strictEqual(failing.status, 'errored');
  assert.throws(() => make('import {'), { name: 'SyntaxError' });
  const missing = make('import { nothing } from "leaf"');
  await assert.rejects(missing.link(() => leaf), { name: 'SyntaxError' });
  await assert.rejects(make('import "x"').link(() => new SourceTextModule('')), { code: 'ERR_VM_MODULE_DIFFERENT_CONTEXT' });
  await assert.rejects(make('import "x"').link(() => ({})), { code: 'ERR_VM_MODULE_NOT_MODULE' });
  const endless = make('for (;;);');
  endless.linkRequests([]);
  endless.instantiate();
  await assert.rejects(endless.evaluate({ timeout: 5 }), { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' });

  // import(), import.meta
  const dynamic = make('export const meta = import.meta.given; export const found = await import("any", { with: { a: "b" } }); export const own = import("any") instanceof Promise', {
    initializeImportMeta(meta, module) { meta.given = module; },
    importModuleDynamically(specifier, module, attributes) {
      assert.deepStrictEqual([specifier, module, { ...attributes }.a ?? ''], ['any', dynamic, { ...attributes }.a ?? '']);
      return leaf;
    },
  });
  await dynamic.link(() => {});
  await dynamic.evaluate();
  assert.strictEqual(dynamic.namespace.meta, dynamic);
  assert.strictEqual(dynamic.namespace.found, leaf.namespace);
  assert.strictEqual(dynamic.namespace.own, true);

  // In the main context.
  const here = new SourceTextModule('export default typeof process');
  await here.link(() => {});
  await here.evaluate();
  assert.strictEqual(here.namespace.default, 'object');
}

main().then(() => { process.exitCode = 0; });
process.exitCode = 1;
