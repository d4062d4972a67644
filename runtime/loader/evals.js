// SPDX-License-Identifier: MIT
//
// Texts that programs evaluate: the argument of a direct eval (behind `$lode.e`), and the bodies that the Function
// constructors take. Those that hold import(), await or eval go through the parser; their referrer is the file of the code
// that evaluates them.
'use strict';

const { rewrite, SCRIPT } = require('runtime/loader/esm_source');
const urls = require('runtime/loader/urls');

const EVAL = 3;

// The URL of the program's innermost file on the stack.
function callerURL(below) {
  for (const site of require('internal/stack').captureSites(below, 8)) {
    const file = site.getFileName();
    if (typeof file !== 'string' || file === '' || file.startsWith('node:')) continue;
    if (file.startsWith('file:')) return file;
    return file[0] === '/' ? urls.fromPath(file) : `${urls.workingFolderURL()}${file}`;
  }
  return urls.workingFolderURL();
}

// The rewritten text, if any; functions in it are to show the author's.
function noted(result) {
  require('internal/rewritten').rememberEvaluated(result.code, result.edits);
  return result.code;
}

// What a direct eval is to evaluate instead of `text`. Errors of syntax are left to the engine.
function prepare(text) {
  const referrer = text.includes('import') ? callerURL(prepare) : '';
  return noted(rewrite(text, EVAL, referrer, 0)) ?? text;
}

// ---- new Function(...) ----

// The function that a constructor made, once more with its text rewritten; `made` where there is nothing to rewrite.
function remake(made, kind, texts, caller) {
  const body = texts.length === 0 ? '' : texts[texts.length - 1];
  const text = `(${kind} anonymous(${texts.slice(0, -1).join(',')}\n) {\n${body}\n})`;
  const code = noted(rewrite(text, SCRIPT, callerURL(caller), 0));
  if (code === undefined) return made;
  const fn = binding('env').evaluate(code, '', 1);
  Object.setPrototypeOf(fn, Object.getPrototypeOf(made));
  return fn;
}

module.exports = { prepare, remake, callerURL };
