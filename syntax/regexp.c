// SPDX-License-Identifier: MIT
//
// Regular-expression literals: patterns, groups, names and quantifiers; classes are in regexp_class.c,
// escapes in regexp_escape.c, properties in regexp_property.c.
//
// One pass from left to right. Open groups are on a stack of their own. A group's name may be used again only
// where a
// `|` keeps the two apart: the offsets that the open groups have behind them in alternatives that are over
// make ordered, disjoint ranges, and the last use of a name lies in one of them or collides.
#include "syntax/regexp.h"

#include "syntax/regexp_parts.h"

#include <stdlib.h>
#include <unicode/uchar.h>

enum group_kind { GROUP_PLAIN, GROUP_LOOKAHEAD, GROUP_LOOKBEHIND };

typedef struct group {
  uint32_t start;       // the offset behind its opening
  uint32_t alternative; // where its current alternative starts
  enum group_kind kind;
} group;

#define NEVER UINT32_MAX

typedef struct group_name {
  uint32_t at, length; // in name_text
  uint32_t hash;
  uint32_t last; // offset of the last group of this name, or NEVER
  bool referenced;
} group_name;

typedef struct pattern {
  regexp r;
  group *groups;
  size_t depth, group_room;
  char *name_text;
  size_t name_length, name_room;
  group_name *names;
  size_t name_count, names_room;
  uint32_t *table; // open addressing: index of a name + 1
  size_t table_size;
  bool duplicate; // a name stands twice where both may take part: said last, as V8 does
} pattern;

bool regexp_fail(regexp *r, const char *error) {
  if (!r->error) r->error = error;
  return false;
}

static uint32_t offset_of(const pattern *p) { return (uint32_t)(p->r.at - p->r.start); }

// Groups

static void group_push(pattern *p, enum group_kind kind) {
  if (p->depth == p->group_room) {
    p->group_room = p->group_room ? p->group_room * 2 : 16;
    p->groups = lode_realloc(p->groups, p->group_room * sizeof *p->groups);
  }
  uint32_t here = offset_of(p);
  p->groups[p->depth++] = (group){here, here, kind};
}

// Whether `|` keeps what stands at `offset`, earlier in the text, apart from what stands at the cursor.
static bool kept_apart(const pattern *p, uint32_t offset) {
  size_t low = 0, high = p->depth; // the last open group that starts at or before offset
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (p->groups[middle].start <= offset)
      low = middle;
    else
      high = middle;
  }
  return p->groups[low].start <= offset && offset < p->groups[low].alternative;
}

// Names

static void name_add_point(pattern *p, uint32_t point) {
  if (p->name_room - p->name_length < 4) {
    p->name_room = p->name_room ? p->name_room * 2 : 64;
    p->name_text = lode_realloc(p->name_text, p->name_room);
  }
  memcpy(p->name_text + p->name_length, &point, 4);
  p->name_length += 4;
}

static void table_grow(pattern *p) {
  p->table_size = p->table_size ? p->table_size * 2 : 16;
  free(p->table);
  p->table = lode_zalloc(p->table_size * sizeof *p->table);
  for (size_t i = 0; i < p->name_count; i++) {
    size_t slot = p->names[i].hash & (p->table_size - 1);
    while (p->table[slot]) slot = (slot + 1) & (p->table_size - 1);
    p->table[slot] = (uint32_t)i + 1;
  }
}

// The name whose text was appended last, from `at` on; the text goes again if the name was known.
static group_name *name_intern(pattern *p, size_t at) {
  uint32_t length = (uint32_t)(p->name_length - at), hash = 2166136261u;
  for (size_t i = at; i < p->name_length; i++) hash = (hash ^ (unsigned char)p->name_text[i]) * 16777619u;
  if ((p->name_count + 1) * 2 > p->table_size) table_grow(p);
  size_t slot = hash & (p->table_size - 1);
  for (; p->table[slot]; slot = (slot + 1) & (p->table_size - 1)) {
    group_name *known = &p->names[p->table[slot] - 1];
    if (known->hash != hash || known->length != length) continue;
    if (memcmp(p->name_text + known->at, p->name_text + at, length)) continue;
    p->name_length = at;
    return known;
  }
  if (p->name_count == p->names_room) {
    p->names_room = p->names_room ? p->names_room * 2 : 8;
    p->names = lode_realloc(p->names, p->names_room * sizeof *p->names);
  }
  p->table[slot] = (uint32_t)p->name_count + 1;
  p->names[p->name_count] = (group_name){(uint32_t)at, length, hash, NEVER, false};
  return &p->names[p->name_count++];
}

static bool is_name_point(uint32_t point, bool first) {
  if (point == '$' || point == '_') return true;
  if (first) return u_hasBinaryProperty((UChar32)point, UCHAR_ID_START);
  return u_hasBinaryProperty((UChar32)point, UCHAR_ID_CONTINUE) || point == 0x200c || point == 0x200d;
}

// GroupName behind its `<`; NULL with an error.
static group_name *read_name(pattern *p) {
  regexp *r = &p->r;
  size_t at = p->name_length;
  while (r->at < r->end && *r->at != '>') {
    uint32_t point = regexp_read_point(r);
    if (point == '\\' && regexp_eat(r, 'u') && !regexp_read_unicode_escape(r, true, &point)) {
      regexp_fail(r, "Invalid Unicode escape");
      return NULL;
    }
    if (!is_name_point(point, p->name_length == at)) {
      regexp_fail(r, "Invalid capture group name");
      return NULL;
    }
    name_add_point(p, point);
  }
  if (p->name_length == at || !regexp_eat(r, '>')) {
    regexp_fail(r, "Invalid capture group name");
    return NULL;
  }
  return name_intern(p, at);
}

static bool open_named(pattern *p, uint32_t offset) {
  group_name *name = read_name(p);
  if (!name) return false;
  if (name->last != NEVER && !kept_apart(p, name->last)) p->duplicate = true;
  name->last = offset;
  return true;
}

static bool reference_name(pattern *p) {
  regexp *r = &p->r;
  regexp_count_groups(r);
  if (!r->unicode && !r->has_names) return true; // \k is k
  if (!regexp_eat(r, '<')) return regexp_fail(r, "Invalid named reference");
  group_name *name = read_name(p);
  if (name) name->referenced = true;
  return name != NULL;
}

static bool check_references(pattern *p) {
  for (size_t i = 0; i < p->name_count; i++) {
    if (p->names[i].referenced && p->names[i].last == NEVER) {
      return regexp_fail(&p->r, "Invalid named capture referenced");
    }
  }
  return true;
}

// The parts of a pattern

// (?ims-ims: behind the question mark.
static bool open_modifiers(pattern *p) {
  regexp *r = &p->r;
  unsigned seen = 0;
  bool dash = false;
  for (;; r->at++) {
    unsigned bit = 0;
    switch (regexp_peek(r)) {
    case 'i':
      bit = 1;
      break;
    case 'm':
      bit = 2;
      break;
    case 's':
      bit = 4;
      break;
    case '-':
      if (dash) return regexp_fail(r, "Multiple dashes in flag group");
      dash = true;
      continue;
    case ':':
      if (!seen) return regexp_fail(r, "Invalid flag group");
      r->at++;
      group_push(p, GROUP_PLAIN);
      return true;
    default:
      return regexp_fail(r, "Invalid group");
    }
    if (seen & bit) return regexp_fail(r, "Repeated flag in flag group");
    seen |= bit;
  }
}

static bool open_group(pattern *p) {
  regexp *r = &p->r;
  uint32_t offset = offset_of(p);
  enum group_kind kind = GROUP_PLAIN;
  r->at++;
  if (regexp_eat(r, '?')) {
    switch (regexp_peek(r)) {
    case ':':
      r->at++;
      break;
    case '=':
    case '!':
      r->at++;
      kind = GROUP_LOOKAHEAD;
      break;
    case '<':
      r->at++;
      if (regexp_peek(r) == '=' || regexp_peek(r) == '!') {
        r->at++;
        kind = GROUP_LOOKBEHIND;
        break;
      }
      if (!open_named(p, offset)) return false;
      break;
    case '-':
    case 'i':
    case 'm':
    case 's':
      return open_modifiers(p);
    default:
      return regexp_fail(r, "Invalid group");
    }
  }
  group_push(p, kind);
  return true;
}

static uint32_t read_count(regexp *r) {
  uint64_t count = 0;
  for (; r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++) {
    if (count < INT32_MAX) count = count * 10 + (uint64_t)(*r->at - '0');
  }
  return count < INT32_MAX ? (uint32_t)count : INT32_MAX;
}

static bool at_digit(const regexp *r) { return regexp_peek(r) >= '0' && regexp_peek(r) <= '9'; }

// {n}, {n,} or {n,m} under the cursor. False, with the cursor where it was, where the text is none of them.
static bool read_braces(regexp *r, uint32_t *low, uint32_t *high) {
  const char *start = r->at++;
  if (at_digit(r)) {
    *low = *high = read_count(r);
    if (regexp_eat(r, ',')) *high = at_digit(r) ? read_count(r) : INT32_MAX;
    if (regexp_eat(r, '}')) return true;
  }
  r->at = start;
  return false;
}

static bool check_quantifier(regexp *r) {
  uint32_t low, high;
  switch (regexp_peek(r)) {
  case '*':
  case '+':
  case '?':
    r->at++;
    break;
  case '{':
    if (read_braces(r, &low, &high)) {
      if (high < low) return regexp_fail(r, "numbers out of order in {} quantifier");
      break;
    }
    return !r->unicode || regexp_fail(r, "Incomplete quantifier");
  default:
    return true;
  }
  regexp_eat(r, '?');
  return true;
}

// Closes the innermost group; lookaheads may be repeated as Annex B says.
static bool close_group(pattern *p) {
  regexp *r = &p->r;
  if (p->depth == 1) return regexp_fail(r, "Unmatched ')'");
  enum group_kind kind = p->groups[--p->depth].kind;
  r->at++;
  const char *behind = r->at;
  if (!check_quantifier(r)) return false;
  bool quantifiable = kind == GROUP_PLAIN || (kind == GROUP_LOOKAHEAD && !r->unicode);
  return quantifiable || r->at == behind || regexp_fail(r, "Invalid quantifier");
}

// \1 to \9 and what follows, under u and v; else whatever follows is valid, as a reference or as an octal
// escape.
static bool check_back_reference(regexp *r) {
  if (!r->unicode) {
    r->at++;
    return true;
  }
  uint32_t number = read_count(r);
  regexp_count_groups(r);
  return number <= r->captures || regexp_fail(r, "Invalid escape");
}

static bool check_escape(pattern *p, bool *quantifiable) {
  regexp *r = &p->r;
  uint32_t point;
  bool strings;
  r->at++;
  int next = regexp_peek(r);
  switch (next) {
  case -1:
    return regexp_fail(r, "\\ at end of pattern");
  case 'b':
  case 'B':
    r->at++;
    *quantifiable = false;
    return true;
  case 'd':
  case 'D':
  case 's':
  case 'S':
  case 'w':
  case 'W':
    r->at++;
    return true;
  case 'p':
  case 'P':
    r->at++;
    return !r->unicode || regexp_check_property(r, next == 'P', &strings) ||
           regexp_fail(r, "Invalid property name");
  case 'k':
    r->at++;
    return reference_name(p);
  case '1' ... '9':
    return check_back_reference(r);
  default:
    return regexp_read_character_escape(r, false, &point);
  }
}

// `{`, `}` or `]` where an atom should stand: text of its own where Annex B allows it.
static bool check_lone_bracket(regexp *r) {
  uint32_t low, high;
  if (*r->at == '{' && read_braces(r, &low, &high)) return regexp_fail(r, "Nothing to repeat");
  if (r->unicode) return regexp_fail(r, "Lone quantifier brackets");
  r->at++;
  return true;
}

// One term, or what stands between terms.
static bool check_term(pattern *p) {
  regexp *r = &p->r;
  bool quantifiable = true;
  switch (*r->at) {
  case '|':
    r->at++;
    p->groups[p->depth - 1].alternative = offset_of(p);
    return true;
  case '^':
  case '$':
    r->at++;
    return true;
  case '(':
    return open_group(p);
  case '*':
  case '+':
  case '?':
    return regexp_fail(r, "Nothing to repeat");
  case ')':
    return close_group(p);
  case '[':
    r->at++;
    if (!regexp_check_class(r)) return false;
    break;
  case '{':
  case '}':
  case ']':
    if (!check_lone_bracket(r)) return false;
    break;
  case '\\':
    if (!check_escape(p, &quantifiable)) return false;
    break;
  default:
    r->at++;
  }
  return !quantifiable || check_quantifier(r);
}

static bool check_pattern(pattern *p) {
  group_push(p, GROUP_PLAIN);
  while (p->r.at < p->r.end) {
    if (!check_term(p)) return false;
  }
  if (p->depth > 1) return regexp_fail(&p->r, "Unterminated group");
  if (p->duplicate) return regexp_fail(&p->r, "Duplicate capture group name");
  return check_references(p);
}

static bool check_flags(regexp *r, const char *flags, size_t length) {
  unsigned seen = 0;
  for (size_t i = 0; i < length; i++) {
    const char *known = flags[i] ? strchr("dgimsuvy", flags[i]) : NULL;
    unsigned bit = known ? 1u << (*known - 'a') : 0;
    if (!bit || (seen & bit)) return false;
    seen |= bit;
  }
  r->sets = seen & 1u << ('v' - 'a');
  r->unicode = r->sets || (seen & 1u << ('u' - 'a'));
  return !(r->sets && (seen & 1u << ('u' - 'a')));
}

const char *syntax_regexp_error(const char *body, size_t body_length, const char *flags,
                                size_t flags_length) {
  pattern p = {.r = {.start = body, .at = body, .end = body + body_length}};
  if (!check_flags(&p.r, flags, flags_length)) return "Invalid flags";
  check_pattern(&p);
  free(p.groups);
  free(p.name_text);
  free(p.names);
  free(p.table);
  return p.r.error;
}
