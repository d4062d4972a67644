// SPDX-License-Identifier: MIT
//
// The URL record of the WHATWG standard and its parser. Text comes in as UTF-16 code units and is kept as the
// serialised (ASCII) form of each component. Idea: one pass over each component, written straight in its
// percent-encoded form; no step looks back further than the current path segment. Input is hostile: linear
// time, every length checked. Knows no engine; any thread.
#ifndef LODE_WEB_URL_H
#define LODE_WEB_URL_H

#include "base/base.h"

// ---- Growing text ----

typedef struct url_text {
  char *data; // inline_ or heap
  size_t length, room;
  char inline_[96];
} url_text;

void url_text_init(url_text *text);
void url_text_free(url_text *text);
void url_text_put(url_text *text, char c);
void url_text_add(url_text *text, const char *bytes, size_t length);
void url_text_copy(url_text *text, const url_text *from); // replaces the contents
static inline void url_text_clear(url_text *text) { text->length = 0; }

// ---- Input ----

typedef struct url_span {
  const uint16_t *at;
  size_t length;
} url_span;

static inline url_span url_span_from(url_span s, size_t start) {
  return (url_span){s.at + start, s.length - start};
}
static inline url_span url_span_to(url_span s, size_t end) { return (url_span){s.at, end}; }

// ---- The record ----

enum { URL_OTHER, URL_HTTP, URL_HTTPS, URL_WS, URL_WSS, URL_FTP, URL_FILE };

typedef struct url_record {
  url_text scheme, username, password, host, path, query, fragment;
  int32_t port; // -1: none
  int kind;     // URL_OTHER is every scheme that is not special
  bool has_host, has_query, has_fragment, opaque_path;
} url_record;

void url_init(url_record *url);
void url_free(url_record *url);
void url_copy_authority(url_record *url, const url_record *from); // credentials, host and port

static inline bool url_special(const url_record *url) { return url->kind != URL_OTHER; }
int url_scheme_kind(const char *scheme, size_t length);
int32_t url_default_port(int kind); // -1: none

// Parses input (not yet trimmed) against base, which may be NULL. False: not a URL.
bool url_parse(url_record *url, url_span input, const url_record *base);

// Where the parts of a serialised URL lie. See url_serialize.
enum {
  URL_SCHEME_END,
  URL_USER_END,
  URL_HOST_START,
  URL_HOST_END,
  URL_PATH_START,
  URL_SEARCH_START,
  URL_HASH_START,
  URL_OFFSETS
};
void url_serialize(const url_record *url, url_text *out, uint32_t offsets[URL_OFFSETS]);

// ---- Pieces shared by the parser's files ----

enum url_set {
  URL_SET_C0 = 1,
  URL_SET_FRAGMENT = 2,
  URL_SET_QUERY = 4,
  URL_SET_SPECIAL_QUERY = 8,
  URL_SET_PATH = 16,
  URL_SET_USERINFO = 32
};
void url_encode(url_text *out, url_span text, enum url_set set);

bool url_is_drive(url_span text, bool normalized); // exactly 'C:' or, not normalized, 'C|'
void url_path_start(url_record *url, url_span text, bool override);
void url_query(url_record *url, url_span text);
void url_fragment(url_record *url, url_span text);
// Splits "host[:port]". *colon is the index of the ':' outside brackets, or text.length.
void url_find_port(url_span text, size_t *colon);
bool url_host(url_record *url, url_span text); // parses and sets the host of a URL that is no file:
bool url_port(url_record *url, url_span digits);
size_t url_authority_end(const url_record *url, url_span text);

// host.c: writes the serialised host; false: not a host.
bool url_host_parse(url_text *out, url_span text, bool opaque);
bool url_domain_to_unicode(url_text *ascii, uint16_t **units, size_t *length); // caller frees
// ip.c
bool url_ipv6_parse(url_span text, uint16_t pieces[8]);
void url_ipv6_serialize(const uint16_t pieces[8], url_text *out);
bool url_ends_in_number(const char *host, size_t length);
bool url_ipv4_parse(const char *host, size_t length, uint32_t *address);

// setters.c
enum {
  URL_SET_PROTOCOL,
  URL_SET_USERNAME,
  URL_SET_PASSWORD,
  URL_SET_HOST,
  URL_SET_HOSTNAME,
  URL_SET_PORT,
  URL_SET_PATHNAME,
  URL_SET_SEARCH,
  URL_SET_HASH
};
void url_update(url_record *url, int property, url_span value);

#endif
