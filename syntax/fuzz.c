// SPDX-License-Identifier: MIT
//
// A libFuzzer target (`make fuzz`): any bytes, under each goal, must be refused or come back with edits that
// are in order, inside of the text, and leave its lines alone; and what the edits make must be valid again.
#include "base/utf.h"
#include "syntax/syntax.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t count_line_ends(const char *text, size_t length) {
  size_t count = 0;
  for (size_t i = 0; i < length; i++) {
    if (text[i] == '\n')
      count += i == 0 || text[i - 1] != '\r';
    else if (text[i] == '\r')
      count++;
    else if (length - i > 2 && !memcmp(text + i, "\xe2\x80", 2) && (text[i + 2] & 0xfe) == 0xa8)
      count++;
  }
  return count;
}

static void check_edits(const syntax_result *r, const char *text, size_t length) {
  uint32_t from = 0;
  for (uint32_t i = 0; i < r->edit_count; i++) {
    const syntax_edit *e = &r->edits[i];
    CHECK(e->at >= from && e->at <= length && e->removed <= length - e->at);
    CHECK(count_line_ends(e->inserted.bytes, e->inserted.length) ==
          count_line_ends(text + e->at, e->removed));
    from = e->at + e->removed;
  }
}

static void check_names(const syntax_result *r, size_t length) {
  for (uint32_t i = 0; i < r->import_count; i++)
    CHECK(r->imports[i].request < r->request_count && r->imports[i].at < length);
  for (uint32_t i = 0; i < r->export_count; i++) {
    CHECK(r->exports[i].kind == SYNTAX_EXPORT_LOCAL || r->exports[i].request < r->request_count);
  }
}

static const char *over_units(const char *at, uint32_t units) {
  while (units > 0) {
    unsigned char c = (unsigned char)*at;
    units -= c >= 0xf0 ? 2 : 1;
    at += c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
  }
  return at;
}

static uint32_t read_varint(const char **at) {
  uint32_t value = 0;
  int shift = 0;
  for (; **at & 0x80; shift += 7) value |= (uint32_t)(*(*at)++ & 0x7f) << shift;
  return value | (uint32_t) * (*at)++ << shift;
}

// The map makes the author's text of the rewritten one.
static void check_map(const char *map, size_t map_length, const char *out, size_t out_length,
                      const char *text, size_t length, bool wrapped) {
  const char *at = map, *end = map + map_length, *from = text;
  while (at < end) {
    const char *kept = over_units(out, read_varint(&at));
    CHECK(kept - out <= text + length - from && !memcmp(out, from, (size_t)(kept - out)));
    from += kept - out;
    out_length -= (size_t)(kept - out);
    const char *inserted = over_units(kept, read_varint(&at));
    out_length -= (size_t)(inserted - kept);
    out = inserted;
    uint32_t removed = read_varint(&at);
    CHECK(removed <= text + length - from && !memcmp(at, from, removed));
    at += removed;
    from += removed;
  }
  size_t rest = (size_t)(text + length - from);
  CHECK(at == end && rest <= out_length && !memcmp(out, from, rest));
  CHECK(wrapped || rest == out_length);
}

static bool is_utf8(const char *text, size_t length) {
  uint16_t units[64];
  char again[64 * 3];
  for (size_t at = 0; at < length;) { // by characters: a piece of well-formed text decodes to itself
    unsigned char c = (unsigned char)text[at];
    size_t size = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
    if (size > length - at) return false;
    size_t count = utf8_to_utf16(text + at, size, units);
    if (utf16_to_utf8(units, count, again) != size || memcmp(again, text + at, size)) return false;
    at += size;
  }
  return true;
}

// A module comes back as an expression, everything else as what it was.
static void check_rewritten(const syntax_result *r, const char *text, size_t length,
                            const syntax_options *options) {
  size_t out_length, map_length;
  char *map, *out = syntax_rewritten_take(r, text, length, options, &out_length, &map, &map_length);
  CHECK(out[out_length] == 0);
  if (map && is_utf8(text, length))
    check_map(map, map_length, out, out_length, text, length, options->goal == SYNTAX_MODULE);
  if (options->goal != SYNTAX_MODULE)
    CHECK(count_line_ends(out, out_length) == count_line_ends(text, length));
  syntax_options again = *options;
  again.rewrite = again.find_cjs_names = false;
  if (options->goal == SYNTAX_MODULE) again.goal = SYNTAX_SCRIPT, again.hashbang = false;
  syntax_result *second = syntax_parse_new(out, out_length, &again);
  CHECK(!second->error);
  syntax_result_free(second);
  free(map);
  free(out);
}

static void check_context_names(const syntax_context_names *names) {
  for (uint32_t i = 0; i < names->var_count; i++) CHECK(names->vars[i].length > 0);
  for (uint32_t i = 0; i < names->function_count; i++) CHECK(names->functions[i].length > 0);
  for (uint32_t i = 0; i < names->free_count; i++) CHECK(names->free[i].uses > 0 && names->free[i].uses < 8);
}

static void try_goal(const char *text, size_t length, syntax_goal goal, bool context) {
  syntax_options options = {
      .goal = goal,
      .rewrite = true,
      .find_cjs_names = goal == SYNTAX_COMMONJS,
      .hashbang = goal != SYNTAX_EVAL,
      .referrer = "file:///fuzz.js",
      .context = context,
  };
  syntax_result *r = syntax_parse_new(text, length, &options);
  if (r->error) {
    CHECK(r->error_at <= r->error_end && r->error_end <= length);
    CHECK(r->line > 0 && r->column > 0);
  } else {
    check_edits(r, text, length);
    check_names(r, length);
    check_context_names(&r->names);
    check_rewritten(r, text, length, &options);
  }
  syntax_result_free(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = lode_alloc(size + 1); // of its exact size, so that reading past it is seen
  memcpy(text, data, size);
  text[size] = 0;
  for (int goal = SYNTAX_SCRIPT; goal <= SYNTAX_EVAL; goal++) {
    try_goal(text, size, (syntax_goal)goal, false);
    if (goal != SYNTAX_COMMONJS) try_goal(text, size, (syntax_goal)goal, true);
  }
  free(text);
  return 0;
}
