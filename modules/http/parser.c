// SPDX-License-Identifier: MIT
//
// The parser described in parser.h: llhttp's callbacks, each a few lines that copy a span into the block.
// Limits are counted here, because every byte comes from a stranger: the head (URL, names and values
// together) and the extensions of a chunk.
#include "modules/http/parser.h"

#include <stdlib.h>
#include <strings.h>

enum { CHUNK_EXTENSIONS_LIMIT = 16 * 1024, BLOCK_KEPT = 4096 };

static http_parser *of(llhttp_t *ll) { return LODE_CONTAINER(ll, http_parser, ll); }

static int refuse(http_parser *p, const char *code, const char *reason) {
  p->own_error = code;
  p->own_reason = reason;
  llhttp_set_error_reason(&p->ll, reason);
  return HPE_USER;
}

static void reserve(http_parser *p, size_t more) {
  size_t needed = p->block_length + more;
  if (LODE_LIKELY(needed <= p->block_capacity)) return;
  size_t capacity = p->block_capacity ? p->block_capacity : 512;
  while (capacity < needed) capacity *= 2;
  p->block = lode_realloc(p->block, capacity);
  p->block_capacity = capacity;
}

static void append_byte(http_parser *p, char byte) {
  reserve(p, 1);
  p->block[p->block_length++] = byte;
}

// Line ends can only come from a folded value, of which they are no part.
static void append(http_parser *p, const char *at, size_t length) {
  reserve(p, length);
  char *to = p->block + p->block_length;
  if (LODE_LIKELY(!memchr(at, '\n', length) && !memchr(at, '\r', length))) {
    memcpy(to, at, length);
    p->block_length += length;
    return;
  }
  for (size_t i = 0; i < length; i++)
    if (at[i] != '\n' && at[i] != '\r') *to++ = at[i];
  p->block_length = (size_t)(to - p->block);
}

static int count_head(http_parser *p, size_t length) {
  p->head_bytes += length;
  if (p->head_bytes >= p->max_head_bytes) return refuse(p, "HPE_HEADER_OVERFLOW", "Header overflow");
  return 0;
}

static void start_block(http_parser *p) {
  p->block_length = 0;
  p->first_length = 0;
  p->header_count = 0;
  p->in_name = p->in_value = false;
}

static int on_begin(llhttp_t *ll) {
  http_parser *p = of(ll);
  start_block(p);
  p->head_bytes = 0;
  p->extension_bytes = 0;
  p->has_head = p->has_host = p->has_expect = p->has_length = p->has_chunked = false;
  p->between = false;
  p->events->begin(p);
  return p->stop ? HPE_USER : 0;
}

static int on_first(llhttp_t *ll, const char *at, size_t length) {
  http_parser *p = of(ll);
  append(p, at, length);
  p->first_length = (uint32_t)p->block_length;
  return count_head(p, length);
}

static int on_name(llhttp_t *ll, const char *at, size_t length) {
  http_parser *p = of(ll);
  if (!p->in_name) {
    append_byte(p, '\n');
    p->name_start = p->block_length;
    p->in_name = true;
  }
  append(p, at, length);
  return count_head(p, length);
}

// llhttp 8 tolerates some framings that its successors refuse, and that smuggle requests past a proxy: a
// length and an encoding together, and an encoding after "chunked".
static int check_framing(http_parser *p, const char *name, size_t length) {
  if (length == 14 && !strncasecmp(name, "content-length", 14)) p->has_length = true;
  if (length != 17 || p->lenient || strncasecmp(name, "transfer-encoding", 17)) return 0;
  if (p->has_length)
    return refuse(p, "HPE_INVALID_TRANSFER_ENCODING",
                  "Transfer-Encoding can't be present with Content-Length");
  if (p->ll.flags & F_CHUNKED && p->has_chunked)
    return refuse(p, "HPE_INVALID_TRANSFER_ENCODING", "Invalid `Transfer-Encoding` header value");
  p->has_chunked = true;
  return 0;
}

static int end_name(http_parser *p) {
  if (!p->in_name) return 0;
  size_t length = p->block_length - p->name_start;
  const char *name = p->block + p->name_start;
  if (length == 4 && !strncasecmp(name, "host", 4)) p->has_host = true;
  if (length == 6 && !strncasecmp(name, "expect", 6)) p->has_expect = true;
  if (!p->has_head && check_framing(p, name, length)) return HPE_USER;
  append_byte(p, '\n');
  p->in_name = false;
  return 0;
}

static int on_value(llhttp_t *ll, const char *at, size_t length) {
  http_parser *p = of(ll);
  if (end_name(p)) return HPE_USER;
  // A second piece that does not begin the input continues a folded line, which hides headers from others.
  if (p->in_value && at > p->input && !p->lenient)
    return refuse(p, "HPE_INVALID_HEADER_TOKEN", "Unexpected whitespace after header value");
  p->in_value = true;
  append(p, at, length);
  return count_head(p, length);
}

static int on_value_complete(llhttp_t *ll) {
  http_parser *p = of(ll);
  if (end_name(p)) return HPE_USER;
  p->in_value = false;
  while (p->block_length && (p->block[p->block_length - 1] == ' ' || p->block[p->block_length - 1] == '\t'))
    p->block_length--;
  p->header_count++;
  return 0;
}

static int on_head(llhttp_t *ll) {
  http_parser *p = of(ll);
  p->has_head = true;
  int verdict = p->events->head(p);
  if (p->stop) return HPE_USER;
  start_block(p);
  p->head_bytes = 0;
  return verdict;
}

static int on_body(llhttp_t *ll, const char *at, size_t length) {
  http_parser *p = of(ll);
  if (length) p->events->body(p, at, length);
  return p->stop ? HPE_USER : 0;
}

static int on_complete(llhttp_t *ll) {
  http_parser *p = of(ll);
  p->between = true;
  p->has_head = false;
  p->query = false;
  p->events->complete(p);
  if (p->block_capacity > BLOCK_KEPT) {
    free(p->block);
    p->block = NULL;
    p->block_capacity = 0;
  }
  if (p->stop) return HPE_USER;
  return p->pause_wanted ? HPE_PAUSED : 0;
}

static int on_extension(llhttp_t *ll, const char *at, size_t length) {
  (void)at;
  http_parser *p = of(ll);
  p->extension_bytes += length;
  if (p->extension_bytes > CHUNK_EXTENSIONS_LIMIT)
    return refuse(p, "HPE_CHUNK_EXTENSIONS_OVERFLOW", "Chunk extensions overflow");
  return 0;
}

static int on_chunk(llhttp_t *ll) {
  of(ll)->extension_bytes = 0;
  return 0;
}

static const llhttp_settings_t settings = {
    .on_message_begin = on_begin,
    .on_url = on_first,
    .on_status = on_first,
    .on_header_field = on_name,
    .on_header_value = on_value,
    .on_header_value_complete = on_value_complete,
    .on_headers_complete = on_head,
    .on_body = on_body,
    .on_message_complete = on_complete,
    .on_chunk_extension_name = on_extension,
    .on_chunk_extension_value = on_extension,
    .on_chunk_header = on_chunk,
    .on_chunk_complete = on_chunk,
};

void http_parser_init(http_parser *p, llhttp_type_t type, size_t max_head_bytes, int lenient,
                      const http_parser_events *events) {
  llhttp_init(&p->ll, type, &settings);
  p->events = events;
  p->max_head_bytes = max_head_bytes;
  p->lenient = lenient != HTTP_LENIENT_NONE;
  if (p->lenient) {
    llhttp_set_lenient_headers(&p->ll, 1);
    llhttp_set_lenient_chunked_length(&p->ll, 1);
    llhttp_set_lenient_keep_alive(&p->ll, 1);
    llhttp_set_lenient_transfer_encoding(&p->ll, 1);
    p->ll.lenient_flags |= LENIENT_VERSION;
  }
  start_block(p);
  p->head_bytes = p->extension_bytes = 0;
  p->own_error = p->own_reason = NULL;
  p->query = p->has_head = p->pause_wanted = p->stop = false;
  p->between = true;
}

void http_parser_drop(http_parser *p) {
  free(p->block);
  p->block = NULL;
  p->block_capacity = p->block_length = 0;
}

static http_parse_result failed(http_parser *p, llhttp_errno_t error, size_t consumed) {
  http_parse_result result = {.consumed = consumed, .code = llhttp_errno_name(error)};
  result.reason = llhttp_get_error_reason(&p->ll);
  if (p->own_error) {
    result.code = p->own_error;
    result.reason = p->own_reason;
  }
  if (!result.reason) result.reason = "Parse Error";
  if (!strcmp(result.reason, "Expected HTTP/")) result.reason = "Expected HTTP/, RTSP/ or ICE/";
  return result;
}

// llhttp 8 has no QUERY: show it a POST, which takes bodies by the same rules, and remember.
static size_t rewrite_query(http_parser *p, const char *bytes, size_t length) {
  if (!p->between || length < 6 || p->ll.type != HTTP_REQUEST || memcmp(bytes, "QUERY ", 6)) return 0;
  p->query = true;
  return llhttp_execute(&p->ll, "POST ", 5) == HPE_OK ? 6 : 0;
}

http_parse_result http_parser_execute(http_parser *p, const char *bytes, size_t length) {
  size_t skipped = rewrite_query(p, bytes, length);
  p->input = bytes;
  llhttp_errno_t error = llhttp_execute(&p->ll, bytes + skipped, length - skipped);
  if (LODE_LIKELY(error == HPE_OK)) return (http_parse_result){.consumed = length};
  size_t consumed = length;
  const char *position = llhttp_get_error_pos(&p->ll);
  if (position >= bytes && position <= bytes + length) consumed = (size_t)(position - bytes);
  if (p->stop) return (http_parse_result){.consumed = consumed};
  if (error == HPE_PAUSED) return (http_parse_result){.consumed = consumed, .paused = true};
  if (error == HPE_PAUSED_UPGRADE) {
    llhttp_resume_after_upgrade(&p->ll);
    return (http_parse_result){.consumed = consumed, .upgrade = true};
  }
  return failed(p, error, consumed);
}

http_parse_result http_parser_finish(http_parser *p) {
  llhttp_errno_t error = llhttp_finish(&p->ll);
  if (error == HPE_OK || p->stop || error == HPE_PAUSED || error == HPE_PAUSED_UPGRADE)
    return (http_parse_result){0};
  return failed(p, error, 0);
}

void http_parser_pause(http_parser *p) { p->pause_wanted = true; }

void http_parser_resume(http_parser *p) {
  p->pause_wanted = false;
  if (llhttp_get_errno(&p->ll) == HPE_PAUSED) llhttp_resume(&p->ll);
}

int http_parser_method(const http_parser *p) { return p->query ? HTTP_METHOD_QUERY : p->ll.method; }
