// SPDX-License-Identifier: MIT
//
// What is wrong with a program is said in V8's words, at V8's place.
'use strict';

const assert = require('assert');
const { parseTexts } = require('../helpers/syntax');

// goal, text, sentence, line:column
const cases = `
script|a b|Unexpected identifier 'b'|1:3
script|a\\n  .b c|Unexpected identifier 'c'|2:6
script|"x" + "\\u00e9" ! 1|Unexpected token '!'|1:11
script|let a; let a|Identifier 'a' has already been declared|1:12
script|{ var a; let a }|Identifier 'a' has already been declared|1:14
script|let a; { var a }|Identifier 'a' has already been declared|1:14
script|function f(a) { let a }|Identifier 'a' has already been declared|1:21
script|try {} catch ([a]) { var a }|Identifier 'a' has already been declared|1:26
script|const a|Missing initializer in const declaration|1:7
script|let [a]|Missing initializer in destructuring declaration|1:5
script|1 = 2|Invalid left-hand side in assignment|1:1
script|1++|Invalid left-hand side expression in postfix operation|1:1
script|++1|Invalid left-hand side expression in prefix operation|1:3
script|for (1 of a);|Invalid left-hand side in for-loop|1:6
script|({a: 1} = 1)|Invalid destructuring assignment target|1:6
script|({a = 1})|Invalid shorthand property initializer|1:3
script|-a ** b|Unary operator used immediately before exponentiation expression. Parenthesis must be used to disambiguate operator precedence|1:1
script|a ?? b \\|\\| c|Unexpected token '\\|\\|'|1:8
script|()|Unexpected token ')'|1:2
script|f(a\\n|missing ) after argument list|1:3
script|break|Illegal break statement|1:1
script|continue|Illegal continue statement: no surrounding iteration statement|1:1
script|break a|Undefined label 'a'|1:7
script|a: a: ;|Label 'a' has already been declared|1:4
script|return|Illegal return statement|1:1
script|new.target|new.target expression is not allowed here|1:5
script|super()|'super' keyword unexpected here|1:1
script|class A { constructor() { super() } }|'super' keyword unexpected here|1:27
script|class A { constructor() {} constructor() {} }|A class may only have one constructor|1:28
script|this.#a|Private field '#a' must be declared in an enclosing class|1:6
script|class A { #a; #a }|Identifier '#a' has already been declared|1:15
script|"use strict"; with (a) b|Strict mode code may not include a with statement|1:15
script|"use strict"; delete a|Delete of an unqualified identifier in strict mode.|1:22
script|"use strict"; eval = 1|Unexpected eval or arguments in strict mode|1:15
script|"use strict"; let public|Unexpected strict mode reserved word|1:19
script|"use strict"; 010|Octal literals are not allowed in strict mode.|1:15
script|"use strict"; 08|Decimals with leading zeros are not allowed in strict mode.|1:15
script|function f(a, a) { "use strict" }|Duplicate parameter name not allowed in this context|1:15
script|function f(a = 1) { "use strict" }|Illegal 'use strict' directive in function with non-simple parameter list|1:21
script|await 1|await is only valid in async functions and the top level bodies of modules|1:1
script|function* f(a = yield) {}|Yield expression not allowed in formal parameter|1:17
script|if (1) let a|Lexical declaration cannot appear in a single-statement context|1:8
script|if (1) a: function f() {}|In non-strict mode code, functions can only be declared at top level, inside a block, or as the body of an if statement.|1:11
script|/(/|Invalid regular expression: /(/: Unterminated group|1:1
script|/a/gg|Invalid regular expression flags|1:1
script|"abc|Invalid or unexpected token|1:1
script|1_|Numeric separators are not allowed at the end of numeric literals|1:2
script|import a from 'b'|Cannot use import statement outside a module|1:1
script|import.meta|Cannot use 'import.meta' outside a module|1:8
script|export default 1|Unexpected token 'export'|1:1
module|export { a }|Export 'a' is not defined in module|1:10
module|export let a; export { a }|Duplicate export of 'a'|1:24
module|import a from 'b'; let a|Identifier 'a' has already been declared|1:24
module|delete a|Delete of an unqualified identifier in strict mode.|1:8
module|return|Illegal return statement|1:1
module|a <!-- b|HTML comments are not allowed in modules|1:3
commonjs|let require|Identifier 'require' has already been declared|1:5
`.trim().split('\n').map((line) => line.replaceAll('\\|', '\u0000').split('|').map((part) => part.replaceAll('\u0000', '|')));

const answers = parseTexts(cases.map(([goal, text]) => [goal, text.replace(/\\n/g, '\n').replace(/\\u00e9/g, '\u00e9')]));
const got = cases.map(([goal, text], i) => [goal, text, answers[i].error ?? 'valid', `${answers[i].line}:${answers[i].column}`].join('|'));
assert.deepStrictEqual(got, cases.map((line) => line.join('|')));

// And what is not wrong.
const valid = [
  ['script', 'var a; var a; function a() {} function a() {}'],
  ['script', '{ function a() {} function a() {} }'],
  ['script', 'try {} catch (e) { var e }'],
  ['script', 'await = async = of = let = yield => static'],
  ['script', 'for (var a = 1 in b); f() = 1; if (a) function g() {}'],
  ['script', 'x <!-- comment\n--> comment'],
  ['script', '--> comment'],
  ['script', 'new async(a)?.b'],
  ['commonjs', 'return new.target'],
  ['commonjs', 'var require, exports, module'],
  ['commonjs', '#!/usr/bin/env node\nawait'],
  ['eval', 'super.x; new.target; this.#a'],
  ['module', 'export { a as "b c" }; const a = await 1; for await (const b of a); class C { static { (() => { return 1 })() } }'],
  ['module', 'import * as a from "b"; export { a }; export default function () {}'],
];
parseTexts(valid).forEach((answer, i) => assert.strictEqual(answer.error, undefined, valid[i].join(': ')));
