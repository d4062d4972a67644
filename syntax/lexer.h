// SPDX-License-Identifier: MIT
//
// From bytes to tokens (ECMA-262, chapter 12). The parser asks for one token after the other and says itself
// where a slash opens a regular expression and where a brace goes on with a template.
#ifndef LODE_SYNTAX_LEXER_H
#define LODE_SYNTAX_LEXER_H

#include "syntax/arena.h"
#include "syntax/syntax.h"

#include <setjmp.h>

// Binary operators stand in order of their tables in expression.c.
typedef enum token_type {
  T_EOF,
  T_NAME, // an identifier, contextual keywords included
  T_PRIVATE,
  T_NUMBER,
  T_BIGINT,
  T_STRING,
  T_TEMPLATE, // up to ${ or the end (TOKEN_TAIL)
  T_REGEXP,
  // Punctuators
  T_LBRACE,
  T_RBRACE,
  T_LPAREN,
  T_RPAREN,
  T_LBRACKET,
  T_RBRACKET,
  T_DOT,
  T_ELLIPSIS,
  T_SEMICOLON,
  T_COMMA,
  T_QUESTION,
  T_OPTIONAL, // ?.
  T_COLON,
  T_ARROW,
  T_TILDE,
  T_NOT,
  T_INCREMENT,
  T_DECREMENT,
  // Assignment
  T_ASSIGN,
  T_ASSIGN_OP, // += and its like
  T_ASSIGN_LOGICAL,
  // Binary
  T_COALESCE,
  T_OR,
  T_AND,
  T_BIT_OR,
  T_BIT_XOR,
  T_BIT_AND,
  T_EQUALITY,
  T_LESS, // and the other relations
  T_SHIFT,
  T_PLUS,
  T_MINUS,
  T_STAR,
  T_SLASH,
  T_PERCENT,
  T_POWER,
  T_IN,
  T_INSTANCEOF,
  // Reserved words
  T_BREAK,
  T_CASE,
  T_CATCH,
  T_CLASS,
  T_CONST,
  T_CONTINUE,
  T_DEBUGGER,
  T_DEFAULT,
  T_DELETE,
  T_DO,
  T_ELSE,
  T_ENUM,
  T_EXPORT,
  T_EXTENDS,
  T_FALSE,
  T_FINALLY,
  T_FOR,
  T_FUNCTION,
  T_IF,
  T_IMPORT,
  T_NEW,
  T_NULL,
  T_RETURN,
  T_SUPER,
  T_SWITCH,
  T_THIS,
  T_THROW,
  T_TRUE,
  T_TRY,
  T_TYPEOF,
  T_VAR,
  T_VOID,
  T_WHILE,
  T_WITH,
} token_type;

enum {
  TOKEN_NEWLINE = 1,     // a line end stands before it
  TOKEN_ESCAPED = 2,     // a name or string with escapes
  TOKEN_OCTAL = 4,       // a legacy octal number, or a string with an octal escape (or \8, \9)
  TOKEN_TAIL = 8,        // the template ends here
  TOKEN_BAD_ESCAPE = 16, // a template chunk with an escape that only tagged templates may have
  TOKEN_RESERVED = 32,   // a name spelled with escapes that would be a reserved word
};

typedef struct declaration declaration;

// A distinct name. `innermost` is its declaration that is visible now (scope.c).
typedef struct atom {
  struct atom *next;
  const char *bytes;
  uint32_t length, hash;
  declaration *innermost;
  uint8_t word;     // WORD_..., for names with a meaning to the grammar
  bool interesting; // to cjs_names
  bool exported;    // as a module's export name
  uint8_t free;     // SYNTAX_FREE_ bits, in a text for a vm context
  uint32_t request; // as a specifier: 1 + index of the first request for it
} atom;

// Names that mean something in places.
enum {
  WORD_NONE,
  WORD_ARGUMENTS,
  WORD_AS,
  WORD_ASYNC,
  WORD_AWAIT,
  WORD_CONSTRUCTOR,
  WORD_DEFER,
  WORD_EVAL,
  WORD_FROM,
  WORD_GET,
  WORD_IMPLEMENTS,
  WORD_INTERFACE,
  WORD_LET,
  WORD_META,
  WORD_OF,
  WORD_PACKAGE,
  WORD_PRIVATE,
  WORD_PROTECTED,
  WORD_PROTO,
  WORD_PROTOTYPE,
  WORD_PUBLIC,
  WORD_SET,
  WORD_SOURCE,
  WORD_STATIC,
  WORD_TARGET,
  WORD_YIELD,
  WORD_COUNT
};

typedef struct token {
  uint8_t type, flags;
  uint32_t start, end;
  atom *name; // T_NAME and T_PRIVATE (with its #)
} token;

typedef struct lexer {
  const char *text, *at, *end;
  token tok;                     // the current token
  uint32_t prev_start, prev_end; // where the one before it stands
  bool module;                   // no HTML-like comments
  const char *error;             // the sentence, once lexer_fail was called
  uint32_t error_at, error_end;
  jmp_buf *on_error;
  arena *memory;
  atom **table; // hash table of atoms
  uint32_t table_size, atom_count;
  bool (*is_interesting)(const char *name, size_t length); // NULL: nobody asks
} lexer;

void lexer_init(lexer *l, const char *text, size_t length, arena *memory, jmp_buf *on_error);
void lexer_next(lexer *l);
// The current token is / or /=: reads the regular expression that it opens, and checks it.
void lexer_regexp(lexer *l);
// The current token is }: reads the template chunk that goes on behind it.
void lexer_template(lexer *l);
// A look ahead: the lexer as it stands now, to be put back.
typedef struct lexer_mark {
  const char *at;
  token tok;
  uint32_t prev_start, prev_end;
} lexer_mark;
static inline lexer_mark lexer_save(const lexer *l) {
  return (lexer_mark){l->at, l->tok, l->prev_start, l->prev_end};
}
static inline void lexer_restore(lexer *l, lexer_mark mark) {
  l->at = mark.at;
  l->tok = mark.tok;
  l->prev_start = mark.prev_start;
  l->prev_end = mark.prev_end;
}

// The current token is a template chunk with a bad escape: says which.
LODE_NORETURN void lexer_refuse_template(lexer *l);

atom *lexer_intern(lexer *l, const char *bytes, uint32_t length);
// The name that a keyword's token is spelled as, for places where any name may stand.
atom *lexer_word_atom(lexer *l);
// The value of a string token; lone surrogates as three bytes. Sets *lone where there is one.
syntax_name lexer_string_value(lexer *l, const token *tok, bool *lone);
// Whether the text of the token is exactly this (so without escapes).
bool lexer_is_text(const lexer *l, const token *tok, const char *text);

// Ends the parse. The sentence is made in the arena.
LODE_NORETURN LODE_PRINTF(4, 5) void lexer_fail(lexer *l, uint32_t at, uint32_t end, const char *format, ...);
// "Unexpected token ...", in V8's words for the kind of the current token.
LODE_NORETURN void lexer_unexpected(lexer *l);

#endif
