// SPDX-License-Identifier: MIT
//
// IPv4 and IPv6 addresses as the URL standard reads and writes them. Any thread.
#include "web/url/url.h"

#include <stdio.h>

static int hex_digit(uint16_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// ---- IPv6 ----

// The dotted tail of an address into two pieces; it must fill the rest of the text.
static bool ipv4_tail(url_span s, uint16_t pieces[2]) {
  size_t i = 0;
  uint32_t address = 0;
  for (int part = 0; part < 4; part++) {
    if (part > 0 && (i >= s.length || s.at[i++] != '.')) return false;
    size_t first = i;
    uint32_t value = 0;
    for (; i < s.length && s.at[i] >= '0' && s.at[i] <= '9'; i++) {
      if (i > first && s.at[first] == '0') return false; // no leading zero
      value = value * 10 + (uint32_t)(s.at[i] - '0');
      if (value > 255) return false;
    }
    if (i == first) return false;
    address = address << 8 | value;
  }
  pieces[0] = (uint16_t)(address >> 16);
  pieces[1] = (uint16_t)address;
  return i == s.length;
}

// Moves the pieces after `gap` to the end, which leaves the zeros of '::' between.
static void open_gap(uint16_t pieces[8], int count, int gap) {
  int tail = count - gap;
  for (int i = 0; i < tail; i++) pieces[7 - i] = pieces[count - 1 - i];
  for (int i = gap; i < 8 - tail; i++) pieces[i] = 0;
}

bool url_ipv6_parse(url_span s, uint16_t pieces[8]) {
  int count = 0, gap = -1;
  size_t i = 0;
  if (s.length >= 1 && s.at[0] == ':') {
    if (s.length < 2 || s.at[1] != ':') return false;
    i = 2, gap = 0;
  }
  while (i < s.length) {
    if (count == 8) return false;
    if (s.at[i] == ':') {
      if (gap >= 0) return false;
      i++, gap = count;
      continue;
    }
    uint32_t value = 0;
    size_t first = i;
    for (; i < s.length && i < first + 4 && hex_digit(s.at[i]) >= 0; i++) {
      value = value << 4 | (uint32_t)hex_digit(s.at[i]);
    }
    if (i < s.length && s.at[i] == '.') {
      if (i == first || count > 6 || !ipv4_tail(url_span_from(s, first), pieces + count)) return false;
      count += 2;
      break;
    }
    if (i < s.length && (s.at[i] != ':' || ++i == s.length)) return false;
    pieces[count++] = (uint16_t)value;
  }
  if (gap < 0) return count == 8;
  if (count == 8) return false; // '::' must stand for something
  open_gap(pieces, count, gap);
  return true;
}

// The longest run of at least two zero pieces, the first of equals; -1 without one.
static int longest_zeros(const uint16_t pieces[8], int *length) {
  int best = -1, best_length = 1;
  for (int i = 0; i < 8; i++) {
    int end = i;
    while (end < 8 && pieces[end] == 0) end++;
    if (end - i > best_length) best = i, best_length = end - i;
    if (end > i) i = end - 1;
  }
  *length = best_length;
  return best;
}

void url_ipv6_serialize(const uint16_t pieces[8], url_text *out) {
  int zeros_length, zeros = longest_zeros(pieces, &zeros_length);
  url_text_put(out, '[');
  for (int i = 0; i < 8; i++) {
    if (i == zeros) {
      url_text_add(out, i == 0 ? "::" : ":", i == 0 ? 2 : 1);
      i += zeros_length - 1;
      continue;
    }
    char digits[8];
    int length = snprintf(digits, sizeof digits, "%x", pieces[i]);
    url_text_add(out, digits, (size_t)length);
    if (i < 7) url_text_put(out, ':');
  }
  url_text_put(out, ']');
}

// ---- IPv4 ----

// A part in decimal, octal (leading 0) or hexadecimal (leading 0x). Values past 2^32 stay above it.
static bool ipv4_number(const char *text, size_t length, uint64_t *value) {
  uint64_t base = 10, sum = 0;
  if (length == 0) return false;
  if (length >= 2 && text[0] == '0' && (text[1] | 0x20) == 'x')
    base = 16, text += 2, length -= 2;
  else if (length >= 2 && text[0] == '0')
    base = 8, text += 1, length -= 1;
  for (size_t i = 0; i < length; i++) {
    int digit = hex_digit((uint8_t)text[i]);
    if (digit < 0 || (uint64_t)digit >= base) return false;
    if (sum <= UINT32_MAX) sum = sum * base + (uint64_t)digit;
  }
  *value = sum;
  return true;
}

static size_t last_label(const char *host, size_t *length) {
  if (*length && host[*length - 1] == '.') --*length;
  size_t start = *length;
  while (start > 0 && host[start - 1] != '.') start--;
  return start;
}

bool url_ends_in_number(const char *host, size_t length) {
  size_t start = last_label(host, &length);
  if (start == length) return false;
  bool digits = true;
  for (size_t i = start; i < length; i++) digits = digits && host[i] >= '0' && host[i] <= '9';
  uint64_t value;
  return digits || ipv4_number(host + start, length - start, &value);
}

bool url_ipv4_parse(const char *host, size_t length, uint32_t *address) {
  if (length && host[length - 1] == '.') length--;
  uint64_t parts[4];
  int count = 0;
  for (size_t start = 0; start <= length;) {
    const char *dot = memchr(host + start, '.', length - start);
    size_t end = dot ? (size_t)(dot - host) : length;
    if (count == 4 || !ipv4_number(host + start, end - start, &parts[count])) return false;
    count++;
    start = end + 1;
  }
  for (int i = 0; i < count - 1; i++) {
    if (parts[i] > 255) return false;
  }
  if (parts[count - 1] >= 1ull << 8 * (5 - count)) return false; // the last part fills what is left
  uint32_t result = (uint32_t)parts[count - 1];
  for (int i = 0; i < count - 1; i++) result |= (uint32_t)parts[i] << (24 - 8 * i);
  *address = result;
  return true;
}
