// SPDX-License-Identifier: MIT
//
// Assigning to one property of a URL. Idea: JavaScript keeps only the serialised text, so a setter parses
// that, changes the record and serialises again; an assignment that the standard ignores leaves the record as
// it was. Any thread.
#include "web/url/url.h"

#include <stdlib.h>

static bool cannot_have_credentials_or_port(const url_record *url) {
  return !url->has_host || url->host.length == 0 || url->kind == URL_FILE;
}

static bool has_credentials(const url_record *url) { return url->username.length || url->password.length; }

static bool scheme_char(uint16_t c, bool first) {
  bool alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return alpha || (!first && ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'));
}

static void set_protocol(url_record *url, url_span s) {
  url_text scheme;
  url_text_init(&scheme);
  size_t i = 0;
  for (; i < s.length && s.at[i] != ':'; i++) {
    if (!scheme_char(s.at[i], i == 0)) goto out;
    url_text_put(&scheme, (char)(s.at[i] >= 'A' && s.at[i] <= 'Z' ? s.at[i] | 0x20 : s.at[i]));
  }
  if (i == 0) goto out;
  int kind = url_scheme_kind(scheme.data, scheme.length);
  if ((kind == URL_OTHER) != (url->kind == URL_OTHER)) goto out;
  if (kind == URL_FILE && (has_credentials(url) || url->port >= 0)) goto out;
  if (url->kind == URL_FILE && url->host.length == 0) goto out;
  url_text_copy(&url->scheme, &scheme);
  url->kind = kind;
  if (url->port == url_default_port(kind)) url->port = -1;
out:
  url_text_free(&scheme);
}

static void set_file_host(url_record *url, url_span s) {
  s = url_span_to(s, url_authority_end(url, s));
  if (s.length == 0) {
    url_text_clear(&url->host);
    url->has_host = true;
  } else if (url_host(url, s) && url->host.length == 9 && memcmp(url->host.data, "localhost", 9) == 0) {
    url_text_clear(&url->host);
  }
}

// The digits that open a text; a port with none is no change.
static void set_port_digits(url_record *url, url_span s) {
  size_t end = 0;
  while (end < s.length && s.at[end] >= '0' && s.at[end] <= '9') end++;
  url_port(url, url_span_to(s, end));
}

static void set_host(url_record *url, url_span s, bool with_port) {
  if (url->opaque_path) return;
  if (url->kind == URL_FILE) {
    set_file_host(url, s);
    return;
  }
  s = url_span_to(s, url_authority_end(url, s));
  size_t colon;
  url_find_port(s, &colon);
  bool has_colon = colon < s.length;
  if (has_colon && (colon == 0 || !with_port)) return;
  if (s.length == 0 && (has_credentials(url) || url->port >= 0)) return;
  if (!url_host(url, url_span_to(s, colon))) return;
  if (has_colon) set_port_digits(url, url_span_from(s, colon + 1));
}

static void set_credential(url_record *url, url_text *part, url_span s) {
  if (cannot_have_credentials_or_port(url)) return;
  url_text_clear(part);
  url_encode(part, s, URL_SET_USERINFO);
}

static void set_port(url_record *url, url_span s) {
  if (cannot_have_credentials_or_port(url)) return;
  if (s.length == 0)
    url->port = -1;
  else
    set_port_digits(url, s);
}

static void set_path(url_record *url, url_span s) {
  if (url->opaque_path) return;
  url_text_clear(&url->path);
  url_path_start(url, s, true);
}

static void apply(url_record *url, int property, url_span s) {
  switch (property) {
  case URL_SET_PROTOCOL:
    set_protocol(url, s);
    break;
  case URL_SET_USERNAME:
    set_credential(url, &url->username, s);
    break;
  case URL_SET_PASSWORD:
    set_credential(url, &url->password, s);
    break;
  case URL_SET_HOST:
    set_host(url, s, true);
    break;
  case URL_SET_HOSTNAME:
    set_host(url, s, false);
    break;
  case URL_SET_PORT:
    set_port(url, s);
    break;
  case URL_SET_PATHNAME:
    set_path(url, s);
    break;
  case URL_SET_SEARCH:
    if (s.length == 0)
      url->has_query = false;
    else
      url_query(url, s.at[0] == '?' ? url_span_from(s, 1) : s);
    break;
  case URL_SET_HASH:
    if (s.length == 0)
      url->has_fragment = false;
    else
      url_fragment(url, s.at[0] == '#' ? url_span_from(s, 1) : s);
    break;
  }
}

void url_update(url_record *url, int property, url_span s) {
  // Credentials are encoded as they are; everywhere else tabs and newlines vanish first.
  if (property == URL_SET_USERNAME || property == URL_SET_PASSWORD) {
    apply(url, property, s);
    return;
  }
  uint16_t *copy = lode_alloc((s.length + 1) * sizeof *copy);
  size_t length = 0;
  bool emptied = s.length > 0;
  for (size_t i = 0; i < s.length; i++) {
    if (s.at[i] != '\t' && s.at[i] != '\n' && s.at[i] != '\r') copy[length++] = s.at[i];
  }
  // A port of nothing but tabs is no change, while '' removes it.
  if (!(emptied && length == 0 && property == URL_SET_PORT)) apply(url, property, (url_span){copy, length});
  free(copy);
}
