// SPDX-License-Identifier: MIT
//
// What the files of the parser share: its state, and who parses what.
//
// There is no tree. A construct whose meaning only shows later (is `(a, b)` the head of an arrow function? is
// `[a] ` a pattern?) is parsed once, as an expression; what would be wrong with it in either reading is noted
// in `expr` and raised when it is known which one it is. Names that such a pattern would bind or assign stand
// on the stack `targets`.
//
// Scopes know what is declared (scope.c). References to names are collected only in modules, to turn those
// that mean an import into property reads; a reference stays on the stack `refs` until a scope that declares
// its name closes.
#ifndef LODE_SYNTAX_PARSER_H
#define LODE_SYNTAX_PARSER_H

#include "syntax/cjs_names.h"
#include "syntax/lexer.h"

#define NONE UINT32_MAX

// ---- Scopes ----

typedef enum declaration_kind {
  DECL_VAR,             // `index` is the offset of its last `var`
  DECL_FUNCTION,        // a function at the top of a function or script: as var
  DECL_SLOPPY_FUNCTION, // a plain function in a block of sloppy code: may be repeated
  DECL_LEXICAL,         // let, const, class, and functions in blocks and modules
  DECL_PARAMETER,
  DECL_CATCH,   // a plain catch parameter: var may repeat it
  DECL_IMPORT,  // `index` is the import
  DECL_PRIVATE, // `index` is a set of PRIVATE_ bits
} declaration_kind;

typedef struct scope scope;
struct declaration {
  declaration *in_scope; // the next one of the same scope
  declaration *outer;    // of the same name, in a scope further out
  atom *name;
  scope *owner;
  declaration_kind kind;
  uint32_t index;
};

typedef enum scope_kind { SCOPE_FUNCTION, SCOPE_BLOCK, SCOPE_CLASS } scope_kind;

struct scope {
  scope *outer;
  declaration *first;
  uint32_t refs; // where its references begin
  uint32_t depth;
  uint32_t start; // offset
  scope_kind kind;
  bool arrow;             // of SCOPE_FUNCTION: has no `arguments` of its own
  bool lexical_functions; // functions at its top are lexical: blocks and modules
  uint32_t privates;      // SCOPE_CLASS: where its references to private names begin
};

typedef struct reference {
  atom *name;
  uint32_t start, end;
  uint8_t flags;
} reference;
enum {
  REF_SHORTHAND = 1, // {x}
  REF_CALLEE = 2,    // x(), x``
  REF_HAZARD = 4,    // begins a statement after one that ended without a semicolon
  REF_MEMBER = 8,    // x.y, read, and y is nothing that every object has
  REF_TYPEOF = 16,   // typeof x
  REF_WRITTEN = 32,  // x = 1, x++
  REF_STRICT = 64,   // by strict code
  REF_DIRECT = 128,  // eval(), by its own name
};

// ---- Functions ----

typedef struct label {
  atom *name;
  uint32_t start, body; // offsets of the label and of the statement it stands before
  bool loop;
} label;

typedef struct function function;
struct function {
  function *outer;
  bool async, generator, arrow;
  bool top; // the text itself, not a function in it
  bool super_property, super_call, new_target;
  bool class_init;   // a field initializer or static block (or an arrow in one): no `arguments`
  bool static_block; // directly in one: no `await`
  bool simple_parameters;
  bool uses_saved;      // needs `$lodeT`
  bool uses_loop_frame; // needs `$lodeF`
  uint32_t labels;      // where its labels begin
  uint32_t breakables, loops;
  uint32_t trys;            // `try` statements around, in this function
  uint32_t awaits;          // seen so far inside of `try`
  uint32_t for_awaits;      // likewise
  uint32_t declarations_at; // where declarations of lode's own go: behind the directives
  uint32_t duplicate_parameter, strict_parameter; // offset of one that strict code refuses, or NONE
  token name; // its own, judged again when it turns out strict; type T_EOF where it has none
  // What to put back when it ends.
  bool outer_strict;
  uint32_t outer_await_name, outer_yield_or_await;
};

// ---- Expressions ----

typedef enum expr_kind {
  EX_VALUE,
  EX_NAME,
  EX_MEMBER,
  EX_CALL,
  EX_OPTIONAL,
  EX_OBJECT,
  EX_ARRAY,
  EX_ASSIGN,     // pattern = default
  EX_ARROW_HEAD, // (a, b) before =>
  EX_ARROW,
  EX_STRING, // a lone string literal: perhaps a directive
} expr_kind;

typedef struct expr {
  expr_kind kind;
  bool parenthesized;
  bool async;          // EX_ARROW_HEAD: async (...)
  bool simple;         // EX_ARROW_HEAD: names only
  bool private_member; // EX_MEMBER, EX_OPTIONAL: ends in .#x
  uint32_t start;
  atom *name;             // EX_NAME
  uint32_t ref;           // its reference, or NONE
  uint32_t refs, targets; // EX_ARROW_HEAD, patterns: where theirs begin
  // What is wrong with it as a value, as an assignment pattern, as a binding pattern: offset or NONE.
  uint32_t value_error, pattern_error, binding_error;
  const char *value_sentence, *pattern_sentence;
} expr;

typedef struct target {
  atom *name;
  uint32_t start;
} target;

// ---- The parser ----

// Edits at one place, in this order.
enum { EDIT_CLOSE, EDIT_DECLARE, EDIT_OPEN };
typedef struct pending_edit {
  uint32_t at, removed, order; // order: kind << 29 | sequence
  syntax_name inserted;
} pending_edit;

typedef struct parser {
  lexer lex; // first: p->lex.tok is the current token
  arena memory;
  syntax_options options;
  syntax_result *result;
  const char *stack_limit; // recursion ends when the stack grows past this address
  bool strict, no_in, module, rewriting, collect_refs;
  function *fn;
  scope *scope;
  declaration *free_declarations;
  cjs_names *cjs;
  uint32_t hazard_at; // the token that follows a statement ended without a semicolon
  uint32_t body_at;   // where the body of an if, a loop or a with starts, labels skipped; NONE
  uint32_t last_await_name, last_yield_or_await; // offsets; NONE
  bool exporting;                                // what is declared at the top is exported
  bool statement_was_string;                     // the statement just parsed was a lone string literal

  reference *refs;
  uint32_t ref_count, ref_capacity;
  reference *privates;
  uint32_t private_count, private_capacity;
  target *targets;
  uint32_t target_count, target_capacity;
  label *labels;
  uint32_t label_count, label_capacity;
  pending_edit *edits;
  uint32_t edit_count, edit_capacity;
  uint32_t for_await_end; // offset of the end of the last for await loop of this statement, or 0
  uint32_t *top_awaits;   // indices of the edits that close each await at the top of a module
  uint32_t top_await_count, top_await_capacity;

  uint32_t request_capacity, import_capacity, export_capacity;
  struct local_export {
    atom *local;
    uint32_t index, start; // index: of the export
  } * local_exports;       // export {local}: to be found in the module's scope
  uint32_t local_export_count, local_export_capacity;
  atom **free_names; // of a text for a context
  uint32_t free_count, free_capacity;
  uint32_t brackets;       // open parentheses and braces of expressions
  bool default_needs_name; // export default function () {}
} parser;

// The current token cannot stand where it stands: in V8's words for its kind and mode.
LODE_NORETURN void parse_unexpected(parser *p);
#define TOK (p->lex.tok)
#define fail(p, at, end, ...) lexer_fail(&(p)->lex, at, end, __VA_ARGS__)
#define fail_before(p, ...) lexer_fail(&(p)->lex, (p)->lex.prev_start, (p)->lex.prev_end, __VA_ARGS__)
#define unexpected(p) parse_unexpected(p)

static inline unsigned cjs_nesting(const parser *p) {
  return p->scope->outer || p->brackets ? CJS_NESTED : 0;
}
static inline void next(parser *p) { lexer_next(&p->lex); }
static inline bool is(const parser *p, token_type type) { return TOK.type == type; }
static inline bool is_word(const parser *p, int word) { // a contextual keyword, spelled without escapes
  return TOK.type == T_NAME && TOK.name->word == word && !(TOK.flags & TOKEN_ESCAPED);
}
static inline bool newline_before(const parser *p) { return TOK.flags & TOKEN_NEWLINE; }
static inline bool eat(parser *p, token_type type) {
  if (TOK.type != type) return false;
  next(p);
  return true;
}
static inline void expect(parser *p, token_type type) {
  if (LODE_UNLIKELY(TOK.type != type)) unexpected(p);
  next(p);
}
// A statement's end: a semicolon, or a place where one is inserted (12.10).
void parse_semicolon(parser *p);

void check_stack_slow(parser *p);
// Called by everything that recurses.
static inline void check_stack(parser *p) {
  if (LODE_UNLIKELY((const char *)__builtin_frame_address(0) < p->stack_limit)) check_stack_slow(p);
}

// scope.c
void scope_open(parser *p, scope *s, scope_kind kind);
void scope_close(parser *p);
void declare(parser *p, atom *name, declaration_kind kind, uint32_t start, uint32_t index);
void declare_private(parser *p, const token *name, bool is_static, char accessor /* 0, 'g', 's' */);
uint32_t reference_add(parser *p, const token *name, uint8_t flags); // NONE where nobody collects
void reference_private(parser *p, const token *name);
// What has been referred to so far resolves against this scope as it is now, and never against what it
// declares later.
void scope_settle(parser *p, scope *s);

// names: which ones may be used where
bool may_be_name(parser *p); // the current token may be an identifier reference here
void check_binding_name(parser *p, const token *name); // and may be bound
bool is_strict_reserved(const atom *name);
// In strict code: an old octal number, or a string with an old octal escape.
void refuse_octal(parser *p, const token *literal);
// What a parameter's default may not hold: the yield or await at this offset.
LODE_NORETURN void refuse_in_parameter(parser *p, uint32_t at);

// expression.c
static inline void expr_init(expr *e, uint32_t start) {
  *e = (expr){.kind = EX_VALUE,
              .start = start,
              .ref = NONE,
              .value_error = NONE,
              .pattern_error = NONE,
              .binding_error = NONE};
}
void parse_assign_cover(parser *p, expr *e); // what it is may still be open
void parse_assign(parser *p);                // a value
void parse_expression(parser *p, expr *e);   // a value, commas included
void parse_expression_value(parser *p);
void parse_unary(parser *p, expr *e);
void require_value(parser *p, const expr *e);
void require_target(parser *p, expr *e, bool pattern); // may be assigned to
void written_member(parser *p, const expr *e);         // a member that is assigned to or deleted
void parse_left_hand_side(parser *p, expr *e);
void parse_arguments(parser *p);

// primary.c, literal.c
void parse_primary(parser *p, expr *e);
void parse_name(parser *p, expr *e);
void parse_array(parser *p, expr *e);
void parse_object(parser *p, expr *e);
void parse_template(parser *p, bool tagged);
void parse_parenthesized(parser *p, expr *e);
void parse_async_call(parser *p, expr *e, const token *async); // at the ( behind `async`
// Notes that element is part of the pattern that outer would be.
void pattern_add(parser *p, expr *outer, expr *element);
// A property's key, up to what follows it; tells whether it was computed, and its name if it is a plain one.
typedef struct property_key {
  bool computed, private_name;
  token token;
  bool is_constructor, is_prototype, is_proto;
} property_key;
void parse_property_key(parser *p, property_key *key);

// function.c
enum {
  FN_ASYNC = 1,
  FN_GENERATOR = 2,
  FN_METHOD = 4,
  FN_CONSTRUCTOR = 8,
  FN_DERIVED = 16,
  FN_GETTER = 32,
  FN_SETTER = 64,
};
void function_open(parser *p, function *f, int flags);
void function_close(parser *p, function *f);
void parse_function_declaration(parser *p, uint32_t start, bool async, bool is_default, bool in_block);
void parse_function_expression(parser *p, bool async);
void parse_method(parser *p, int flags); // at its (
void parse_arrow(parser *p, expr *head); // at =>
void parse_directives_and_body(parser *p, token_type end);

// class.c
void parse_class(parser *p, bool declaration, bool is_default);

// pattern.c
void parse_binding(parser *p, declaration_kind kind);         // a name or a pattern
void parse_binding_element(parser *p, declaration_kind kind); // with a default
enum { BIND_TARGETS = 100 };                                  // as kind: puts names on `targets` instead

// statement.c
void parse_statement_list(parser *p, token_type end);
void parse_statement_list_item(parser *p);
void parse_statement(parser *p);
void parse_block_body(parser *p); // behind {, up to and with }
void parse_variables(parser *p, declaration_kind kind, bool is_const, bool in_for);

// module.c
void parse_import_declaration(parser *p);
void parse_export_declaration(parser *p);
void parse_import_call_or_meta(parser *p, expr *e, bool in_new);
void module_export_declared(parser *p, atom *name, uint32_t start); // for scope.c
void module_finish(parser *p);

// context.c
void context_free_name(parser *p, const reference *ref);
void context_delete(parser *p, const expr *operand, uint32_t start); // behind `delete name`
void context_function(parser *p, const token *name);
void context_block_function(parser *p, atom *name);
void context_pattern(parser *p, uint32_t refs);
void context_finish(parser *p);

// edits.c
// What follows the operand of an await.
#define AWAIT_PLAIN "),await $lode.v)"
#define AWAIT_GUARDED "),await $lode.v,$lodeT=0)"
void edit(parser *p, int order, uint32_t at, uint32_t removed, const char *text);
LODE_PRINTF(5, 6)
void edit_format(parser *p, int order, uint32_t at, uint32_t removed, const char *format, ...);
void edit_name(parser *p, const reference *ref, uint32_t import);
// Replaces the text from `at` to `end`, keeping its line ends.
void edit_replace(parser *p, int order, uint32_t at, uint32_t end, const char *text);
void edits_finish(parser *p);
char *syntax_format(parser *p, const char *format, ...) LODE_PRINTF(2, 3);

#endif
