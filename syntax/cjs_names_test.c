// SPDX-License-Identifier: MIT
//
// The names that CommonJS files export: each pattern, what it does not stretch to, and texts that end in the
// middle.
#include "syntax/cjs_names.h"

#include <stdio.h>
#include <stdlib.h>

static int failures;

static bool is_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         c < 0;
}

// Visits as the parser does; knows strings and brackets, no comments and no regular expressions.
static void visit_all(cjs_names *names, const char *text, size_t length) {
  int depth = 0;
  for (size_t i = 0; i < length;) {
    size_t start = i;
    if (text[i] == '"' || text[i] == '\'') {
      for (i++; i < length && text[i] != text[start]; i++) i += text[i] == '\\';
      i++;
    } else if (is_part(text[i])) {
      while (i < length && is_part(text[i])) i++;
      unsigned flags = (depth ? CJS_NESTED : 0) | (start && text[start - 1] == '.' ? CJS_AFTER_DOT : 0);
      if (cjs_names_interesting(text + start, i - start)) cjs_names_visit(names, start, flags);
    } else {
      depth += text[i] && strchr("([{", text[i]) ? 1 : text[i] && strchr(")]}", text[i]) ? -1 : 0;
      i++;
    }
  }
}

static void list(char *out, size_t size, uint32_t count, const syntax_name *names) {
  size_t at = 0;
  out[0] = 0;
  for (uint32_t i = 0; i < count && at < size; i++) {
    at += (size_t)snprintf(out + at, size - at, "%s%.*s", i ? "," : "", (int)names[i].length, names[i].bytes);
  }
}

// Names as a list with commas.
static void expect(const char *text, const char *exports, const char *reexports) {
  size_t length = strlen(text);
  char *exact = lode_alloc(length + 1), got_exports[400], got_reexports[400]; // no NUL behind the text
  memcpy(exact, text, length);
  const syntax_name *found;
  cjs_names *names = cjs_names_new(exact, length);
  visit_all(names, exact, length);
  uint32_t count = cjs_names_exports(names, &found);
  list(got_exports, sizeof got_exports, count, found);
  count = cjs_names_reexports(names, &found);
  list(got_reexports, sizeof got_reexports, count, found);
  if (strcmp(got_exports, exports) || strcmp(got_reexports, reexports)) {
    failures++;
    printf("%s\n    exports %s, not %s; reexports %s, not %s\n", text, got_exports, exports, got_reexports,
           reexports);
  }
  cjs_names_free(names);
  free(exact);
}

static void members(void) {
  expect(
      "exports.a = exports . b\n=void 0; exports['c'] = 1; module.exports.d = 1; module.exports[\"e\"] = 1",
      "a,b,c,d,e", "");
  expect("exports.a += 1; exports.b.c = 1; exports[`d`] = 1; x.exports.e = 1; x.module.exports.f = 1", "",
         "");
  expect("(function (exports) { exports.a = 1 })", "a", "");
  expect("exports/* x */.// y\n a = 1", "a", "");
  expect("exports.a = 1; exports.b = 2; exports.a = 3", "a,b", "");
  expect("exports.default = exports.if = exports.let = 1", "default,if,let", "");
  expect("exports['a b'] = exports['\\u0061\\x62\\u{63}\\d'] = exports['\\ud83d\\ude00'] = exports[''] = 1",
         "a b,abcd,\xf0\x9f\x98\x80,", "");
  expect("exports['\\ud83d'] = exports['\xed\xa0\x80'] = exports['\\u{110000}'] = exports['\\x4'] = 1", "",
         "");
  expect("exports.\xc3\xa9 = exports.\xf0\x9d\x92\x9c = exports.\\u0061 = exports.1 = 1",
         "\xc3\xa9,\xf0\x9d\x92\x9c", "");
}

static void definitions(void) {
#define DEFINE(rest) "Object.defineProperty(exports, 'a', " rest
  expect(DEFINE("{ value: 1 })"), "a", "");
  expect(DEFINE("{ enumerable: true, value: 1 })"), "a", "");
  expect(DEFINE("{ enumerable: true, get: function () { return b.c; } })"), "a", "");
  expect(DEFINE("{ get: function get() { return b['c'] }, })"), "a", "");
  expect(DEFINE("{ get() { return b } })"), "a", "");
  expect("Object.defineProperty(module.exports, '__esModule', { value: true })", "__esModule", "");
  expect(DEFINE("{ enumerable: false, value: 1 })"), "", "");
  expect(DEFINE("{ writable: true, value: 1 })"), "", "");
  expect(DEFINE("{ get: () => b })"), "", "");
  expect(DEFINE("{ get() { return b() } })"), "", "");
  expect(DEFINE("{ get() { return b.c.d } })"), "", "");
  expect(DEFINE("{ get() { return b }, enumerable: true })"), "", "");
  expect(DEFINE("{ get() { return b } }, c)"), "", "");
  expect(DEFINE("descriptor)"), "", "");
  expect("exports.a = void 0;" DEFINE("{ get() { return b() } })"), "a", "");
}

static void literals(void) {
  expect("module.exports = { a, 'b': c, d: e, \"f\": g, ...h, ...require('i') }", "a,b,d,f", "i");
  expect("module.exports = { a, }", "a", "");
  expect("module.exports = { a, b: c(), d }", "a,b", "");
  expect("module.exports = { a, b: require('c'), d }", "a,b", "c");
  expect("module.exports = { a, get b() {}, c }", "a", "");
  expect("module.exports = { a, get, set, get: b }", "a,get,set", "");
  expect("module.exports = { a, b() {}, c }", "a,b", "");
  expect("module.exports = { a, b: 1, c }", "a", "");
  expect("module.exports = { a, [b]: c, d }", "a", "");
  expect("module.exports = { a: b , c }", "a", "");
  expect("module.exports = { a, 'b', c }", "a", "");
  expect("module.exports = { ...a.b, c }", "", "");
  expect("exports = { a }; module.exports = exports = { b }", "", "");
  expect("exports = module.exports = { a }", "a", "");
  expect("0 && (module.exports = { a, b })", "a,b", "");
}

static void reexports(void) {
  expect("module.exports = require('a')", "", "a");
  expect("module.exports = require('a'); (module => module.exports = require('b'))(x)", "", "b");
  expect("module.exports = require('a'); module.exports = { b, ...require('c') }; __exportStar(require('d'), "
         "exports)",
         "b", "c,d");
  expect("__export(require('a')); module.exports = x", "", "");
  expect("module.exports = x ? require('a') : require('b')", "", "");
  expect("module.exports = require(a); module.exports = require('b', c)", "", "");
  expect(
      "__export(require('a')); tslib_1.__exportStar(require(\"b\"), exports); tslib.__export(require('b'))",
      "", "a,b");
  expect("(function () { __export(require('a')) }); if (x) { __export(require('b')) }", "", "");
  expect("__exported(require('a')); x__export(require('b')); __export (require('c'))", "", "");
}

static void loops(void) {
#define KEYS "Object.keys(_a).forEach(function (key) { "
#define NOT_DEFAULT "if (key === \"default\" || key === '__esModule') return; "
#define REQUIRE "var _a = require('a'); "
  expect(REQUIRE KEYS NOT_DEFAULT "exports[key] = _a[key]; });", "", "a");
  expect(
      "const _a = _interopRequireWildcard(require('a'));" KEYS NOT_DEFAULT
      "if (Object.prototype.hasOwnProperty.call(_names, key)) return;"
      "if (key in exports && exports[key] === _a[key]) return;"
      "Object.defineProperty(exports, key, { enumerable: true, get: function () { return _a[key]; } }); });",
      "", "a");
  expect(REQUIRE KEYS "if (key !== 'default') exports[key] = _a[key] })", "", "a");
  expect(REQUIRE KEYS "if (key !== 'default' && !exports.hasOwnProperty(key)) exports[key] = _a[key] })", "",
         "a");
  expect(REQUIRE KEYS "if (key !== 'default' && !Object.prototype.hasOwnProperty.call(exports, key)) "
                      "module.exports[key] = _a[key] })",
         "", "a");
  expect(REQUIRE KEYS "exports[key] = _a[key] })", "", "");
  expect(REQUIRE KEYS NOT_DEFAULT "exports[key] = _b[key] })", "", "");
  expect(REQUIRE KEYS NOT_DEFAULT "exports[key] = _a[key] }, x)", "", "");
  expect("_a = require('a'); " KEYS NOT_DEFAULT "exports[key] = _a[key] })", "", "");
  expect("var b, _a = require('a'); " KEYS NOT_DEFAULT "exports[key] = _a[key] })", "", "");
  expect("(function () { " REQUIRE KEYS NOT_DEFAULT "exports[key] = _a[key] }) })", "", "");
}

// Each text cut off anywhere must not be read past its end (AddressSanitizer sees it).
static void cut_off(void) {
  static const char *const texts[] = {
      "exports['a\\u{61}'] = module.exports.b = 1",
      DEFINE("{ enumerable: true, get: function () { return b['c']; } , } )"),
      "module.exports = { a, 'b': c, ...require('d') }",
      REQUIRE KEYS NOT_DEFAULT "if (Object.hasOwnProperty.call(x, key)) return; exports[key] = _a[key]; });",
      "exports /* x */ . // y\n\xf0\x9d\x92\x9c = 1",
  };
  for (size_t i = 0; i < LODE_COUNT(texts); i++) {
    size_t length = strlen(texts[i]);
    for (size_t cut = 0; cut < length; cut++) {
      char *exact = lode_alloc(cut + !cut);
      memcpy(exact, texts[i], cut);
      cjs_names *names = cjs_names_new(exact, cut);
      const syntax_name *found;
      visit_all(names, exact, cut);
      if (cjs_names_exports(names, &found) > 3) failures++;
      if (cjs_names_reexports(names, &found) > 1) failures++;
      cjs_names_free(names);
      free(exact);
    }
  }
}

int main(void) {
  members();
  definitions();
  literals();
  reexports();
  loops();
  cut_off();
  return failures != 0;
}
