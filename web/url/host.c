// SPDX-License-Identifier: MIT
//
// Hosts: domains, opaque hosts, addresses. Idea: a host of plain lower-case ASCII, which nearly all are, is
// only checked; the rest goes through ICU's UTS 46 (non-transitional, lenient as the URL standard asks). Any
// thread: ICU's IDNA object is immutable once opened.
#include "web/url/url.h"

#include <stdio.h>
#include <stdlib.h>
#include <unicode/uidna.h>

// Errors of UTS 46 that the URL standard does not ask for.
#define TOLERATED                                                                                            \
  (UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG |                 \
   UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4)

static UIDNA *open_idna(void) {
  UErrorCode status = U_ZERO_ERROR;
  return uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII |
                             UIDNA_NONTRANSITIONAL_TO_UNICODE,
                         &status);
}

// Code points forbidden in every host; forbidden_in_domain adds controls, '%' and DEL.
enum { IN_HOST = 1, IN_DOMAIN = 2 };
static const uint8_t forbidden[128] = {
    [0] = 3,
    [1 ... 8] = IN_DOMAIN,
    ['\t'] = 3,
    ['\n'] = 3,
    [0x0b ... 0x0c] = IN_DOMAIN,
    ['\r'] = 3,
    [0x0e ... 0x1f] = IN_DOMAIN,
    [' '] = 3,
    ['#'] = 3,
    ['%'] = IN_DOMAIN,
    ['/'] = 3,
    [':'] = 3,
    ['<'] = 3,
    ['>'] = 3,
    ['?'] = 3,
    ['@'] = 3,
    ['['] = 3,
    ['\\'] = 3,
    [']'] = 3,
    ['^'] = 3,
    ['|'] = 3,
    [0x7f] = IN_DOMAIN,
};
static bool forbidden_in_host(uint32_t c) { return c < 0x80 && (forbidden[c] & IN_HOST); }
static bool forbidden_in_domain(uint32_t c) { return c < 0x80 && (forbidden[c] & IN_DOMAIN); }

static bool opaque_host(url_text *out, url_span s) {
  for (size_t i = 0; i < s.length; i++) {
    if (forbidden_in_host(s.at[i])) return false;
  }
  url_encode(out, s, URL_SET_C0);
  return true;
}

// ---- Percent-decoding ----

static int hex_digit(int c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Decodes the escapes of `text` (which holds the UTF-8 of everything else escaped too) in place.
static void percent_decode(url_text *text) {
  size_t n = 0;
  for (size_t i = 0; i < text->length; i++) {
    char c = text->data[i];
    if (c == '%' && i + 2 < text->length) {
      int high = hex_digit((uint8_t)text->data[i + 1]), low = hex_digit((uint8_t)text->data[i + 2]);
      if (high >= 0 && low >= 0) c = (char)(high << 4 | low), i += 2;
    }
    text->data[n++] = c;
  }
  text->length = n;
}

// UTF-8 to UTF-16 with U+FFFD for what is ill-formed (which IDNA then refuses). Returns the count.
static size_t widen(const url_text *text, uint16_t *units) {
  const uint8_t *bytes = (const uint8_t *)text->data;
  size_t n = 0;
  for (size_t i = 0; i < text->length;) {
    uint32_t c = bytes[i++];
    int more = c < 0x80                ? 0
               : c >= 0xc2 && c < 0xe0 ? 1
               : c >= 0xe0 && c < 0xf0 ? 2
               : c >= 0xf0 && c < 0xf5 ? 3
                                       : -1;
    uint32_t point = more <= 0 ? c : c & (0x3fu >> more);
    for (int k = 0; k < more; k++) {
      if (i >= text->length || (bytes[i] & 0xc0) != 0x80) {
        more = -1;
        break;
      }
      point = point << 6 | (bytes[i++] & 0x3f);
    }
    bool bad = more < 0 || (more == 2 && (point < 0x800 || (point >= 0xd800 && point < 0xe000))) ||
               (more == 3 && (point < 0x10000 || point > 0x10ffff));
    if (bad) point = 0xfffd;
    if (point < 0x10000) {
      units[n++] = (uint16_t)point;
    } else {
      units[n++] = (uint16_t)(0xd7c0 + (point >> 10));
      units[n++] = (uint16_t)(0xdc00 | (point & 0x3ff));
    }
  }
  return n;
}

// ---- Domains ----

static bool is_plain(const char *host, size_t length) {
  bool label_start = true;
  for (size_t i = 0; i < length; i++) {
    uint8_t c = (uint8_t)host[i];
    if (c >= 0x80) return false;
    if (label_start && i + 4 <= length && (c | 0x20) == 'x' && (host[i + 1] | 0x20) == 'n' &&
        host[i + 2] == '-' && host[i + 3] == '-') {
      return false;
    }
    label_start = c == '.';
  }
  return true;
}

static bool idna_to_ascii(url_text *host) {
  if (host->length > 1 << 20) return false; // far past anything a resolver takes
  UIDNA *idna = open_idna();
  if (!idna) return false;
  uint16_t *units = lode_alloc((host->length + 1) * sizeof *units);
  size_t count = widen(host, units);
  int32_t room = (int32_t)count * 4 + 64;
  bool valid = false;
  while (true) {
    UChar *out = lode_alloc((size_t)room * sizeof *out);
    UErrorCode status = U_ZERO_ERROR;
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    int32_t length = uidna_nameToASCII(idna, (const UChar *)units, (int32_t)count, out, room, &info, &status);
    bool again = status == U_BUFFER_OVERFLOW_ERROR;
    if (!again && U_SUCCESS(status) && !(info.errors & ~(uint32_t)TOLERATED) && length > 0) {
      valid = true;
      url_text_clear(host);
      for (int32_t i = 0; i < length; i++) {
        valid = valid && out[i] < 0x80;
        url_text_put(host, (char)out[i]);
      }
    }
    free(out);
    if (!again) break;
    room = length + 1;
  }
  free(units);
  uidna_close(idna);
  return valid;
}

static void lower(url_text *host) {
  for (size_t i = 0; i < host->length; i++) {
    char c = host->data[i];
    if (c >= 'A' && c <= 'Z') host->data[i] = (char)(c | 0x20);
  }
}

static bool domain(url_text *out, url_span s) {
  // Escaping first makes every byte of the host explicit; decoding then also decodes the author's escapes.
  bool plain = true;
  for (size_t i = 0; i < s.length && plain; i++) plain = s.at[i] < 0x80 && s.at[i] != '%';
  if (plain) {
    url_encode(out, s, 0); // a copy: nothing of ASCII is in the empty set
  } else {
    url_encode(out, s, URL_SET_C0);
    percent_decode(out);
  }
  if (is_plain(out->data, out->length))
    lower(out);
  else if (!idna_to_ascii(out))
    return false;
  if (out->length == 0) return false;
  for (size_t i = 0; i < out->length; i++) {
    if (forbidden_in_domain((uint8_t)out->data[i])) return false;
  }
  if (!url_ends_in_number(out->data, out->length)) return true;
  uint32_t address;
  if (!url_ipv4_parse(out->data, out->length, &address)) return false;
  char text[16];
  int length = snprintf(text, sizeof text, "%u.%u.%u.%u", address >> 24, address >> 16 & 255,
                        address >> 8 & 255, address & 255);
  url_text_clear(out);
  url_text_add(out, text, (size_t)length);
  return true;
}

bool url_host_parse(url_text *out, url_span s, bool opaque) {
  if (s.length && s.at[0] == '[') {
    uint16_t pieces[8];
    if (s.at[s.length - 1] != ']' || s.length < 2) return false;
    if (!url_ipv6_parse((url_span){s.at + 1, s.length - 2}, pieces)) return false;
    url_ipv6_serialize(pieces, out);
    return true;
  }
  return opaque ? opaque_host(out, s) : domain(out, s);
}

bool url_domain_to_unicode(url_text *ascii, uint16_t **units, size_t *length) {
  if (ascii->length > 1 << 20) return false;
  UIDNA *idna = open_idna();
  if (!idna) return false;
  uint16_t *source = lode_alloc((ascii->length + 1) * sizeof *source);
  size_t count = widen(ascii, source);
  int32_t room = (int32_t)count * 2 + 64;
  UChar *out = lode_alloc((size_t)room * sizeof *out);
  UErrorCode status = U_ZERO_ERROR;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  int32_t written =
      uidna_nameToUnicode(idna, (const UChar *)source, (int32_t)count, out, room, &info, &status);
  free(source);
  uidna_close(idna);
  if (U_FAILURE(status)) {
    free(out);
    return false;
  }
  *units = (uint16_t *)out;
  *length = (size_t)written;
  return true;
}
