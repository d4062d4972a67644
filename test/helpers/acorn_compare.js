// SPDX-License-Identifier: MIT
//
// Compares the parser with acorn, file by file: the same verdict as a script, as CommonJS and as a module, and the same
// imports and exports.
'use strict';

const fs = require('fs');
const { parseFiles } = require('./syntax');

const goals = {
  script: { sourceType: 'script' },
  commonjs: { sourceType: 'commonjs' },
  module: { sourceType: 'module' },
};

const nameOf = (node) => node.name ?? node.value;

function patternNames(node, names) {
  switch (node.type) {
    case 'Identifier': names.push(node.name); break;
    case 'ObjectPattern': for (const property of node.properties) patternNames(property.value ?? property.argument, names); break;
    case 'ArrayPattern': for (const element of node.elements) if (element) patternNames(element, names); break;
    case 'AssignmentPattern': patternNames(node.left, names); break;
    case 'RestElement': patternNames(node.argument, names); break;
  }
  return names;
}

function declaredNames(declaration) {
  if (declaration.type !== 'VariableDeclaration') return [declaration.id.name];
  return declaration.declarations.reduce((names, { id }) => patternNames(id, names), []);
}

function addImports(node, imports, bound) {
  for (const specifier of node.specifiers) {
    const imported = specifier.type === 'ImportNamespaceSpecifier' ? null
      : specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported);
    imports.push([node.source.value, imported, specifier.local.name]);
    bound.set(specifier.local.name, [imported, node.source.value]);
  }
}

function addNamedExports(node, exports) {
  if (node.declaration) for (const name of declaredNames(node.declaration)) exports.push(['local', name, name, null]);
  for (const { local, exported } of node.specifiers) {
    if (node.source) exports.push(['indirect', nameOf(exported), nameOf(local), node.source.value]);
    else exports.push(['local', nameOf(exported), nameOf(local), null]);
  }
}

// What a module imports and exports, in the words of build/syntax. A local export of an imported name is an indirect one.
function describe(program) {
  const imports = [];
  const exports = [];
  const bound = new Map();
  for (const node of program.body) {
    if (node.type === 'ImportDeclaration') {
      addImports(node, imports, bound);
    } else if (node.type === 'ExportNamedDeclaration') {
      addNamedExports(node, exports);
    } else if (node.type === 'ExportDefaultDeclaration') {
      exports.push(['local', 'default', node.declaration.id?.name ?? null, null]);
    } else if (node.type === 'ExportAllDeclaration') {
      exports.push(node.exported ? ['star-as', nameOf(node.exported), null, node.source.value] : ['star', null, null, node.source.value]);
    }
  }
  for (const entry of exports) {
    const binding = entry[0] === 'local' && bound.get(entry[2]);
    if (binding) entry.splice(0, 4, binding[0] === null ? 'star-as' : 'indirect', entry[1], ...binding);
  }
  return { imports, exports };
}

const sorted = (list) => JSON.stringify(list.map((entry) => JSON.stringify(entry)).sort());

// The local name of a default export that has none is the parser's own affair.
const normalized = (exports) => exports.map((e) => (e[0] === 'local' && e[1] === 'default' ? [e[0], e[1], '', null] : e));

function compareOne(acorn, text, goal, ours) {
  let program;
  try {
    program = acorn.parse(text, { ecmaVersion: 'latest', allowHashBang: true, ...goals[goal] });
  } catch (error) {
    return ours.error === undefined ? `acorn refuses: ${error.message}` : null;
  }
  if (ours.error !== undefined) return `refused: ${ours.error} (${ours.line}:${ours.column})`;
  if (goal !== 'module') return null;
  const theirs = describe(program);
  if (sorted(theirs.imports) !== sorted(ours.imports)) return 'other imports';
  return sorted(normalized(theirs.exports)) === sorted(normalized(ours.exports)) ? null : 'other exports';
}

// Returns { files, bytes, accepted: { goal: n }, differences: [text] }.
function compare(acorn, files, wanted = Object.keys(goals)) {
  const outcome = { files: files.length, bytes: 0, accepted: {}, differences: [] };
  const texts = files.map((file) => fs.readFileSync(file, 'utf8'));
  for (const file of files) outcome.bytes += fs.statSync(file).size;
  for (const goal of wanted) {
    const ours = parseFiles(files, ['--goal', goal]);
    outcome.accepted[goal] = ours.filter((answer) => answer.error === undefined).length;
    files.forEach((file, i) => {
      const difference = compareOne(acorn, texts[i], goal, ours[i]);
      if (difference) outcome.differences.push(`${goal} ${file}: ${difference}`);
    });
  }
  return outcome;
}

module.exports = { compare };
