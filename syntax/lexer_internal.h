// SPDX-License-Identifier: MIT
//
// What the files of the lexer share.
#ifndef LODE_SYNTAX_LEXER_INTERNAL_H
#define LODE_SYNTAX_LEXER_INTERNAL_H

#include "syntax/lexer.h"

enum { CLASS_ID_START = 1, CLASS_ID_PART = 2, CLASS_STRING_STOP = 4 };
extern const uint8_t lexer_class[256]; // of ASCII; nothing for bytes above

// The code point at `at` (a surrogate in three bytes counts as one); -1 where the bytes are no UTF-8.
int32_t lexer_decode(const char *at, const char *end, const char **next);
char *lexer_encode(int32_t c, char *out); // returns the end

bool lexer_is_id_start(int32_t c);
bool lexer_is_id_part(int32_t c);

void lexer_names_init(lexer *l);
void lexer_name(lexer *l);         // sets type, flags and name
void lexer_private_name(lexer *l); // at its #
void lexer_number(lexer *l);
void lexer_string(lexer *l, char quote);
void lexer_template_chunk(lexer *l); // behind ` or }
// \uXXXX or \u{X...} at `at` (the byte behind the u); -1 where it is none.
int32_t lexer_unicode_escape(const char *at, const char *end, const char **next);

#endif
