// SPDX-License-Identifier: MIT
//
// The parser against acorn, on the JavaScript of many packages from npm (bench/corpus): `make corpus`. Runs under the
// machine's node.
//
// First every file is judged by both, as a script, as CommonJS and as a module, and their lists of imports and exports are
// compared; each difference is printed. The names that CommonJS files export are compared with cjs-module-lexer's. Then both
// parse all files that are valid, each file as what it is, in one process on one core; reported is CPU time of the better of
// some rounds. What lode's parser does in it is more: it also makes the rewritten text.
//
// usage: node bench/syntax.js [--check | --speed]
'use strict';

const { execFileSync, spawnSync } = require('child_process');
const fs = require('fs');
const path = require('path');
const { tool, parseFiles, collect } = require('../test/helpers/syntax');
const { compare } = require('../test/helpers/acorn_compare');

const corpus = path.join(__dirname, 'corpus');
const packages = path.join(corpus, 'node_modules');
const CHUNK = 2000; // files held in memory at a time

function install() {
  if (fs.existsSync(path.join(packages, '.package-lock.json'))) return;
  console.log('Installing the corpus (700 MB)...');
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: corpus, stdio: 'inherit' });
}

function* chunks(list) {
  for (let i = 0; i < list.length; i += CHUNK) yield list.slice(i, i + CHUNK);
}

function checkVerdicts(files) {
  const acorn = require(path.join(packages, 'acorn'));
  const total = { bytes: 0, accepted: { script: 0, commonjs: 0, module: 0 }, differences: [] };
  for (const part of chunks(files)) {
    const { bytes, accepted, differences } = compare(acorn, part);
    total.bytes += bytes;
    for (const goal of Object.keys(accepted)) total.accepted[goal] += accepted[goal];
    total.differences.push(...differences);
  }
  console.log(`acorn ${acorn.version}: ${files.length} files, ${(total.bytes / 1e6).toFixed(1)} MB; accepted as script ` +
    `${total.accepted.script}, CommonJS ${total.accepted.commonjs}, module ${total.accepted.module}; ${total.differences.length} differences`);
  return total.differences;
}

// Where Node's own detector finds more than the package does: `name: require('x')` in module.exports = {...} is a reexport,
// too, a getter that might do anything takes no name away that was assigned to, and the `get` of a getter is no name.
const otherwise = ['@ant-design/icons-svg/lib/index.js', '@vue/compiler-sfc/dist/compiler-sfc.cjs.js', 'ajv/lib/compile/util.js',
  'ajv/lib/dotjs/index.js', 'asynckit/index.js', 'caniuse-lite/data/features.js', 'enhanced-resolve/lib/util/url-browser.js',
  'fastify/node_modules/semver/classes/index.js', 'zod/v4/locales/index.cjs', 'lodash/fp/_util.js',
  ...['css/syntax', 'html/syntax', 'javascript/syntax', 'util/serialization'].map((name) => `webpack/lib/${name}.js`),
  ...['array', 'collection', 'date', 'function', 'lang', 'math', 'number', 'object', 'seq', 'string', 'util'].map((name) => `lodash/${name}.js`)];

function checkNames(all) {
  const { parse } = require(path.join(packages, 'cjs-module-lexer'));
  const files = all.filter((file) => !otherwise.includes(path.relative(packages, file)));
  const differences = [];
  let count = 0;
  let named = 0;
  for (const part of chunks(files)) {
    const answers = parseFiles(part, ['--goal', 'commonjs', '--cjs']);
    part.forEach((file, i) => {
      if (answers[i].error !== undefined) return;
      let theirs;
      try {
        theirs = parse(fs.readFileSync(file, 'utf8'));
      } catch {
        return; // it refuses some valid programs
      }
      const ours = [answers[i].cjsExports ?? [], answers[i].cjsReexports ?? []];
      count++;
      if (ours[0].length) named++;
      if (JSON.stringify(ours) !== JSON.stringify([[...theirs.exports], [...theirs.reexports]])) differences.push(`names of ${file}`);
    });
  }
  console.log(`cjs-module-lexer: ${count} files, ${named} with names; ${differences.length} differences`);
  return differences;
}

// Each file with its goal: CommonJS where it can be.
function withGoals(files) {
  const lines = [];
  for (const part of chunks(files)) {
    const commonjs = parseFiles(part, ['--goal', 'commonjs']);
    const module = parseFiles(part, ['--goal', 'module']);
    part.forEach((file, i) => {
      if (commonjs[i].error === undefined) lines.push(['commonjs', file]);
      else if (module[i].error === undefined) lines.push(['module', file]);
    });
  }
  return lines;
}

function measureOurs(lines, args) {
  const { status, stdout, stderr } = spawnSync(tool, ['--bench', ...args], { input: lines.map((line) => line.join('\t') + '\n').join('') });
  if (status !== 0) throw new Error(String(stderr));
  return JSON.parse(stdout).megabytesPerSecond;
}

function measureAcorn(lines) {
  const acorn = require(path.join(packages, 'acorn'));
  const sources = lines.map(([sourceType, file]) => [sourceType, fs.readFileSync(file, 'utf8')]);
  const bytes = lines.reduce((sum, [, file]) => sum + fs.statSync(file).size, 0);
  let best = Infinity;
  for (let round = 0; round < 3; round++) {
    const start = process.cpuUsage();
    for (const [sourceType, text] of sources) acorn.parse(text, { ecmaVersion: 'latest', sourceType });
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, user + system);
  }
  return bytes / best;
}

function speed(files) {
  const lines = withGoals(files);
  console.log(`Speed, ${lines.length} files, MB of source per second of CPU time:`);
  console.log(`  lode, parse and rewrite  ${measureOurs(lines, []).toFixed(1)}`);
  console.log(`  lode, parse              ${measureOurs(lines, ['--parse-only']).toFixed(1)}`);
  console.log(`  acorn, Node ${process.version}   ${measureAcorn(lines).toFixed(1)}`);
}

install();
const files = collect(packages, /\.m?js$/);
let differences = [];
if (process.argv[2] !== '--speed') {
  differences = [...checkVerdicts(files), ...checkNames(files)];
  for (const difference of differences) console.log(`  ${difference}`);
}
if (process.argv[2] !== '--check') speed(files);
process.exitCode = differences.length ? 1 : 0;
