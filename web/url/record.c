// SPDX-License-Identifier: MIT
//
// The URL record: life, schemes, serialisation. Any thread.
#include "web/url/url.h"

#include <stdio.h>

void url_init(url_record *url) {
  url_text *texts[] = {&url->scheme, &url->username, &url->password, &url->host,
                       &url->path,   &url->query,    &url->fragment};
  for (size_t i = 0; i < LODE_COUNT(texts); i++) url_text_init(texts[i]);
  url->port = -1;
  url->kind = URL_OTHER;
  url->has_host = url->has_query = url->has_fragment = url->opaque_path = false;
}

void url_free(url_record *url) {
  url_text *texts[] = {&url->scheme, &url->username, &url->password, &url->host,
                       &url->path,   &url->query,    &url->fragment};
  for (size_t i = 0; i < LODE_COUNT(texts); i++) url_text_free(texts[i]);
}

void url_copy_authority(url_record *url, const url_record *from) {
  url_text_copy(&url->username, &from->username);
  url_text_copy(&url->password, &from->password);
  url_text_copy(&url->host, &from->host);
  url->has_host = from->has_host;
  url->port = from->port;
}

int url_scheme_kind(const char *scheme, size_t length) {
  static const char *const names[] = {[URL_HTTP] = "http", [URL_HTTPS] = "https", [URL_WS] = "ws",
                                      [URL_WSS] = "wss",   [URL_FTP] = "ftp",     [URL_FILE] = "file"};
  for (int kind = URL_HTTP; kind <= URL_FILE; kind++) {
    if (strlen(names[kind]) == length && memcmp(names[kind], scheme, length) == 0) return kind;
  }
  return URL_OTHER;
}

int32_t url_default_port(int kind) {
  static const int32_t ports[] = {[URL_OTHER] = -1, [URL_HTTP] = 80, [URL_HTTPS] = 443, [URL_WS] = 80,
                                  [URL_WSS] = 443,  [URL_FTP] = 21,  [URL_FILE] = -1};
  return ports[kind];
}

static void add(url_text *out, const url_text *part) { url_text_add(out, part->data, part->length); }

static void serialize_authority(const url_record *url, url_text *out, uint32_t offsets[URL_OFFSETS]) {
  url_text_add(out, "//", 2);
  add(out, &url->username);
  offsets[URL_USER_END] = (uint32_t)out->length;
  if (url->password.length) {
    url_text_put(out, ':');
    add(out, &url->password);
  }
  if (url->username.length || url->password.length) url_text_put(out, '@');
  offsets[URL_HOST_START] = (uint32_t)out->length;
  add(out, &url->host);
  offsets[URL_HOST_END] = (uint32_t)out->length;
  if (url->port >= 0) {
    char digits[8];
    int length = snprintf(digits, sizeof digits, ":%d", (int)url->port);
    url_text_add(out, digits, (size_t)length);
  }
}

// Offsets: the scheme ends after its ':'. Without an authority USER_END, HOST_START and HOST_END equal
// SCHEME_END. A port stands between HOST_END and PATH_START. SEARCH_START and HASH_START point at '?' and
// '#', or to the end of what comes before.
void url_serialize(const url_record *url, url_text *out, uint32_t offsets[URL_OFFSETS]) {
  add(out, &url->scheme);
  url_text_put(out, ':');
  for (int i = URL_SCHEME_END; i <= URL_HOST_END; i++) offsets[i] = (uint32_t)out->length;
  if (url->has_host)
    serialize_authority(url, out, offsets);
  else if (!url->opaque_path && url->path.length > 1 && url->path.data[0] == '/' && url->path.data[1] == '/')
    url_text_add(out, "/.", 2); // or the path would read as an authority
  offsets[URL_PATH_START] = (uint32_t)out->length;
  add(out, &url->path);
  offsets[URL_SEARCH_START] = (uint32_t)out->length;
  if (url->has_query) {
    url_text_put(out, '?');
    add(out, &url->query);
  }
  offsets[URL_HASH_START] = (uint32_t)out->length;
  if (url->has_fragment) {
    url_text_put(out, '#');
    add(out, &url->fragment);
  }
}
