// SPDX-License-Identifier: MIT
//
// The lexer of cjs_names.c: white space, comments, identifiers, strings and single punctuators, each read
// where the caller expects it and nowhere else.
#ifndef LODE_SYNTAX_CJS_READER_H
#define LODE_SYNTAX_CJS_READER_H

#include "syntax/syntax.h"

typedef struct cjs_reader {
  const char *start, *at, *end;
} cjs_reader;

// Past white space and comments.
void cjs_skip(cjs_reader *r);

// What stands under the cursor, white space and comments before it skipped. All but cjs_at return whether it
// was there; the cursor stands behind it then.
int cjs_at(cjs_reader *r); // a byte; -1 at the end
bool cjs_eat(cjs_reader *r, char punctuator);
bool cjs_eat_word(cjs_reader *r, const char *word);
bool cjs_eat_name(cjs_reader *r, syntax_name name);    // this identifier
bool cjs_read_name(cjs_reader *r, syntax_name *out);   // any identifier without escapes
bool cjs_read_string(cjs_reader *r, syntax_name *out); // what stands between the quotes, as it is written
bool cjs_eat_string(cjs_reader *r, const char *content);

// Writes what a string's text stands for, which is never longer. False where that has a lone surrogate or an
// escape that means nothing.
bool cjs_decode_string(syntax_name written, char *out, uint32_t *out_length);

// The cursor stands where `var name =` ends (spaces may follow): reads it backwards. Line ends and comments
// end it.
bool cjs_behind_declaration(const cjs_reader *r, syntax_name *name);

#endif
