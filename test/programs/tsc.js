// SPDX-License-Identifier: MIT
//
// The TypeScript compiler: a project comes out as under Node, byte for byte, and runs; mistakes are reported alike.
// time limit: 600 seconds
'use strict';

const assert = require('assert');
const path = require('path');
const { lode, prepare, run, same, tree } = require('../helpers/programs');

async function main() {
  const cwd = prepare('tsc');
  const tsc = path.join(cwd, '..', 'node_modules', 'typescript', 'bin', 'tsc');
  const out = (name) => path.join(cwd, 'good', `out-${name}`);
  await same((name) => [tsc, '-p', 'good', '--outDir', `good/out-${name}`, '--tsBuildInfoFile', `good/out-${name}/.tsbuildinfo`, '--listEmittedFiles'],
             { cwd, least: 500, clean: (text) => text.replaceAll(/out-(lode|node)/g, 'out') });
  const ours = tree(out('lode'));
  assert.ok(Object.keys(ours).length > 20);
  for (const [name, text] of Object.entries(tree(out('node')))) {
    // Its options name the output folder.
    if (name !== '.tsbuildinfo') assert.strictEqual(ours[name], text, name);
  }
  const program = `import { main } from ${JSON.stringify(path.join(out('lode'), 'main.js'))}; console.log(await main('x'))`;
  const { stdout, stderr } = await run(lode, ['--input-type=module', '-e', program]);
  assert.deepStrictEqual([stdout, stderr], ['21.57\n', '']);
  const wrong = await same([tsc, '-p', 'bad', '--pretty', 'false'], { cwd, least: 2000 });
  assert.strictEqual(wrong.code, 2);
  await same([tsc, '-p', 'broken', '--pretty'], { cwd, least: 500 });
}
main();
