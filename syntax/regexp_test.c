// SPDX-License-Identifier: MIT
//
// Regular-expression literals: what is valid under which flags, the words where it is not, and patterns that
// are hostile.
#include "syntax/regexp.h"

#include <stdio.h>
#include <stdlib.h>

static int failures;

static void expect_bytes(const char *body, size_t length, const char *flags, const char *error) {
  const char *got = syntax_regexp_error(body, length, flags, strlen(flags));
  if (got == error || (got && error && !strcmp(got, error))) return;
  failures++;
  printf("/%.60s/%s: %s, not %s\n", body, flags, got ? got : "valid", error ? error : "valid");
}

static void expect(const char *body, const char *flags, const char *error) {
  expect_bytes(body, strlen(body), flags, error);
}

// Valid without a flag, and what is wrong under u and under v.
static void expect_only_annex_b(const char *body, const char *error) {
  expect(body, "", NULL);
  expect(body, "u", error);
  expect(body, "v", error);
}

static void expect_everywhere(const char *body, const char *error) {
  expect(body, "", error);
  expect(body, "u", error);
  expect(body, "v", error);
}

static void flags(void) {
  expect("a", "dgimsuy", NULL);
  expect("a", "dgimsvy", NULL);
  expect("a", "uv", "Invalid flags");
  expect("a", "gg", "Invalid flags");
  expect("a", "x", "Invalid flags");
  expect("a", "\xc3\xa9", "Invalid flags");
  expect_bytes("", 0, "", NULL);
}

static void quantifiers(void) {
  expect_everywhere("a*b+?c{2}d{2,}?e{2,3}", NULL);
  expect_everywhere("a{2,1}", "numbers out of order in {} quantifier");
  expect_everywhere("a**", "Nothing to repeat");
  expect_everywhere("|?", "Nothing to repeat");
  expect_everywhere("^*", "Nothing to repeat");
  expect_everywhere("\\b+", "Nothing to repeat");
  expect_everywhere("{1}", "Nothing to repeat");
  expect_everywhere("(?<=a)*", "Invalid quantifier");
  expect_only_annex_b("(?=a)*", "Invalid quantifier");
  expect_only_annex_b("a{", "Incomplete quantifier");
  expect_only_annex_b("a{1,x", "Incomplete quantifier");
  expect_only_annex_b("]", "Lone quantifier brackets");
  expect_only_annex_b("}", "Lone quantifier brackets");
  expect_everywhere("a{99999999999999999999,99999999999999999999}", NULL);
}

static void groups(void) {
  expect_everywhere("(a(?:b)(?=c)(?!d)(?<=e)(?<!f)(?<g>h)(?i-ms:j))", NULL);
  expect_everywhere("(a", "Unterminated group");
  expect_everywhere("a)", "Unmatched ')'");
  expect_everywhere("(?a)", "Invalid group");
  expect_everywhere("(?i)", "Invalid group");
  expect_everywhere("(?ii:a)", "Repeated flag in flag group");
  expect_everywhere("(?i-i:a)", "Repeated flag in flag group");
  expect_everywhere("(?i--m:a)", "Multiple dashes in flag group");
  expect_everywhere("(?-:a)", "Invalid flag group");
  expect_everywhere("(?g:a)", "Invalid group");
}

static void names(void) {
  expect_everywhere("(?<a>x)\\k<a>", NULL);
  expect_everywhere("\\k<a>(?<a>x)", NULL);
  expect_everywhere("(?<\\u0061>x)\\k<\\u{61}>", NULL);
  expect_everywhere("(?<\xf0\x9d\x92\x9c>x)\\k<\\ud835\\udc9c>", NULL);
  expect_everywhere("(?<$_\xc3\xa9>x)", NULL);
  expect_everywhere("(?<1>x)", "Invalid capture group name");
  expect_everywhere("(?<a->x)", "Invalid capture group name");
  expect_everywhere("(?<>x)", "Invalid capture group name");
  expect_everywhere("(?<a", "Invalid capture group name");
  expect_everywhere("(?<\\x61>x)", "Invalid capture group name");
  expect_everywhere("(?<\\u6>x)", "Invalid Unicode escape");
  expect_everywhere("(?<a>x)\\k<b>", "Invalid named capture referenced");
  expect_everywhere("(?<a>x)\\k", "Invalid named reference");
  expect_everywhere("\\k(?<a>x)", "Invalid named reference");
  expect_everywhere("[\\k](?<a>x)", "Invalid escape");
  expect_only_annex_b("\\k", "Invalid named reference");
  expect_only_annex_b("\\k<a>", "Invalid named capture referenced");
}

static void names_twice(void) {
  expect_everywhere("(?<a>x)(?<a>y)", "Duplicate capture group name");
  expect_everywhere("(?<a>(?<a>y))", "Duplicate capture group name");
  expect_everywhere("(?<a>x)|(?<a>y)|(?<a>z)", NULL);
  expect_everywhere("(?:(?<a>x)|(?<a>y))\\k<a>", NULL);
  expect_everywhere("(?:(?<a>x)|(?<a>y))(?<a>z)", "Duplicate capture group name");
  expect_everywhere("(?:(?<a>x)|y)|(?<a>z)", NULL);
  expect_everywhere("(?:(?<a>x)|(?:|(?<a>y)))|(?<a>z)", NULL);
  expect_everywhere("(?<a>x)(?:y|(?<a>z))", "Duplicate capture group name");
  expect_everywhere("(?:x|(?<a>y))(?:z|(?<a>w))", "Duplicate capture group name");
  expect_everywhere("(?<a>x)|(?<b>y)(?<a>z)(?<b>w)", "Duplicate capture group name");
}

static void escapes(void) {
  expect_everywhere("\\d\\D\\s\\S\\w\\W\\b\\B\\t\\n\\v\\f\\r\\0\\cA\\x41\\u0041\\/\\^", NULL);
  expect_everywhere("(a)\\1", NULL);
  expect_everywhere("\\2(a)(b)", NULL);
  expect_everywhere("\\", "\\ at end of pattern");
  expect_only_annex_b("\\1", "Invalid escape");
  expect_only_annex_b("(a)(?:b)[\\(]?\\2", "Invalid escape");
  expect_only_annex_b("\\00", "Invalid decimal escape");
  expect_only_annex_b("\\8", "Invalid escape");
  expect_only_annex_b("\\c", "Invalid Unicode escape");
  expect_only_annex_b("\\x4", "Invalid escape");
  expect_only_annex_b("\\u004", "Invalid Unicode escape");
  expect_only_annex_b("\\-", "Invalid escape");
  expect_only_annex_b("\\_", "Invalid escape");
  expect("\\u{10ffff}", "u", NULL);
  expect("\\u{110000}", "u", "Invalid Unicode escape");
  expect("\\u{}", "u", "Invalid Unicode escape");
}

static void properties(void) {
  static const char *const known[] = {
      "Lu",
      "Uppercase_Letter",
      "punct",
      "L",
      "LC",
      "Cased_Letter",
      "ASCII",
      "Any",
      "Assigned",
      "Script=Greek",
      "sc=Grek",
      "scx=Qaai",
      "Script_Extensions=Zyyy",
      "General_Category=Nd",
      "gc=digit",
      "White_Space",
      "space",
      "Emoji",
      "EPres",
      "XIDS",
      "sc=Zzzz",
      "IDSB",
  };
  static const char *const unknown[] = {
      "lu",
      "uppercase letter",

      "UppercaseLetter",
      "Script",
      "sc=greek",
      "Script=Hrkt",
      "Script=Jpan",
      "Block=Latin",
      "InBasicLatin",
      "Lu=",
      "=Lu",
      "gc=Script",
      "gc=ASCII",
      "",
      " Lu",
      "Line_Break",
      "Composition_Exclusion",
      "Grapheme_Link",
      "RGI_Emoj",
  };
  char text[80];
  for (size_t i = 0; i < LODE_COUNT(known) + LODE_COUNT(unknown); i++) {
    bool good = i < LODE_COUNT(known);
    const char *name = good ? known[i] : unknown[i - LODE_COUNT(known)];
    snprintf(text, sizeof text, "\\p{%s}", name);
    expect_only_annex_b(text, good ? NULL : "Invalid property name");
    snprintf(text, sizeof text, "[\\P{%s}]", name); // without u, a set of these letters
    expect_only_annex_b(text, good ? NULL : "Invalid property name in character class");
  }
  expect_only_annex_b("\\p", "Invalid property name");
  expect_only_annex_b("\\pL", "Invalid property name");
  expect("\\p{RGI_Emoji}", "v", NULL);
  expect("\\p{RGI_Emoji}", "u", "Invalid property name");
  expect("\\P{RGI_Emoji}", "v", "Invalid property name");
}

static void classes(void) {
  expect_everywhere("[]", NULL);
  expect_everywhere("[^]", NULL);
  expect_everywhere("[a-z\\d_]", NULL);
  expect_everywhere("[z-a]", "Range out of order in character class");
  expect_everywhere("[a", "Unterminated character class");
  expect_only_annex_b("[\\1]", "Invalid decimal escape");
  expect("[\\d-a]", "", NULL);
  expect("[\\d-a]", "u", "Invalid character class");
  expect("[a-]", "u", NULL);
  expect("[\\-]", "u", NULL);
  expect_only_annex_b("[\\c_]", "Invalid Unicode escape");
  // Halves of a pair are characters of their own without u.
  expect("[\xf0\x9f\x98\x80-\xf0\x9f\x98\x81]", "u", NULL);
  expect("[\xf0\x9f\x98\x80-\xf0\x9f\x98\x81]", "", "Range out of order in character class");
  expect("[\\\xf0\x9f\x98\x80-x]", "", "Range out of order in character class");
  expect("[\xed\xa0\x80-\xed\xbf\xbf]", "u", NULL); // lone surrogates
}

static void sets(void) {
  expect("[a-z&&[aeiou]]", "v", "Invalid set operation in character class");
  expect("[[a-z]&&[aeiou]&&\\w]", "v", NULL);
  expect("[\\w--[a-f]--\\q{x|yz}]", "v", NULL);
  expect("[a--b&&c]", "v", "Invalid set operation in character class");
  expect("[a&&&b]", "v", "Invalid character in character class");
  expect("[a&&]", "v", "Invalid character in character class");
  expect("[--a]", "v", "Invalid character in character class");
  expect("[a!!b]", "v", "Invalid set operation in character class");
  expect("[a-]", "v", "Invalid character in character class");
  expect("[(]", "v", "Invalid character in character class");
  expect("[\\(\\&\\-!]", "v", NULL);
  expect("[\\w-z]", "v", "Invalid character class");
  expect("[[a]-z]", "v", "Invalid character class");
  expect("[\\q{a|bc|}]", "v", NULL);
  expect("[^\\q{a|b}]", "v", NULL);
  expect("[^\\q{ab}]", "v", "Negated character class may contain strings");
  expect("[^\\q{}]", "v", "Negated character class may contain strings");
  expect("[^[[\\q{ab}]]]", "v", "Negated character class may contain strings");
  expect("[^\\q{ab}&&a]", "v", NULL);
  expect("[^a--\\q{ab}]", "v", NULL);
  expect("[^\\q{ab}--a]", "v", "Negated character class may contain strings");
  expect("[^\\p{RGI_Emoji}]", "v", "Negated character class may contain strings");
  expect("[\\q{a]", "v", "Invalid character in character class");
  expect("[\\q]", "v", "Invalid escape");
}

// A part, many times.
static void expect_many(const char *part, size_t times, const char *flags, const char *error) {
  size_t size = strlen(part);
  char *text = lode_alloc(size * times + 1);
  for (size_t i = 0; i < times; i++) memcpy(text + i * size, part, size);
  text[size * times] = 0;
  expect_bytes(text, size * times, flags, error);
  free(text);
}

static void hostile(void) {
  expect_many("(", 1000000, "u", "Unterminated group");
  expect_many("[", 1000000, "v", "Unterminated character class");
  expect_many("(?<a>|", 200000, "u", "Unterminated group");
  expect_many("(?<a>x)|", 200000, "u", NULL);
  expect_many("\\k<a>", 200000, "", NULL);
  expect_many("\\k<a>", 200000, "u", "Invalid named capture referenced");
  expect_many("\\1", 200000, "u", "Invalid escape");
  expect_many("(\\1)", 200000, "u", NULL);
  expect_bytes("(?<a\0>x)", 8, "", "Invalid capture group name");
  expect_bytes("\0[\0-\xff]\\\0", 8, "", NULL);
  expect_bytes("\xff\xc3[\xf0\x9f-\xf4]\xe2", 9, "u",
               NULL); // no UTF-8: the text's reader has its say elsewhere
  expect_bytes("\\p{\0}", 5, "u", "Invalid property name");
}

int main(void) {
  flags();
  quantifiers();
  groups();
  names();
  names_twice();
  escapes();
  properties();
  classes();
  sets();
  hostile();
  return failures != 0;
}
