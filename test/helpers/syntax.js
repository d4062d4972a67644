// SPDX-License-Identifier: MIT
//
// The parser's own program (build/syntax, tools/syntax_main.c): answers about many files or texts at once.
'use strict';

const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const build = process.env.BUILD ?? path.join(__dirname, '..', '..', 'build');
const tool = path.join(build, 'syntax');

// Lines are paths, or a goal, a tab and a path. Returns one object for each.
function parseFiles(lines, args = []) {
  const { error, status, signal, stdout, stderr } = spawnSync(tool, args, { input: lines.map((line) => line + '\n').join(''), maxBuffer: 1 << 30 });
  if (error?.code === 'ENOENT') throw new Error(`There is no ${tool}: 'make build/syntax' makes it`);
  if (status !== 0) throw new Error(`${tool} ended with ${error ?? signal ?? status}: ${stderr}`);
  return stdout.toString().split('\n').slice(0, -1).map((line) => JSON.parse(line));
}

// Texts: [goal, text] pairs; text may be a Buffer.
function parseTexts(texts, args = []) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lode-syntax-'));
  try {
    const lines = texts.map(([goal, text], i) => {
      const file = path.join(folder, `${i}.js`);
      fs.writeFileSync(file, text);
      return `${goal}\t${file}`;
    });
    return parseFiles(lines, args);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

// Every file below a folder whose name fits, in order.
function collect(folder, fits, list = []) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) collect(file, fits, list);
    else if (entry.isFile() && fits.test(entry.name)) list.push(file);
  }
  return list;
}

module.exports = { tool, parseFiles, parseTexts, collect };
