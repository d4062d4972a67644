// SPDX-License-Identifier: MIT
//
// Identifiers, reserved words, and the table of distinct names.
//
// A name is hashed while it is scanned. Reserved words are told apart before the table is asked; words that
// have a meaning only in places are entered into the table when a parse begins and carry their number.
#include "syntax/lexer_internal.h"

#include <unicode/uchar.h>

// Bit 1 starts an identifier, 2 goes on with it, 4 needs a look inside a string.
const uint8_t lexer_class[256] = {
    4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 4, 0, 3, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0,
    0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 4, 0, 0, 3,
    0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
};

// ---- Characters ----

int32_t lexer_decode(const char *at, const char *end, const char **next) {
  const unsigned char *p = (const unsigned char *)at;
  size_t left = (size_t)(end - at);
  *next = at + 1;
  if (left == 0) return -1;
  if (p[0] < 0x80) return p[0];
  if (p[0] >= 0xc2 && p[0] < 0xe0 && left >= 2 && (p[1] & 0xc0) == 0x80) {
    *next = at + 2;
    return (p[0] & 0x1f) << 6 | (p[1] & 0x3f);
  }
  if ((p[0] & 0xf0) == 0xe0 && left >= 3 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80) {
    int32_t c = (p[0] & 0x0f) << 12 | (p[1] & 0x3f) << 6 | (p[2] & 0x3f);
    *next = at + 3;
    return c < 0x800 ? -1 : c;
  }
  if ((p[0] & 0xf8) == 0xf0 && left >= 4 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80 &&
      (p[3] & 0xc0) == 0x80) {
    int32_t c = (p[0] & 0x07) << 18 | (p[1] & 0x3f) << 12 | (p[2] & 0x3f) << 6 | (p[3] & 0x3f);
    *next = at + 4;
    return c < 0x10000 || c > 0x10ffff ? -1 : c;
  }
  return -1;
}

char *lexer_encode(int32_t c, char *out) {
  if (c < 0x80) {
    *out++ = (char)c;
  } else if (c < 0x800) {
    *out++ = (char)(0xc0 | c >> 6);
    *out++ = (char)(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    *out++ = (char)(0xe0 | c >> 12);
    *out++ = (char)(0x80 | (c >> 6 & 0x3f));
    *out++ = (char)(0x80 | (c & 0x3f));
  } else {
    *out++ = (char)(0xf0 | c >> 18);
    *out++ = (char)(0x80 | (c >> 12 & 0x3f));
    *out++ = (char)(0x80 | (c >> 6 & 0x3f));
    *out++ = (char)(0x80 | (c & 0x3f));
  }
  return out;
}

bool lexer_is_id_start(int32_t c) {
  if (c < 0x80) return c >= 0 && (lexer_class[c] & CLASS_ID_START);
  return u_hasBinaryProperty(c, UCHAR_ID_START);
}

bool lexer_is_id_part(int32_t c) {
  if (c < 0x80) return c >= 0 && (lexer_class[c] & CLASS_ID_PART);
  return u_hasBinaryProperty(c, UCHAR_ID_CONTINUE) || c == 0x200c || c == 0x200d;
}

static int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

int32_t lexer_unicode_escape(const char *at, const char *end, const char **next) {
  int32_t value = 0;
  if (at < end && *at == '{') {
    const char *p = at + 1;
    if (hex_value(*p) < 0) return -1;
    for (; hex_value(*p) >= 0; p++) {
      value = value * 16 + hex_value(*p);
      if (value > 0x10ffff) return -1;
    }
    if (*p != '}') return -1;
    *next = p + 1;
    return value;
  }
  for (int i = 0; i < 4; i++) {
    int digit = hex_value(at[i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  *next = at + 4;
  return value;
}

// ---- The table ----

#define HASH_START 2166136261u
static inline uint32_t hash_step(uint32_t hash, char c) { return (hash ^ (unsigned char)c) * 16777619u; }

static void table_grow(lexer *l) {
  uint32_t size = l->table_size ? l->table_size * 4 : 512;
  atom **table = arena_alloc(l->memory, size * sizeof *table);
  memset(table, 0, size * sizeof *table);
  for (uint32_t i = 0; i < l->table_size; i++) {
    for (atom *a = l->table[i], *next; a; a = next) {
      next = a->next;
      atom **slot = &table[a->hash & (size - 1)];
      a->next = *slot;
      *slot = a;
    }
  }
  l->table = table;
  l->table_size = size;
}

static atom *intern_new(lexer *l, const char *bytes, uint32_t length, uint32_t hash) {
  if (l->atom_count >= l->table_size) table_grow(l);
  atom **slot = &l->table[hash & (l->table_size - 1)];
  atom *a = arena_alloc(l->memory, sizeof *a);
  *a = (atom){.next = *slot, .bytes = bytes, .length = length, .hash = hash};
  if (l->is_interesting) a->interesting = l->is_interesting(bytes, length);
  *slot = a;
  l->atom_count++;
  return a;
}

static inline atom *intern_hashed(lexer *l, const char *bytes, uint32_t length, uint32_t hash) {
  hash ^= hash >> 15;
  for (atom *a = l->table[hash & (l->table_size - 1)]; a; a = a->next)
    if (a->hash == hash && a->length == length && !memcmp(a->bytes, bytes, length)) return a;
  return intern_new(l, bytes, length, hash);
}

atom *lexer_intern(lexer *l, const char *bytes, uint32_t length) {
  uint32_t hash = HASH_START;
  for (uint32_t i = 0; i < length; i++) hash = hash_step(hash, bytes[i]);
  return intern_hashed(l, bytes, length, hash);
}

void lexer_names_init(lexer *l) {
  static const char *const words[WORD_COUNT] = {
      [WORD_ARGUMENTS] = "arguments",
      [WORD_AS] = "as",
      [WORD_ASYNC] = "async",
      [WORD_AWAIT] = "await",
      [WORD_CONSTRUCTOR] = "constructor",
      [WORD_DEFER] = "defer",
      [WORD_EVAL] = "eval",
      [WORD_FROM] = "from",
      [WORD_GET] = "get",
      [WORD_IMPLEMENTS] = "implements",
      [WORD_INTERFACE] = "interface",
      [WORD_LET] = "let",
      [WORD_META] = "meta",
      [WORD_OF] = "of",
      [WORD_PACKAGE] = "package",
      [WORD_PRIVATE] = "private",
      [WORD_PROTECTED] = "protected",
      [WORD_PROTO] = "__proto__",
      [WORD_PROTOTYPE] = "prototype",
      [WORD_PUBLIC] = "public",
      [WORD_SET] = "set",
      [WORD_SOURCE] = "source",
      [WORD_STATIC] = "static",
      [WORD_TARGET] = "target",
      [WORD_YIELD] = "yield",
  };
  table_grow(l);
  for (uint8_t i = 1; i < WORD_COUNT; i++) lexer_intern(l, words[i], (uint32_t)strlen(words[i]))->word = i;
}

// ---- Reserved words ----

#define WORD(text, type)                                                                                     \
  if (length == sizeof text - 1 && !memcmp(s, text, sizeof text - 1)) return type

// T_NAME where it is none. (`let`, `static`, `yield` and `await` are names, for the parser to judge.)
static token_type reserved_word(const char *s, uint32_t length) {
  if (length < 2 || length > 10) return T_NAME;
  switch (s[0]) {
  case 'b':
    WORD("break", T_BREAK);
    break;
  case 'c':
    WORD("const", T_CONST);
    WORD("case", T_CASE);
    WORD("class", T_CLASS);
    WORD("catch", T_CATCH);
    WORD("continue", T_CONTINUE);
    break;
  case 'd':
    WORD("default", T_DEFAULT);
    WORD("delete", T_DELETE);
    WORD("do", T_DO);
    WORD("debugger", T_DEBUGGER);
    break;
  case 'e':
    WORD("else", T_ELSE);
    WORD("export", T_EXPORT);
    WORD("extends", T_EXTENDS);
    WORD("enum", T_ENUM);
    break;
  case 'f':
    WORD("function", T_FUNCTION);
    WORD("for", T_FOR);
    WORD("false", T_FALSE);
    WORD("finally", T_FINALLY);
    break;
  case 'i':
    WORD("if", T_IF);
    WORD("in", T_IN);
    WORD("import", T_IMPORT);
    WORD("instanceof", T_INSTANCEOF);
    break;
  case 'n':
    WORD("new", T_NEW);
    WORD("null", T_NULL);
    break;
  case 'r':
    WORD("return", T_RETURN);
    break;
  case 's':
    WORD("switch", T_SWITCH);
    WORD("super", T_SUPER);
    break;
  case 't':
    WORD("this", T_THIS);
    WORD("true", T_TRUE);
    WORD("typeof", T_TYPEOF);
    WORD("throw", T_THROW);
    WORD("try", T_TRY);
    break;
  case 'v':
    WORD("var", T_VAR);
    WORD("void", T_VOID);
    break;
  case 'w':
    WORD("while", T_WHILE);
    WORD("with", T_WITH);
    break;
  }
  return T_NAME;
}

// ---- Scanning ----

static void bad_character(lexer *l, const char *at) {
  uint32_t offset = (uint32_t)(at - l->text);
  lexer_fail(l, offset, offset + 1, "Invalid or unexpected token");
}

// The long way: escapes and characters beyond ASCII. `start` is the first byte of the name proper.
static atom *slow_name(lexer *l, const char *start, const char *prefix, uint32_t prefix_length) {
  const char *p = start;
  while (lexer_class[(unsigned char)*p] & CLASS_ID_PART) p++;
  size_t room = 64 + prefix_length + (size_t)(p - start), used = prefix_length + (size_t)(p - start);
  char *out = arena_alloc(l->memory, room);
  memcpy(out, prefix, prefix_length);
  memcpy(out + prefix_length, start, (size_t)(p - start));
  bool first = p == start;
  for (;;) {
    unsigned char c = (unsigned char)*p;
    const char *next = p + 1;
    int32_t code = c;
    if (c == '\\') {
      code = p[1] == 'u' ? lexer_unicode_escape(p + 2, l->end, &next) : -1;
      if (code < 0) {
        uint32_t at = (uint32_t)(p - l->text);
        lexer_fail(l, at, at + 1,
                   p[1] == 'u' ? "Invalid Unicode escape sequence" : "Invalid or unexpected token");
      }
      l->tok.flags |= TOKEN_ESCAPED;
      if (!(first ? lexer_is_id_start(code) : lexer_is_id_part(code))) {
        uint32_t at = (uint32_t)(p - l->text);
        lexer_fail(l, at, at + 1, "Invalid or unexpected token");
      }
    } else {
      if (c >= 0x80) code = lexer_decode(p, l->end, &next);
      if (!(first ? lexer_is_id_start(code) : lexer_is_id_part(code))) break;
    }
    first = false;
    if (used + 4 > room) {
      char *grown = arena_alloc(l->memory, room * 2);
      memcpy(grown, out, used);
      out = grown;
      room *= 2;
    }
    used = (size_t)(lexer_encode(code, out + used) - out);
    p = next;
  }
  if (first) bad_character(l, p);
  l->at = p;
  return lexer_intern(l, out, (uint32_t)used);
}

void lexer_name(lexer *l) {
  const char *start = l->at, *p = start;
  uint32_t hash = HASH_START;
  while (lexer_class[(unsigned char)*p] & CLASS_ID_PART) hash = hash_step(hash, *p++);
  l->tok.type = T_NAME;
  if (LODE_UNLIKELY(*p == '\\' || (signed char)*p < 0)) {
    l->tok.name = slow_name(l, start, "", 0);
    if ((l->tok.flags & TOKEN_ESCAPED) && reserved_word(l->tok.name->bytes, l->tok.name->length) != T_NAME)
      l->tok.flags |= TOKEN_RESERVED;
    return;
  }
  uint32_t length = (uint32_t)(p - start);
  l->at = p;
  token_type type = reserved_word(start, length);
  if (type != T_NAME) {
    l->tok.type = (uint8_t)type;
    l->tok.name = NULL;
    return;
  }
  l->tok.name = intern_hashed(l, start, length, hash);
}

void lexer_private_name(lexer *l) {
  l->tok.type = T_PRIVATE;
  l->tok.name = slow_name(l, l->at + 1, "#", 1);
}

atom *lexer_word_atom(lexer *l) {
  if (l->tok.name) return l->tok.name;
  return lexer_intern(l, l->text + l->tok.start, l->tok.end - l->tok.start);
}

bool lexer_is_text(const lexer *l, const token *tok, const char *text) {
  size_t length = strlen(text);
  return tok->end - tok->start == length && !memcmp(l->text + tok->start, text, length);
}
