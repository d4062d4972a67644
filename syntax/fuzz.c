// SPDX-License-Identifier: MIT
//
// A libFuzzer target (`make fuzz`): any bytes, under each goal, must be refused or come back with edits that
// are in order, inside of the text, and leave its lines alone; and what the edits make must be valid again.
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

// A module comes back as an expression, everything else as what it was.
static void check_rewritten(const syntax_result *r, const char *text, size_t length,
                            const syntax_options *options) {
  size_t out_length, map_length;
  char *map, *out = syntax_rewritten_take(r, text, length, options, &out_length, &map, &map_length);
  CHECK(out[out_length] == 0);
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

static void try_goal(const char *text, size_t length, syntax_goal goal) {
  syntax_options options = {
      .goal = goal,
      .rewrite = true,
      .find_cjs_names = goal == SYNTAX_COMMONJS,
      .hashbang = goal != SYNTAX_EVAL,
      .referrer = "file:///fuzz.js",
  };
  syntax_result *r = syntax_parse_new(text, length, &options);
  if (r->error) {
    CHECK(r->error_at <= r->error_end && r->error_end <= length);
    CHECK(r->line > 0 && r->column > 0);
  } else {
    check_edits(r, text, length);
    check_names(r, length);
    check_rewritten(r, text, length, &options);
  }
  syntax_result_free(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = lode_alloc(size + 1); // of its exact size, so that reading past it is seen
  memcpy(text, data, size);
  text[size] = 0;
  for (int goal = SYNTAX_SCRIPT; goal <= SYNTAX_EVAL; goal++) try_goal(text, size, (syntax_goal)goal);
  free(text);
  return 0;
}
