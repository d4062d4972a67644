// SPDX-License-Identifier: MIT
//
// prettier over this repository's JavaScript (the text it would write), and over TypeScript, JSON, Markdown, CSS, YAML: as under Node.
// time limit: 600 seconds
'use strict';

const fs = require('fs');
const path = require('path');
const { prepare, root, same } = require('../helpers/programs');

async function main() {
  const cwd = prepare('lint');
  const prettier = path.join(cwd, '..', 'node_modules', 'prettier', 'bin', 'prettier.cjs');
  const options = ['--no-config', '--no-editorconfig', '--ignore-path', '/dev/null', '--single-quote', '--print-width', '100'];
  const modules = fs.readdirSync(path.join(root, 'modules')).filter((name) => name < 'n' || name > 'u').map((name) => `modules/${name}/*.js`);
  await same([prettier, ...options, '--no-error-on-unmatched-pattern', ...modules, 'web/*/*.js'], { cwd: root, least: 500000 });
  await same([prettier, ...options, '--check', 'runtime/**/*.js'], { cwd: root, least: 500 });
  await same([prettier, '--no-config', 'samples/*'], { cwd, least: 500 });
}
main();
