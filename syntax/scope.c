// SPDX-License-Identifier: MIT
//
// What is declared where, and which name means what.
//
// A name's declarations that are visible now hang on its atom, innermost first; those of a scope hang on the
// scope, to be taken back when it closes. So a look-up is one comparison, and so is the check for a double
// declaration.
#include "syntax/parser.h"

void scope_open(parser *p, scope *s, scope_kind kind) {
  *s = (scope){.outer = p->scope,
               .kind = kind,
               .start = TOK.start,
               .refs = p->ref_count,
               .privates = p->private_count,
               .depth = p->scope ? p->scope->depth + 1 : 0,
               .lexical_functions = kind != SCOPE_FUNCTION};
  p->scope = s;
}

// ---- Declaring ----

static LODE_NORETURN void declared_twice(parser *p, const atom *name, uint32_t start) {
  fail(p, start, start + name->length, "Identifier '%.*s' has already been declared", (int)name->length,
       name->bytes);
}

// Enters a declaration into scope s, behind those of inner scopes that are visible already.
static void enter(parser *p, scope *s, atom *name, declaration_kind kind, uint32_t index) {
  declaration *d = p->free_declarations;
  if (d)
    p->free_declarations = d->in_scope;
  else
    d = arena_alloc(&p->memory, sizeof *d);
  declaration **slot = &name->innermost;
  while (*slot && (*slot)->owner->depth > s->depth) slot = &(*slot)->outer;
  *d = (declaration){
      .in_scope = s->first, .outer = *slot, .name = name, .owner = s, .kind = kind, .index = index};
  *slot = d;
  s->first = d;
}

static declaration *find_in(const atom *name, const scope *s) {
  declaration *d = name->innermost;
  while (d && d->owner->depth > s->depth) d = d->outer;
  return d && d->owner == s ? d : NULL;
}

static bool is_varlike(declaration_kind kind) {
  return kind == DECL_VAR || kind == DECL_FUNCTION || kind == DECL_PARAMETER;
}

static scope *function_scope(scope *s) {
  while (s->kind != SCOPE_FUNCTION) s = s->outer;
  return s;
}

// A `var` belongs to its function, and collides with what the blocks on the way up to that declare. The
// blocks' own declarations to come must not repeat it either: its `index` is the offset of its last `var`.
static void declare_var(parser *p, atom *name, declaration_kind kind, uint32_t start) {
  scope *owner = function_scope(p->scope);
  declaration *d = name->innermost;
  for (; d && d->owner->depth > owner->depth; d = d->outer) {
    if (d->kind != DECL_CATCH) declared_twice(p, name, start);
  }
  if (!d || d->owner != owner) {
    enter(p, owner, name, kind, start);
  } else if (is_varlike(d->kind)) {
    d->index = start;
  } else {
    declared_twice(p, name, start);
  }
}

// Whether a `var` of this name stands in block s, which is still open.
static bool has_var(const atom *name, scope *s) {
  if (s->kind != SCOPE_BLOCK) return false;
  const declaration *d = find_in(name, function_scope(s));
  return d && is_varlike(d->kind) && d->index >= s->start && d->index > 0;
}

void declare(parser *p, atom *name, declaration_kind kind, uint32_t start, uint32_t index) {
  scope *s = p->scope;
  if (LODE_UNLIKELY(p->exporting) && !s->outer) module_export_declared(p, name, start);
  if (kind == DECL_FUNCTION && s->lexical_functions) kind = DECL_LEXICAL;
  if (kind == DECL_VAR || kind == DECL_FUNCTION) {
    declare_var(p, name, kind, start);
    return;
  }
  declaration *d = find_in(name, s);
  if (d) {
    if (kind == DECL_PARAMETER && d->kind == DECL_PARAMETER) {
      if (p->fn->duplicate_parameter == NONE) p->fn->duplicate_parameter = start;
      return;
    }
    if (kind == DECL_SLOPPY_FUNCTION && d->kind == DECL_SLOPPY_FUNCTION) return;
    declared_twice(p, name, start);
  }
  if (has_var(name, s)) declared_twice(p, name, start);
  enter(p, s, name, kind, index);
}

enum { PRIVATE_GETTER = 1, PRIVATE_SETTER = 2, PRIVATE_STATIC = 4 };

void declare_private(parser *p, const token *name, bool is_static, char accessor) {
  uint32_t bits = (accessor == 'g'   ? PRIVATE_GETTER
                   : accessor == 's' ? PRIVATE_SETTER
                                     : 0) |
                  (is_static ? PRIVATE_STATIC : 0);
  declaration *d = find_in(name->name, p->scope);
  if (!d) {
    enter(p, p->scope, name->name, DECL_PRIVATE, bits);
    return;
  }
  uint32_t half = bits & 3, there = d->index & 3;
  if (half && there && half + there == 3 && (d->index & PRIVATE_STATIC) == (bits & PRIVATE_STATIC))
    d->index |= bits;
  else
    declared_twice(p, name->name, name->start);
}

// ---- Referring ----

uint32_t reference_add(parser *p, const token *name, uint8_t flags) {
  if (!p->collect_refs) return NONE;
  *ARENA_PUSH(&p->memory, p->refs, p->ref_count, p->ref_capacity) =
      (reference){.name = name->name, .start = name->start, .end = name->end, .flags = flags};
  return p->ref_count - 1;
}

void reference_private(parser *p, const token *name) {
  if (p->options.goal == SYNTAX_EVAL) return; // the classes around are not known
  *ARENA_PUSH(&p->memory, p->privates, p->private_count, p->private_capacity) =
      (reference){.name = name->name, .start = name->start, .end = name->end};
}

// What the scope of the text is left with: references to imports, and to what nobody declares.
static void resolve_at_top(parser *p, const reference *ref) {
  const declaration *d = ref->name->innermost;
  if (p->options.context && !d && !(p->module && ref->name->word == WORD_ARGUMENTS)) {
    context_free_name(p, ref);
    return;
  }
  if (!p->module) return;
  if (d && d->kind == DECL_IMPORT)
    edit_name(p, ref, d->index);
  else if (!d && ref->name->word == WORD_ARGUMENTS && p->rewriting) {
    // The function round the module has an `arguments`, the module has none.
    edit(p, EDIT_OPEN, ref->start, ref->end - ref->start,
         ref->flags & REF_TYPEOF ? "void 0" : "$lode.arguments");
  }
}

static void resolve(parser *p, scope *s) {
  uint32_t kept = s->refs;
  bool own_arguments = s->kind == SCOPE_FUNCTION && !s->arrow && s->outer;
  for (uint32_t i = s->refs; i < p->ref_count; i++) {
    const reference *ref = &p->refs[i];
    const declaration *d = ref->name->innermost;
    if (d && d->owner == s) {
      if (d->kind == DECL_IMPORT) edit_name(p, ref, d->index);
      continue;
    }
    if (own_arguments && ref->name->word == WORD_ARGUMENTS) continue;
    if (!s->outer)
      resolve_at_top(p, ref);
    else
      p->refs[kept++] = *ref;
  }
  p->ref_count = s->outer ? kept : s->refs;
}

static void resolve_privates(parser *p, scope *s) {
  uint32_t kept = s->privates;
  for (uint32_t i = s->privates; i < p->private_count; i++) {
    const reference *ref = &p->privates[i];
    const declaration *d = ref->name->innermost;
    if (d && d->owner == s) continue;
    p->privates[kept++] = *ref;
  }
  p->private_count = kept;
  bool outermost = true;
  for (scope *o = s->outer; o; o = o->outer) outermost &= o->kind != SCOPE_CLASS;
  if (outermost && kept > s->privates) {
    const reference *ref = &p->privates[s->privates];
    fail(p, ref->start, ref->end, "Private field '%.*s' must be declared in an enclosing class",
         (int)ref->name->length, ref->name->bytes);
  }
}

void scope_settle(parser *p, scope *s) {
  if (p->collect_refs) resolve(p, s);
  s->refs = p->ref_count;
}

void scope_close(parser *p) {
  scope *s = p->scope;
  if (s->kind == SCOPE_CLASS || !s->outer) resolve_privates(p, s);
  // A scope that declares nothing resolves nothing: its references stay where they are.
  if (p->collect_refs && (s->first || s->kind == SCOPE_FUNCTION)) resolve(p, s);
  for (declaration *d = s->first, *after; d; d = after) {
    after = d->in_scope;
    CHECK(d->name->innermost == d);
    d->name->innermost = d->outer;
    d->in_scope = p->free_declarations;
    p->free_declarations = d;
  }
  p->scope = s->outer;
}
