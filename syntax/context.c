// SPDX-License-Identifier: MIT
//
// Texts that run in a context of node:vm. There the global names live on an object of the program's, and the
// engine's global object only has accessors that lead to it. So whoever runs the text must know its names
// beforehand (modules/vm/contexts.js): those it declares at its top and those it uses without declaring them.
// Some things are written differently, with `$lodeX`, the context, as a constant of its global scope
// (docs/rewriting.md): functions at the top, `typeof x` and `delete x` of names that nothing declares, `eval`
// where it is not called by its name, import().
//
// A name is noted once however often it is used. That a use may find a variable after all (of a `with`, of a
// direct eval, a function in a block) does no harm: nobody asks the accessor then.
#include "syntax/parser.h"

#include <stdio.h>

// Bits of an atom's `free` beside the SYNTAX_FREE_ ones.
enum { USES = 7, IS_FUNCTION = 64 };

static void note_free(parser *p, atom *name, unsigned uses) {
  if (!(name->free & USES)) *ARENA_PUSH(&p->memory, p->free_names, p->free_count, p->free_capacity) = name;
  name->free |= (uint8_t)uses;
}

static void edit_eval(parser *p, const reference *ref) {
  if (ref->flags & (REF_DIRECT | REF_WRITTEN | REF_TYPEOF)) return;
  if (ref->flags & REF_SHORTHAND)
    edit(p, EDIT_CLOSE, ref->end, 0, ":$lodeX.v");
  else
    edit(p, EDIT_OPEN, ref->start, ref->end - ref->start,
         ref->flags & REF_CALLEE ? (ref->flags & REF_HAZARD ? ";(0,$lodeX.v)" : "(0,$lodeX.v)") : "$lodeX.v");
}

void context_free_name(parser *p, const reference *ref) {
  unsigned uses = !(ref->flags & REF_WRITTEN) ? SYNTAX_FREE_READ
                  : (ref->flags & REF_STRICT) ? SYNTAX_FREE_STRICT
                                              : SYNTAX_FREE_WRITTEN;
  note_free(p, ref->name, uses);
  if (!p->rewriting) return;
  if (ref->name->word == WORD_EVAL) {
    edit_eval(p, ref);
    return;
  }
  if (!(ref->flags & REF_TYPEOF)) return;
  edit(p, EDIT_OPEN, ref->start, 0, "$lodeX.t($lodeX.q=1,");
  edit(p, EDIT_CLOSE, ref->end, 0, ")");
}

// A pattern is assigned to: the names in it, from reference `refs` on, are written, or at least may be.
void context_pattern(parser *p, uint32_t refs) {
  for (uint32_t i = refs; i < p->ref_count; i++)
    p->refs[i].flags |= (uint8_t)(p->strict ? REF_WRITTEN | REF_STRICT : REF_WRITTEN);
}

void context_delete(parser *p, const expr *operand, uint32_t start) {
  if (!p->rewriting) return;
  char *quoted = arena_alloc(&p->memory, (size_t)operand->name->length * 6 + 1);
  *syntax_quote((syntax_name){operand->name->bytes, operand->name->length}, quoted) = 0;
  edit(p, EDIT_OPEN, start, 0, "$lodeX.d(");
  edit_format(p, EDIT_CLOSE, p->lex.prev_end, 0, ",\"%s\")", quoted);
}

// A function at the top. That of a direct eval may belong to the function around: it stays as it is.
void context_function(parser *p, const token *name) {
  name->name->free |= IS_FUNCTION;
  if (p->rewriting && p->options.goal == SYNTAX_SCRIPT) edit(p, EDIT_OPEN, name->start, 0, "$lode$");
}

// A function in a block of sloppy code becomes a variable of the text, perhaps (Annex B.3.3).
void context_block_function(parser *p, atom *name) {
  if (p->fn->top) note_free(p, name, SYNTAX_FREE_WRITTEN);
}

// ---- The end ----

// The functions go to the context before anything else happens.
static void edit_prelude(parser *p, const syntax_context_names *names) {
  size_t size = sizeof ";var $lodeU=$lodeX.f();";
  for (uint32_t i = 0; i < names->function_count; i++) size += (size_t)names->functions[i].length * 7 + 12;
  char *text = arena_alloc(&p->memory, size), *at = text + sprintf(text, ";var $lodeU=$lodeX.f(");
  for (uint32_t i = 0; i < names->function_count; i++) {
    syntax_name name = names->functions[i];
    if (i) *at++ = ',';
    *at++ = '"';
    at = syntax_quote(name, at);
    at += sprintf(at, "\",$lode$%.*s", (int)name.length, name.bytes);
  }
  strcpy(at, ");");
  edit(p, EDIT_DECLARE, p->fn->declarations_at, 0, text);
}

static bool is_var(const declaration *d) { return d->kind == DECL_VAR || d->kind == DECL_FUNCTION; }

// In the order of the text; the scope has them the other way round.
static void list_declared(parser *p, syntax_context_names *names) {
  uint32_t vars = 0, functions = 0;
  for (const declaration *d = p->scope->first; d; d = d->in_scope)
    if (is_var(d)) *(d->name->free & IS_FUNCTION ? &functions : &vars) += 1;
  names->vars = arena_alloc(&p->memory, (vars + 1) * sizeof *names->vars);
  names->functions = arena_alloc(&p->memory, (functions + 1) * sizeof *names->functions);
  names->var_count = vars;
  names->function_count = functions;
  for (const declaration *d = p->scope->first; d; d = d->in_scope) {
    if (!is_var(d)) continue;
    syntax_name name = {d->name->bytes, d->name->length};
    if (d->name->free & IS_FUNCTION)
      names->functions[--functions] = name;
    else
      names->vars[--vars] = name;
  }
}

static void list_free(parser *p, syntax_context_names *names) {
  names->free = arena_alloc(&p->memory, (p->free_count + 1) * sizeof *names->free);
  names->free_count = p->free_count;
  for (uint32_t i = 0; i < p->free_count; i++) {
    const atom *name = p->free_names[i];
    names->free[i] = (syntax_free_name){.name = {name->bytes, name->length}, .uses = name->free & USES};
  }
}

void context_finish(parser *p) {
  syntax_context_names *names = &p->result->names;
  scope_settle(p, p->scope);
  if (!p->module) list_declared(p, names);
  list_free(p, names);
  if (p->rewriting && names->function_count && p->options.goal == SYNTAX_SCRIPT) edit_prelude(p, names);
}
