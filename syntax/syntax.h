// SPDX-License-Identifier: MIT
//
// The ECMAScript parser: reads a program, checks it (ECMA-262, 16th edition, early errors included) and says
// how to rewrite it so that an engine without modules and without async context runs it. It builds no tree:
// one pass over the text, which leaves scopes, a list of edits, and what the program imports and exports.
//
// Text is UTF-8 (lone surrogates, as JavaScript strings may hold, in their three-byte form). Offsets are
// bytes from the start of the text. Everything that a result points to lives in the result's arena, or in the
// text itself, which must outlive the result. Knows neither engine nor loop; may be called on any thread,
// several at a time.
#ifndef LODE_SYNTAX_H
#define LODE_SYNTAX_H

#include "base/base.h"

typedef enum syntax_goal {
  SYNTAX_SCRIPT,   // a script; also the text of an indirect eval
  SYNTAX_COMMONJS, // a function body: `return` and `new.target` at the top, `await` a name
  SYNTAX_MODULE,   // a module: strict, import and export, top-level await
  SYNTAX_EVAL, // the text of a direct eval: what surrounds it is unknown, so super, new.target, private names
               // and arguments are left to the engine
} syntax_goal;

typedef struct syntax_options {
  syntax_goal goal;
  bool rewrite;         // collect edits
  bool find_cjs_names;  // collect the names that a CommonJS file exports
  bool hashbang;        // a first line starting with #! is a comment
  const char *referrer; // what import() hands on as its second argument: a JavaScript string literal's
                        // content (ASCII)
  bool lists_apart;     // of a module: the rewritten text is the function alone, without the lists before it
  bool context; // the text runs in a context of node:vm: names are collected, see syntax_context_names
} syntax_options;

// Bytes of UTF-8, not terminated by NUL.
typedef struct syntax_name {
  const char *bytes;
  uint32_t length;
} syntax_name;

// Replaces `removed` bytes at `at` by `inserted`. Edits are in order and do not overlap; no edit adds or
// removes a line end, so lines stay lines.
typedef struct syntax_edit {
  uint32_t at;
  uint32_t removed;
  syntax_name inserted;
} syntax_edit;

typedef enum syntax_phase { SYNTAX_EVALUATION, SYNTAX_SOURCE, SYNTAX_DEFER } syntax_phase;

typedef struct syntax_attribute {
  syntax_name key, value;
} syntax_attribute;

// One module request: a specifier with its attributes. The same pair stands once however often it is
// imported.
typedef struct syntax_request {
  syntax_name specifier;
  syntax_attribute *attributes;
  uint32_t attribute_count;
  syntax_phase phase;
  bool wants_namespace; // its namespace object is needed as a value
  uint32_t at;          // offset of the first specifier string
} syntax_request;

// ImportEntry (ECMA-262, 16.2.2.2). `imported` is {NULL, 0} for a namespace.
typedef struct syntax_import {
  uint32_t request;
  syntax_name imported, local;
  uint32_t at; // offset of the local name
} syntax_import;

// ExportEntry (16.2.3.4). LOCAL: `local`; INDIRECT: `imported` of a request; STAR: all of a request; STAR_AS:
// the namespace of a request under `exported`.
typedef struct syntax_export {
  enum { SYNTAX_EXPORT_LOCAL, SYNTAX_EXPORT_INDIRECT, SYNTAX_EXPORT_STAR, SYNTAX_EXPORT_STAR_AS } kind;
  uint32_t request;
  syntax_name exported, local, imported;
  uint32_t at;
} syntax_export;

// What a text uses of the global scope that it runs in, and adds to it (context.c).
enum {
  SYNTAX_FREE_READ = 1,    // read, called, asked for its type, or shorthand
  SYNTAX_FREE_WRITTEN = 2, // assigned to by sloppy code
  SYNTAX_FREE_STRICT = 4,  // assigned to by strict code
};
typedef struct syntax_free_name {
  syntax_name name;
  uint8_t uses; // SYNTAX_FREE_ bits
} syntax_free_name;
typedef struct syntax_context_names {
  syntax_name *vars, *functions; // declared at the top
  uint32_t var_count, function_count;
  syntax_free_name *free; // used, and not declared anywhere around their use
  uint32_t free_count;
} syntax_context_names;

typedef struct syntax_result {
  const char *error; // a sentence in V8's words, or NULL; with its offset and place
  uint32_t error_at, error_end;
  uint32_t line, column; // from 1; the column in UTF-16 units

  syntax_edit *edits;
  uint32_t edit_count;
  syntax_request *requests;
  uint32_t request_count;
  syntax_import *imports;
  uint32_t import_count;
  syntax_export *exports;
  uint32_t export_count;
  syntax_context_names names;                     // with options.context
  const syntax_name *cjs_exports, *cjs_reexports; // reexports are specifiers
  uint32_t cjs_export_count, cjs_reexport_count;

  bool has_module_syntax; // import or export declarations or import.meta were seen (whatever the goal)
  bool has_top_await;
  bool has_top_for_await;
  bool has_dynamic_import;
  bool has_import_meta;
  bool has_strict_directive;
  // For the rewriting of a module: needs variables for the context at its top; export default function () {}
  // needs its name.
  bool saves_context, default_needs_name;
} syntax_result;

// Never NULL. text[length] is NUL (and not part of the text). Memory stays in proportion to the text. A
// program that is nested more deeply than fits into a megabyte and a half of stack ends with an error.
syntax_result *syntax_parse_new(const char *text, size_t length, const syntax_options *options);
void syntax_result_free(syntax_result *result);

// Writes bytes as the content of a string literal in double quotes, at most six for each. Returns the end.
char *syntax_quote(syntax_name name, char *at);

// Line and column (from 1, the column in UTF-16 units) of an offset.
void syntax_place(const char *text, uint32_t offset, uint32_t *line, uint32_t *column);

// The same for many offsets in rising order: starts as {text, 0, 1, 0}.
typedef struct syntax_cursor {
  const char *text;
  uint32_t at, line, line_start;
} syntax_cursor;
void syntax_cursor_move(syntax_cursor *cursor, uint32_t offset, uint32_t *line, uint32_t *column);

// The whole rewritten text: malloc'ed, NUL-terminated; *out_length without the NUL. A module comes back
// wrapped (see wrap.c), the other goals as they are but for the edits.
//
// *out_map (malloc'ed; not wanted where NULL) says how positions of the two texts relate: for each edit in
// order, as LEB128 numbers, the UTF-16 units that stand unchanged before it (since the last edit), the units
// that it inserted, the bytes of UTF-8 that it removed, and then these bytes.
char *syntax_rewritten_take(const syntax_result *result, const char *text, size_t length,
                            const syntax_options *options, size_t *out_length, char **out_map,
                            size_t *map_length);

#endif
