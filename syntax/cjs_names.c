// SPDX-License-Identifier: MIT
//
// The names that a CommonJS file exports: the patterns. What they are is documented with Node's ES modules
// ("CommonJS namespaces") and frozen: a name found here and not by other versions of Node, or the other way
// about, would make programs that run on one only. So each pattern is as strict as theirs.
#include "syntax/cjs_names.h"

#include "syntax/cjs_reader.h"

#include <stdlib.h>

// ---- Sets of names, in order ----

typedef struct entry {
  syntax_name name;
  syntax_name value; // of a binding: what it requires
  uint32_t hash;
} entry;

typedef struct name_set {
  entry *entries;
  uint32_t count, room;
  uint32_t *table; // open addressing: index + 1
  uint32_t table_size;
} name_set;

struct cjs_names {
  const char *text, *end;
  name_set exports, reexports, bindings;
  syntax_name *export_list, *reexport_list;
  char **decoded; // strings that had escapes
  uint32_t decoded_count, decoded_room;
};

static void set_clear(name_set *set) {
  free(set->entries);
  free(set->table);
  *set = (name_set){0};
}

static void set_grow(name_set *set) {
  set->table_size = set->table_size ? set->table_size * 2 : 16;
  free(set->table);
  set->table = lode_zalloc(set->table_size * sizeof *set->table);
  for (uint32_t i = 0; i < set->count; i++) {
    uint32_t slot = set->entries[i].hash & (set->table_size - 1);
    while (set->table[slot]) slot = (slot + 1) & (set->table_size - 1);
    set->table[slot] = i + 1;
  }
}

static uint32_t hash_name(syntax_name name) {
  uint32_t hash = 2166136261u;
  for (uint32_t i = 0; i < name.length; i++) hash = (hash ^ (unsigned char)name.bytes[i]) * 16777619u;
  return hash;
}

// The slot where a name stands, or would.
static uint32_t set_slot(const name_set *set, syntax_name name, uint32_t hash) {
  uint32_t slot = hash & (set->table_size - 1);
  for (; set->table[slot]; slot = (slot + 1) & (set->table_size - 1)) {
    const entry *known = &set->entries[set->table[slot] - 1];
    if (known->hash == hash && known->name.length == name.length &&
        !memcmp(known->name.bytes, name.bytes, name.length)) {
      break;
    }
  }
  return slot;
}

static entry *set_find(name_set *set, syntax_name name) {
  if (!set->table_size) return NULL;
  uint32_t slot = set_slot(set, name, hash_name(name));
  return set->table[slot] ? &set->entries[set->table[slot] - 1] : NULL;
}

static entry *set_add(name_set *set, syntax_name name) {
  if ((set->count + 1) * 2 > set->table_size) set_grow(set);
  uint32_t hash = hash_name(name), slot = set_slot(set, name, hash);
  if (set->table[slot]) return &set->entries[set->table[slot] - 1];
  if (set->count == set->room) {
    set->room = set->room ? set->room * 2 : 8;
    set->entries = lode_realloc(set->entries, set->room * sizeof *set->entries);
  }
  set->entries[set->count++] = (entry){.name = name, .hash = hash};
  set->table[slot] = set->count;
  return &set->entries[set->count - 1];
}

// ---- What is found ----

// What a string's text stands for; false where nothing sensible.
static bool decode(cjs_names *names, syntax_name *name) {
  if (!memchr(name->bytes, '\\', name->length) && !memchr(name->bytes, 0xed, name->length)) return true;
  char *text = lode_alloc(name->length + 1);
  if (names->decoded_count == names->decoded_room) {
    names->decoded_room = names->decoded_room ? names->decoded_room * 2 : 8;
    names->decoded = lode_realloc(names->decoded, names->decoded_room * sizeof *names->decoded);
  }
  names->decoded[names->decoded_count++] = text;
  uint32_t length;
  if (!cjs_decode_string(*name, text, &length)) return false;
  *name = (syntax_name){text, length};
  return true;
}

static void found_export(cjs_names *names, syntax_name name, bool is_string) {
  if (is_string && !decode(names, &name)) return;
  set_add(&names->exports, name);
}

static void found_reexport(cjs_names *names, syntax_name specifier) {
  if (decode(names, &specifier)) set_add(&names->reexports, specifier);
}

// ---- Patterns ----

// require('x'), with the cursor at require, where no white space may stand.
static bool read_require(cjs_reader *r, syntax_name *specifier) {
  cjs_reader ahead = *r;
  if (ahead.at == ahead.end || *ahead.at != 'r' || !cjs_eat_word(&ahead, "require") ||
      !cjs_eat(&ahead, '(') || !cjs_read_string(&ahead, specifier) || !cjs_eat(&ahead, ')')) {
    return false;
  }
  *r = ahead;
  return true;
}

// exports or module.exports.
static bool eat_exports(cjs_reader *r) {
  cjs_reader ahead = *r;
  if (cjs_eat_word(r, "exports")) return true;
  if (cjs_eat_word(&ahead, "module") && cjs_eat(&ahead, '.') && cjs_eat_word(&ahead, "exports")) {
    *r = ahead;
    return true;
  }
  return false;
}

// The cursor must be where the next token starts.
static bool directly(const cjs_reader *r, char c) { return r->at < r->end && *r->at == c; }

// Behind `get`: the name of what it gets follows.
static bool is_getter(const cjs_reader *r, syntax_name name) {
  cjs_reader ahead = *r;
  syntax_name key;
  return name.length == 3 && !memcmp(name.bytes, "get", 3) && cjs_read_name(&ahead, &key);
}

// One property of module.exports = {...}; false where reading ends.
static bool read_property(cjs_names *names, cjs_reader *r) {
  syntax_name name, value;
  if (cjs_at(r) == '.') {
    if (r->end - r->at < 3 || memcmp(r->at, "...", 3)) return false;
    r->at += 3;
    if (read_require(r, &value)) {
      found_reexport(names, value);
      return true;
    }
    return r->at < r->end && !strchr(" \t\r\n/", *r->at) && cjs_read_name(r, &value);
  }
  bool is_string = cjs_at(r) == '"' || cjs_at(r) == '\'';
  if (is_string ? !cjs_read_string(r, &name) : !cjs_read_name(r, &name)) return false;
  if (cjs_eat(r, ':')) {
    cjs_reader ahead = *r;
    if (!cjs_read_name(r, &value)) return false;
    found_export(names, name, is_string);
    cjs_skip(&ahead);
    if (read_require(&ahead, &value)) {
      found_reexport(names, value);
      return false;
    }
    return directly(r, ',') || directly(r, '}'); // only a name ends here for sure
  }
  if (is_string || is_getter(r, name)) return false;
  found_export(names, name, false);
  return true;
}

// Behind module.exports =.
static void read_assigned(cjs_names *names, cjs_reader *r) {
  syntax_name specifier;
  set_clear(&names->reexports);
  cjs_skip(r);
  if (read_require(r, &specifier)) {
    found_reexport(names, specifier);
  } else if (cjs_eat(r, '{')) {
    while (read_property(names, r) && cjs_eat(r, ',')) {
    }
  }
}

// Behind exports or module.exports.
static void read_member(cjs_names *names, cjs_reader *r, bool of_module) {
  syntax_name name;
  switch (cjs_at(r)) {
  case '.':
    r->at++;
    if (cjs_read_name(r, &name) && cjs_eat(r, '=')) found_export(names, name, false);
    break;
  case '[':
    r->at++;
    if (cjs_read_string(r, &name) && cjs_eat(r, ']') && cjs_eat(r, '=')) found_export(names, name, true);
    break;
  case '=':
    r->at++;
    if (of_module) read_assigned(names, r);
  }
}

// get: function () { return ..., up to what is returned.
static bool read_getter_head(cjs_reader *r) {
  syntax_name name;
  if (!cjs_eat_word(r, "get")) return false;
  if (cjs_eat(r, ':')) {
    if (!cjs_eat_word(r, "function")) return false;
    cjs_read_name(r, &name);
  }
  return cjs_eat(r, '(') && cjs_eat(r, ')') && cjs_eat(r, '{') && cjs_eat_word(r, "return");
}

// ; } , } ) behind what a getter returns.
static bool read_getter_tail(cjs_reader *r) {
  cjs_eat(r, ';');
  if (!cjs_eat(r, '}')) return false;
  cjs_eat(r, ',');
  return cjs_eat(r, '}') && cjs_eat(r, ')');
}

static bool eat_enumerable(cjs_reader *r) {
  return cjs_eat_word(r, "enumerable") && cjs_eat(r, ':') && cjs_eat_word(r, "true") && cjs_eat(r, ',');
}

// What Object.defineProperty(exports, 'name' is followed by: a value, or a getter that reads a name or one
// member of it.
static bool read_safe_descriptor(cjs_reader *r) {
  syntax_name name;
  if (!cjs_eat(r, ',') || !cjs_eat(r, '{')) return false;
  if (cjs_at(r) == 'e' && !eat_enumerable(r)) return false;
  if (cjs_eat_word(r, "value")) return cjs_eat(r, ':');
  if (!read_getter_head(r) || !cjs_read_name(r, &name)) return false;
  if (cjs_eat(r, '.')) {
    if (!cjs_read_name(r, &name)) return false;
  } else if (cjs_eat(r, '[')) {
    if (!cjs_read_string(r, &name) || !cjs_eat(r, ']')) return false;
  }
  return read_getter_tail(r);
}

// Behind Object.defineProperty.
static void read_define(cjs_names *names, cjs_reader *r) {
  syntax_name name;
  if (!cjs_eat(r, '(') || !eat_exports(r) || !cjs_eat(r, ',') || !cjs_read_string(r, &name)) return;
  if (read_safe_descriptor(r)) found_export(names, name, true);
}

// ---- Loops that export everything of another module ----

static bool eat_operator(cjs_reader *r, const char *operator) {
  size_t length = strlen(operator);
  cjs_skip(r);
  if ((size_t)(r->end - r->at) < length || memcmp(r->at, operator, length)) return false;
  r->at += length;
  return true;
}

static bool eat_quoted(cjs_reader *r, const char *content) { return cjs_eat_string(r, content); }

// Object.hasOwnProperty.call(x, key), perhaps with .prototype.
static bool eat_has_own_call(cjs_reader *r, syntax_name key) {
  syntax_name name;
  if (!cjs_eat_word(r, "Object") || !cjs_eat(r, '.')) return false;
  if (cjs_eat_word(r, "prototype") && !cjs_eat(r, '.')) return false;
  return cjs_eat_word(r, "hasOwnProperty") && cjs_eat(r, '.') && cjs_eat_word(r, "call") && cjs_eat(r, '(') &&
         cjs_read_name(r, &name) && cjs_eat(r, ',') && cjs_eat_name(r, key) && cjs_eat(r, ')');
}

static bool eat_return(cjs_reader *r) {
  if (!cjs_eat(r, ')') || !cjs_eat_word(r, "return")) return false;
  cjs_eat(r, ';');
  return true;
}

// object[key]
static bool eat_index(cjs_reader *r, syntax_name object, syntax_name key) {
  return cjs_eat_name(r, object) && cjs_eat(r, '[') && cjs_eat_name(r, key) && cjs_eat(r, ']');
}

static bool eat_exports_index(cjs_reader *r, syntax_name key) {
  return eat_exports(r) && cjs_eat(r, '[') && cjs_eat_name(r, key) && cjs_eat(r, ']');
}

// if (Object.hasOwnProperty.call(x, key)) return; where it is there; false where it is another thing.
static bool eat_own_guard(cjs_reader *r, syntax_name key) {
  cjs_reader ahead = *r;
  if (!cjs_eat_word(&ahead, "if") || !cjs_eat(&ahead, '(') || cjs_at(&ahead) != 'O') return true;
  *r = ahead;
  return eat_has_own_call(r, key) && eat_return(r);
}

// if (key in exports && exports[key] === module[key]) return; likewise.
static bool eat_same_guard(cjs_reader *r, syntax_name object, syntax_name key) {
  cjs_reader ahead = *r;
  if (!cjs_eat_word(&ahead, "if")) return true;
  *r = ahead;
  return cjs_eat(r, '(') && cjs_eat_name(r, key) && cjs_eat_word(r, "in") && eat_exports(r) &&
         eat_operator(r, "&&") && eat_exports_index(r, key) && eat_operator(r, "===") &&
         eat_index(r, object, key) && eat_return(r);
}

// if (key === 'default' || key === '__esModule') return; and the guards that may follow.
static bool eat_returning_guards(cjs_reader *r, syntax_name object, syntax_name key) {
  return eat_quoted(r, "default") && eat_operator(r, "||") && cjs_eat_name(r, key) &&
         eat_operator(r, "===") && eat_quoted(r, "__esModule") && eat_return(r) && eat_own_guard(r, key) &&
         eat_same_guard(r, object, key);
}

// key !== 'default' && !x.hasOwnProperty(key)), its start being read.
static bool eat_condition(cjs_reader *r, syntax_name key) {
  syntax_name name;
  if (!eat_quoted(r, "default")) return false;
  if (eat_operator(r, "&&")) {
    cjs_reader ahead;
    if (!cjs_eat(r, '!')) return false;
    ahead = *r;
    if (eat_has_own_call(&ahead, key)) {
      *r = ahead;
    } else if (!cjs_read_name(r, &name) || !cjs_eat(r, '.') || !cjs_eat_word(r, "hasOwnProperty") ||
               !cjs_eat(r, '(') || !cjs_eat_name(r, key) || !cjs_eat(r, ')')) {
      return false;
    }
  }
  return cjs_eat(r, ')');
}

// exports[key] = module[key], or the same as a getter.
static bool eat_copy(cjs_reader *r, syntax_name object, syntax_name key) {
  if (!cjs_eat_word(r, "Object")) {
    return eat_exports_index(r, key) && cjs_eat(r, '=') && eat_index(r, object, key);
  }
  return cjs_eat(r, '.') && cjs_eat_word(r, "defineProperty") && cjs_eat(r, '(') && eat_exports(r) &&
         cjs_eat(r, ',') && cjs_eat_name(r, key) && cjs_eat(r, ',') && cjs_eat(r, '{') && eat_enumerable(r) &&
         read_getter_head(r) && eat_index(r, object, key) && read_getter_tail(r);
}

// Behind Object.keys.
static void read_loop(cjs_names *names, cjs_reader *r) {
  syntax_name object, key;
  if (!cjs_eat(r, '(') || !cjs_read_name(r, &object) || !cjs_eat(r, ')') || !cjs_eat(r, '.')) return;
  if (!cjs_eat_word(r, "forEach") || !cjs_eat(r, '(') || !cjs_eat_word(r, "function")) return;
  if (!cjs_eat(r, '(') || !cjs_read_name(r, &key) || !cjs_eat(r, ')') || !cjs_eat(r, '{')) return;
  if (!cjs_eat_word(r, "if") || !cjs_eat(r, '(') || !cjs_eat_name(r, key)) return;
  if (eat_operator(r, "===") ? !eat_returning_guards(r, object, key)
                             : !eat_operator(r, "!==") || !eat_condition(r, key)) {
    return;
  }
  if (!eat_copy(r, object, key)) return;
  cjs_eat(r, ';');
  if (!cjs_eat(r, '}') || !cjs_eat(r, ')')) return;
  entry *binding = set_find(&names->bindings, object);
  if (binding) found_reexport(names, binding->value);
}

// var x = require('y'), perhaps in a wrapper, found at what is called.
static void read_binding(cjs_names *names, cjs_reader *r, bool wrapped) {
  syntax_name name, specifier;
  if (!cjs_behind_declaration(r, &name)) return;
  if (wrapped) {
    r->at += strlen("_interopRequireWildcard");
    if (!directly(r, '(')) return;
    r->at++;
  }
  if (!read_require(r, &specifier)) return;
  entry *binding = set_add(&names->bindings, name);
  if (!binding->value.bytes) binding->value = specifier; // the first declaration counts
}

// __export(require('x')
static void read_star(cjs_names *names, cjs_reader *r) {
  syntax_name specifier;
  if (!directly(r, '(')) return;
  r->at++;
  if (read_require(r, &specifier)) found_reexport(names, specifier);
}

// ---- The interface ----

static const char *const helpers[] = {
    "exports", "module", "Object", "__exportStar", "require", "_interopRequireWildcard", "__export"};
enum { NAME_EXPORTS, NAME_MODULE, NAME_OBJECT, NAME_EXPORT_STAR, NAME_REQUIRE, NAME_WILDCARD, NAME_EXPORT };

static int which(const char *name, size_t length) {
  for (size_t i = 0; i < LODE_COUNT(helpers); i++) {
    if (strlen(helpers[i]) == length && !memcmp(helpers[i], name, length)) return (int)i;
  }
  return -1;
}

bool cjs_names_interesting(const char *name, size_t length) {
  switch (length) {
  case 6:
  case 7:
  case 8:
  case 12:
  case 23:
    return which(name, length) >= 0;
  default:
    return false;
  }
}

cjs_names *cjs_names_new(const char *text, size_t length) {
  cjs_names *names = lode_zalloc(sizeof *names);
  names->text = text;
  names->end = text + length;
  return names;
}

void cjs_names_free(cjs_names *names) {
  if (!names) return;
  set_clear(&names->exports);
  set_clear(&names->reexports);
  set_clear(&names->bindings);
  free(names->export_list);
  free(names->reexport_list);
  for (uint32_t i = 0; i < names->decoded_count; i++) free(names->decoded[i]);
  free(names->decoded);
  free(names);
}

void cjs_names_visit(cjs_names *names, size_t at, unsigned flags) {
  cjs_reader r = {names->text, names->text + at, names->end};
  syntax_name name;
  bool top = !(flags & CJS_NESTED);
  const char *start = r.at;
  if (!cjs_read_name(&r, &name)) return;
  int helper = which(name.bytes, name.length);
  if (flags & CJS_AFTER_DOT && helper != NAME_EXPORT && helper != NAME_EXPORT_STAR) return;
  switch (helper) {
  case NAME_EXPORTS:
    read_member(names, &r, false);
    break;
  case NAME_MODULE:
    if (cjs_eat(&r, '.') && cjs_eat_word(&r, "exports")) read_member(names, &r, true);
    break;
  case NAME_OBJECT:
    if (!cjs_eat(&r, '.')) break;
    if (cjs_eat_word(&r, "defineProperty"))
      read_define(names, &r);
    else if (top && cjs_eat_word(&r, "keys"))
      read_loop(names, &r);
    break;
  case NAME_EXPORT:
  case NAME_EXPORT_STAR:
    if (top) read_star(names, &r);
    break;
  case NAME_REQUIRE:
  case NAME_WILDCARD:
    r.at = start;
    if (top) read_binding(names, &r, helper == NAME_WILDCARD);
  }
}

static uint32_t list_names(const name_set *set, syntax_name **list, const syntax_name **out) {
  *list = lode_realloc(*list, (set->count + 1) * sizeof(syntax_name));
  for (uint32_t i = 0; i < set->count; i++) (*list)[i] = set->entries[i].name;
  *out = *list;
  return set->count;
}

uint32_t cjs_names_exports(cjs_names *names, const syntax_name **out) {
  return list_names(&names->exports, &names->export_list, out);
}

uint32_t cjs_names_reexports(cjs_names *names, const syntax_name **out) {
  return list_names(&names->reexports, &names->reexport_list, out);
}
