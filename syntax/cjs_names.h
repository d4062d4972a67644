// SPDX-License-Identifier: MIT
//
// The names that a CommonJS file exports, found without running it: by the patterns that people and compilers
// write (exports.x =, module.exports = {...}, Object.defineProperty(exports, ...),
// __exportStar(require(...)), ...).
//
// The parser calls cjs_names_visit for each identifier that may open such a pattern; this file reads on from
// there, with a lexer of its own (cjs_reader.h), and gives up where the text stops fitting.
#ifndef LODE_SYNTAX_CJS_NAMES_H
#define LODE_SYNTAX_CJS_NAMES_H

#include "syntax/syntax.h"

typedef struct cjs_names cjs_names;

cjs_names *cjs_names_new(const char *text, size_t length); // text must outlive it
void cjs_names_free(cjs_names *names);

// True for the identifiers worth a visit: exports, module, Object, require, and what compilers call their
// helpers. Cheap: called for each identifier of the file.
bool cjs_names_interesting(const char *name, size_t length);

enum {
  CJS_AFTER_DOT = 1, // a `.` stands before it (tslib.__exportStar)
  CJS_NESTED = 2,    // it stands in parentheses or braces: what compilers write at the top is none of it
};

// `at` is the offset of an identifier for which the above was true, in source order.
void cjs_names_visit(cjs_names *names, size_t at, unsigned flags);

// Both lists: distinct, in order of appearance; they live as long as `names`.
uint32_t cjs_names_exports(cjs_names *names, const syntax_name **out);
uint32_t cjs_names_reexports(cjs_names *names, const syntax_name **out);

#endif
