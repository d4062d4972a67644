// SPDX-License-Identifier: MIT
//
// eslint over this repository's JavaScript, with the repository's rules and with all rules: the same complaints as under Node.
// time limit: 600 seconds
'use strict';

const fs = require('fs');
const path = require('path');
const { prepare, root, same } = require('../helpers/programs');

function files(folder, list = []) {
  for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) files(name, list);
    else if (entry.name.endsWith('.js')) list.push(name);
  }
  return list;
}

async function main() {
  const folder = prepare('lint');
  fs.copyFileSync(path.join(root, 'eslint.config.js'), path.join(folder, 'eslint.config.js'));
  const eslint = path.join(folder, '..', 'node_modules', 'eslint', 'bin', 'eslint.js');
  const all = ['modules', 'web', 'runtime', 'bench'].flatMap((name) => files(name));
  await same([eslint, '-c', path.join(folder, 'eslint.config.js'), '--max-warnings', '0', ...all], { cwd: root, least: 0 });
  const some = all.filter((name) => /^modules\/(stream|util|http|events)\//.test(name));
  await same([eslint, '-c', path.join(folder, 'all.config.mjs'), '--format', 'json', ...some],
             { cwd: root, least: 100000, clean: (text) => text.replaceAll(/"source":"(?:[^"\\]|\\.)*"/g, '') });
}
main();
