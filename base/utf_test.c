// SPDX-License-Identifier: MIT
//
// UTF-8 decoding: each maximal ill-formed part becomes one replacement character. Latin-1 becomes UTF-8, of
// the length foretold.
#include "base/utf.h"

#include <stdio.h>

static int failures;

static void expect(const char *bytes, size_t length, const uint16_t *units, size_t count) {
  uint16_t out[64];
  size_t got = utf8_to_utf16(bytes, length, out);
  if (got == count && !memcmp(out, units, count * sizeof *units)) return;
  failures++;
  printf("wrong decoding of %zu bytes starting with 0x%02x: %zu units\n", length,
         length ? (unsigned char)bytes[0] : 0, got);
}

#define EXPECT(bytes, ...)                                                                                   \
  expect(bytes, sizeof(bytes) - 1, (uint16_t[]){__VA_ARGS__},                                                \
         sizeof((uint16_t[]){__VA_ARGS__}) / sizeof(uint16_t))

static void expect_utf8(const char *latin1, const char *utf8) {
  char out[128];
  const uint8_t *text = (const uint8_t *)latin1;
  size_t length = strlen(latin1), written = latin1_to_utf8(text, length, out);
  if (written == strlen(utf8) && !memcmp(out, utf8, written) && latin1_utf8_length(text, length) == written)
    return;
  failures++;
  printf("wrong UTF-8 of %zu bytes of Latin-1: %zu bytes\n", length, written);
}

int main(void) {
  expect_utf8("", "");
  expect_utf8("a\xe9\xff\x80", "a\xc3\xa9\xc3\xbf\xc2\x80");
  expect_utf8("sixteen at once, then more of it", "sixteen at once, then more of it");
  expect_utf8("fifteen and an \xe9, sixteen at once", "fifteen and an \xc3\xa9, sixteen at once");
  EXPECT("aZ", 'a', 'Z');
  EXPECT("\xc3\xa9", 0xe9);
  EXPECT("\xe2\x82\xac", 0x20ac);
  EXPECT("\xf0\x9f\x98\x80", 0xd83d, 0xde00);
  EXPECT("\xc0\x80", 0xfffd, 0xfffd);             // overlong
  EXPECT("\xed\xa0\x80", 0xfffd, 0xfffd, 0xfffd); // a surrogate
  EXPECT("\xf0\x9f\x98", 0xfffd);                 // cut short: one part
  EXPECT("\xf0\x9f\x41", 0xfffd, 0x41);           // interrupted
  EXPECT("\xf5\x80\x80\x80", 0xfffd, 0xfffd, 0xfffd, 0xfffd);
  EXPECT("\xff", 0xfffd);
  expect("", 0, NULL, 0);
  EXPECT("sixteen at once!", 's', 'i', 'x', 't', 'e', 'e', 'n', ' ', 'a', 't', ' ', 'o', 'n', 'c', 'e', '!');
  EXPECT("fifteen, then \xc3\xa9!", 'f', 'i', 'f', 't', 'e', 'e', 'n', ',', ' ', 't', 'h', 'e', 'n', ' ',
         0xe9, '!');
  return failures != 0;
}
