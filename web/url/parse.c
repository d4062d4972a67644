// SPDX-License-Identifier: MIT
//
// The URL parser. Idea: the standard's state machine, unrolled into one function per component; a state that
// hands over is a call at the end. Every function gets the rest of the input and consumes it. Any thread.
#include "web/url/url.h"

#include <stdlib.h>

static bool is_alpha(uint16_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_digit(uint16_t c) { return c >= '0' && c <= '9'; }
static bool is_tab_or_newline(uint16_t c) { return c == '\t' || c == '\n' || c == '\r'; }

static bool starts(url_span s, size_t at, uint16_t c) { return at < s.length && s.at[at] == c; }
static bool is_slash(const url_record *url, uint16_t c) {
  return c == '/' || (c == '\\' && url_special(url));
}
static bool starts_slash(const url_record *url, url_span s) { return s.length > 0 && is_slash(url, s.at[0]); }

// ---- Query and fragment ----

void url_fragment(url_record *url, url_span text) {
  url->has_fragment = true;
  url_text_clear(&url->fragment);
  url_encode(&url->fragment, text, URL_SET_FRAGMENT);
}

void url_query(url_record *url, url_span text) {
  url->has_query = true;
  url_text_clear(&url->query);
  url_encode(&url->query, text, url_special(url) ? URL_SET_SPECIAL_QUERY : URL_SET_QUERY);
}

static size_t find(url_span s, uint16_t c) {
  size_t i = 0;
  while (i < s.length && s.at[i] != c) i++;
  return i;
}

// The rest after a path: nothing, '?query', '#fragment' or both.
static void parse_tail(url_record *url, url_span s) {
  if (starts(s, 0, '?')) {
    size_t end = find(s, '#');
    url_query(url, url_span_from(url_span_to(s, end), 1));
    s = url_span_from(s, end);
  }
  if (starts(s, 0, '#')) url_fragment(url, url_span_from(s, 1));
}

// ---- Path ----

bool url_is_drive(url_span s, bool normalized) {
  return s.length == 2 && is_alpha(s.at[0]) && (s.at[1] == ':' || (s.at[1] == '|' && !normalized));
}

static bool starts_with_drive(url_span s) {
  if (s.length < 2 || !url_is_drive(url_span_to(s, 2), false)) return false;
  if (s.length == 2) return true;
  uint16_t c = s.at[2];
  return c == '/' || c == '\\' || c == '?' || c == '#';
}

// The number of dots (1 or 2) that a segment is made of, written as '.' or '%2e'; 0 for any other segment.
static int dot_segment(url_span s) {
  int dots = 0;
  for (size_t i = 0; i < s.length; dots++) {
    if (dots == 2) return 0;
    if (s.at[i] == '.')
      i += 1;
    else if (i + 2 < s.length && s.at[i] == '%' && s.at[i + 1] == '2' && (s.at[i + 2] | 0x20) == 'e')
      i += 3;
    else
      return 0;
  }
  return dots;
}

static bool path_is_drive(const url_text *path) { // exactly '/C:'
  return path->length == 3 && is_alpha((uint8_t)path->data[1]) && path->data[2] == ':';
}

static void shorten(url_record *url) {
  url_text *path = &url->path;
  if (url->kind == URL_FILE && path_is_drive(path)) return;
  while (path->length && path->data[--path->length] != '/') {
  }
}

static void add_segment(url_record *url, url_span segment) {
  bool first = url->path.length == 0;
  url_text_put(&url->path, '/');
  url_encode(&url->path, segment, URL_SET_PATH);
  if (first && url->kind == URL_FILE && url_is_drive(segment, false)) url->path.data[2] = ':';
}

// Segments up to the end of the path. With `override` (a setter) '?' and '#' are ordinary.
static size_t parse_path(url_record *url, url_span s, bool override) {
  size_t start = 0;
  while (true) {
    size_t end = start;
    while (end < s.length && !is_slash(url, s.at[end]) &&
           (override || (s.at[end] != '?' && s.at[end] != '#')))
      end++;
    bool slash = end < s.length && is_slash(url, s.at[end]);
    url_span segment = {s.at + start, end - start};
    int dots = dot_segment(segment);
    if (dots == 2) shorten(url);
    if (dots == 0)
      add_segment(url, segment);
    else if (!slash)
      url_text_put(&url->path, '/');
    if (!slash) return end;
    start = end + 1;
  }
}

static void path_and_tail(url_record *url, url_span s) {
  size_t end = parse_path(url, s, false);
  parse_tail(url, url_span_from(s, end));
}

void url_path_start(url_record *url, url_span s, bool override) {
  if (url_special(url)) {
    if (starts_slash(url, s)) s = url_span_from(s, 1);
  } else if (s.length == 0) {
    if (override && !url->has_host) url_text_put(&url->path, '/');
    return;
  } else if (!override && (s.at[0] == '?' || s.at[0] == '#')) {
    parse_tail(url, s);
    return;
  } else if (s.at[0] == '/') {
    s = url_span_from(s, 1);
  }
  if (override)
    parse_path(url, s, true);
  else
    path_and_tail(url, s);
}

static void opaque_path(url_record *url, url_span s) {
  size_t end = 0;
  while (end < s.length && s.at[end] != '?' && s.at[end] != '#') end++;
  url->opaque_path = true;
  bool escape = end < s.length && end > 0 && s.at[end - 1] == ' ';
  url_encode(&url->path, url_span_to(s, escape ? end - 1 : end), URL_SET_C0);
  if (escape) url_text_add(&url->path, "%20", 3);
  parse_tail(url, url_span_from(s, end));
}

// ---- Authority ----

size_t url_authority_end(const url_record *url, url_span s) {
  size_t end = 0;
  while (end < s.length && !is_slash(url, s.at[end]) && s.at[end] != '?' && s.at[end] != '#') end++;
  return end;
}

void url_find_port(url_span s, size_t *colon) {
  bool bracket = false;
  for (size_t i = 0; i < s.length; i++) {
    if (s.at[i] == '[')
      bracket = true;
    else if (s.at[i] == ']')
      bracket = false;
    else if (s.at[i] == ':' && !bracket) {
      *colon = i;
      return;
    }
  }
  *colon = s.length;
}

bool url_host(url_record *url, url_span s) {
  if (s.length == 0 && url_special(url)) return false;
  url_text host;
  url_text_init(&host);
  bool valid = url_host_parse(&host, s, !url_special(url));
  if (valid) {
    url_text_copy(&url->host, &host);
    url->has_host = true;
  }
  url_text_free(&host);
  return valid;
}

bool url_port(url_record *url, url_span s) {
  if (s.length == 0) return true;
  uint32_t port = 0;
  for (size_t i = 0; i < s.length; i++) {
    if (!is_digit(s.at[i])) return false;
    port = port * 10 + (uint32_t)(s.at[i] - '0');
    if (port > 65535) return false;
  }
  url->port = (int32_t)port == url_default_port(url->kind) ? -1 : (int32_t)port;
  return true;
}

static void credentials(url_record *url, url_span s) {
  size_t colon = find(s, ':');
  url_encode(&url->username, url_span_to(s, colon), URL_SET_USERINFO);
  if (colon < s.length) url_encode(&url->password, url_span_from(s, colon + 1), URL_SET_USERINFO);
}

static bool authority(url_record *url, url_span s) {
  size_t end = url_authority_end(url, s);
  url_span rest = url_span_from(s, end), host = url_span_to(s, end);
  size_t at = end;
  while (at > 0 && s.at[at - 1] != '@') at--;
  if (at > 0) {
    credentials(url, url_span_to(s, at - 1));
    host = url_span_from(host, at);
    if (host.length == 0) return false;
  }
  size_t colon;
  url_find_port(host, &colon);
  bool has_colon = colon < host.length;
  if (has_colon && colon == 0) return false;
  if (!url_host(url, url_span_to(host, colon))) return false;
  if (has_colon && !url_port(url, url_span_from(host, colon + 1))) return false;
  url_path_start(url, rest, false);
  return true;
}

static bool authority_ignoring_slashes(url_record *url, url_span s) {
  size_t i = 0;
  while (i < s.length && (s.at[i] == '/' || s.at[i] == '\\')) i++;
  return authority(url, url_span_from(s, i));
}

// ---- Against a base ----

static void copy_query(url_record *url, const url_record *base) {
  url_text_copy(&url->query, &base->query);
  url->has_query = base->has_query;
}

// The tail of a relative reference whose path starts as base's: '', '?...', '#...' or segments.
static void on_base_path(url_record *url, url_span s, const url_record *base) {
  url_text_copy(&url->path, &base->path);
  if (s.length == 0 || s.at[0] == '#') copy_query(url, base);
  if (s.length == 0 || s.at[0] == '?' || s.at[0] == '#') {
    parse_tail(url, s);
    return;
  }
  shorten(url);
  path_and_tail(url, s);
}

static bool relative(url_record *url, url_span s, const url_record *base) {
  if (starts_slash(url, s)) {
    s = url_span_from(s, 1);
    if (url_special(url) && starts_slash(url, s)) return authority_ignoring_slashes(url, s);
    if (starts(s, 0, '/')) return authority(url, url_span_from(s, 1));
    url_copy_authority(url, base);
    path_and_tail(url, s);
    return true;
  }
  url_copy_authority(url, base);
  on_base_path(url, s, base);
  return true;
}

static bool file_host(url_record *url, url_span s) {
  size_t end = url_authority_end(url, s);
  url_span host = url_span_to(s, end);
  if (url_is_drive(host, false)) { // 'file://C:/' means a drive, not a host
    path_and_tail(url, s);
    return true;
  }
  if (host.length) {
    if (!url_host(url, host)) return false;
    if (url->host.length == 9 && memcmp(url->host.data, "localhost", 9) == 0) url_text_clear(&url->host);
  }
  url_path_start(url, url_span_from(s, end), false);
  return true;
}

static bool file_slash(url_record *url, url_span s, const url_record *base) {
  if (starts_slash(url, s)) return file_host(url, url_span_from(s, 1));
  if (base && base->kind == URL_FILE) {
    url_text_copy(&url->host, &base->host);
    bool drive = base->path.length >= 3 && is_alpha((uint8_t)base->path.data[1]) &&
                 base->path.data[2] == ':' && (base->path.length == 3 || base->path.data[3] == '/');
    if (drive && !starts_with_drive(s)) url_text_add(&url->path, base->path.data, 3);
  }
  path_and_tail(url, s);
  return true;
}

static bool file(url_record *url, url_span s, const url_record *base) {
  url->has_host = true;
  if (starts_slash(url, s)) return file_slash(url, url_span_from(s, 1), base);
  if (!base || base->kind != URL_FILE) {
    path_and_tail(url, s);
    return true;
  }
  url_text_copy(&url->host, &base->host);
  if (starts_with_drive(s))
    path_and_tail(url, s);
  else
    on_base_path(url, s, base);
  return true;
}

// ---- Scheme ----

static void set_scheme(url_record *url, const url_record *base) {
  url_text_copy(&url->scheme, &base->scheme);
  url->kind = base->kind;
}

// The length of "scheme" in "scheme:...", or 0.
static size_t scheme_length(url_span s) {
  if (s.length == 0 || !is_alpha(s.at[0])) return 0;
  for (size_t i = 1; i < s.length; i++) {
    uint16_t c = s.at[i];
    if (c == ':') return i;
    if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') return 0;
  }
  return 0;
}

static bool without_scheme(url_record *url, url_span s, const url_record *base) {
  if (!base) return false;
  if (base->opaque_path) {
    if (!starts(s, 0, '#')) return false;
    set_scheme(url, base);
    url_text_copy(&url->path, &base->path);
    url->opaque_path = true;
    copy_query(url, base);
    parse_tail(url, s);
    return true;
  }
  set_scheme(url, base);
  return base->kind == URL_FILE ? file(url, s, base) : relative(url, s, base);
}

static bool with_scheme(url_record *url, url_span s, const url_record *base) {
  if (url->kind == URL_FILE) return file(url, s, base);
  bool slashes = starts(s, 0, '/') && starts(s, 1, '/');
  if (url_special(url)) {
    if (base && !slashes && base->kind == url->kind) return relative(url, s, base);
    return authority_ignoring_slashes(url, s);
  }
  if (slashes) return authority(url, url_span_from(s, 2));
  if (starts(s, 0, '/'))
    path_and_tail(url, url_span_from(s, 1));
  else
    opaque_path(url, s);
  return true;
}

static bool parse_clean(url_record *url, url_span s, const url_record *base) {
  size_t scheme = scheme_length(s);
  if (scheme == 0) return without_scheme(url, s, base);
  for (size_t i = 0; i < scheme; i++) {
    uint16_t c = s.at[i];
    url_text_put(&url->scheme, (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c));
  }
  url->kind = url_scheme_kind(url->scheme.data, url->scheme.length);
  return with_scheme(url, url_span_from(s, scheme + 1), base);
}

bool url_parse(url_record *url, url_span s, const url_record *base) {
  while (s.length && s.at[0] <= ' ') s = url_span_from(s, 1);
  while (s.length && s.at[s.length - 1] <= ' ') s.length--;
  size_t dirty = 0;
  while (dirty < s.length && !is_tab_or_newline(s.at[dirty])) dirty++;
  if (dirty == s.length) return parse_clean(url, s, base);

  uint16_t *copy = lode_alloc(s.length * sizeof *copy);
  size_t length = 0;
  for (size_t i = 0; i < s.length; i++) {
    if (!is_tab_or_newline(s.at[i])) copy[length++] = s.at[i];
  }
  bool valid = parse_clean(url, (url_span){copy, length}, base);
  free(copy);
  return valid;
}
