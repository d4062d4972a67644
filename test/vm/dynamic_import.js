// SPDX-License-Identifier: MIT
//
// import() in texts that vm compiles: refused without an option, by the program's loader, or by a function.
'use strict';

const assert = require('assert');
const fs = require('fs');
const path = require('path');
const vm = require('vm');
const { lode, scratch } = require('../helpers/run');

const folder = scratch();
fs.writeFileSync(path.join(folder, 'm.mjs'), 'export const where = import.meta.url;');
const { USE_MAIN_CONTEXT_DEFAULT_LOADER } = vm.constants;

async function main() {
  await assert.rejects(vm.runInThisContext('import("fs")'), { code: 'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING' });
  await assert.rejects(vm.compileFunction('return import("fs")')(), { code: 'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING' });
  const refused = vm.runInThisContext('import("fs")', { importModuleDynamically() {} });
  await assert.rejects(refused, { code: 'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG' });
  assert.throws(() => new vm.Script('1', { importModuleDynamically: 1 }), { code: 'ERR_INVALID_ARG_TYPE' });

  const options = { filename: path.join(folder, 'x.js'), importModuleDynamically: USE_MAIN_CONTEXT_DEFAULT_LOADER };
  const expected = await import(path.join(folder, 'm.mjs'));
  assert.strictEqual(await vm.runInThisContext('import("./m.mjs")', options), expected);
  assert.strictEqual(await new vm.Script('import("./m.mjs")', options).runInThisContext(), expected);
  assert.strictEqual(await vm.compileFunction('return import(name)', ['name'], options)('./m.mjs'), expected);
  await assert.rejects(vm.runInThisContext('import("./n.mjs")', options), { code: 'ERR_MODULE_NOT_FOUND' });

  const code = `const vm = require('vm');
const script = new vm.Script('(name) => import(name, { with: { type: "x" } })', {
  importModuleDynamically: (specifier, from, attributes) => {
    console.log(specifier, from === script, JSON.stringify(attributes));
    return specifier === 'fs' ? import('fs') : {};
  },
});
const load = script.runInThisContext();
load('fs').then((fs) => console.log(typeof fs.readFileSync));
load('other').catch((error) => console.log(error.code));`;
  const { stdout } = lode(['--experimental-vm-modules', '-e', code]);
  assert.deepStrictEqual(stdout.split('\n').slice(0, 4).sort(), ['ERR_VM_MODULE_NOT_MODULE', 'fs true {"type":"x"}', 'function', 'other true {"type":"x"}']);
}
main();
