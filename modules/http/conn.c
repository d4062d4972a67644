// SPDX-License-Identifier: MIT
//
// Connections: the parser's events become calls into JavaScript, a stream's bytes become the parser's input.
//
// Crossing into JavaScript is what costs, so a request without a body is one call: the head event says that
// nothing follows, and the completion is not told again. While the bytes of one readable event are dealt
// with, the connection's answers collect (send.c) and leave together at the end.
#include "modules/http/conn.h"

#include <stdlib.h>

void http_bytes_reserve(struct http_bytes *bytes, size_t more) {
  size_t needed = bytes->length + more;
  if (needed <= bytes->capacity) return;
  size_t capacity = bytes->capacity ? bytes->capacity : 4096;
  while (capacity < needed) capacity *= 2;
  bytes->data = lode_realloc(bytes->data, capacity);
  bytes->capacity = capacity;
}

js_val http_conn_call(http_conn *conn, js_ref fn, size_t argc, const js_val argv[]) {
  js_obj function = js_as_object(fn.value);
  if (!conn->exc) return env_call(conn->st->env, function, js_undefined(), argc, argv);
  if (*conn->exc) return NULL;
  return js_call(env_ctx(conn->st->env), function, js_undefined(), argc, argv, conn->exc);
}

static http_conn *of(http_parser *parser) { return LODE_CONTAINER(parser, http_conn, parser); }

static void on_begin(http_parser *parser) {
  http_conn *conn = of(parser);
  conn->message_start = uv_now(env_loop(conn->st->env));
  conn->head_done = false;
  conn->merged = false;
}

static bool has_no_body(const llhttp_t *ll) {
  return ll->type == HTTP_REQUEST && !ll->upgrade && ll->content_length == 0 &&
         !(ll->flags & (F_CHUNKED | F_TRANSFER_ENCODING));
}

static js_val block_string(http_conn *conn) {
  http_parser *p = &conn->parser;
  return js_str_latin1(env_ctx(conn->st->env), p->block ? p->block : "", p->block_length);
}

static int on_head(http_parser *parser) {
  http_conn *conn = of(parser);
  const llhttp_t *ll = &parser->ll;
  int32_t *info = conn->st->info;
  conn->head_done = true;
  conn->merged = has_no_body(ll);
  info[INFO_METHOD] = http_parser_method(parser);
  info[INFO_STATUS] = ll->status_code;
  info[INFO_MAJOR] = ll->http_major;
  info[INFO_MINOR] = ll->http_minor;
  info[INFO_FLAGS] = (llhttp_should_keep_alive(ll) ? HEAD_KEEP_ALIVE : 0) | (ll->upgrade ? HEAD_UPGRADE : 0) |
                     (conn->merged ? HEAD_NO_BODY : 0) | (parser->has_host ? HEAD_HOST : 0) |
                     (parser->has_expect ? HEAD_EXPECT : 0);
  info[INFO_FIRST] = (int32_t)parser->first_length;
  info[INFO_HEADERS] = (int32_t)parser->header_count;
  info[INFO_NOW] = (int32_t)(conn->message_start & 0x3fffffff);
  js_val argv[] = {conn->owner.value, block_string(conn)};
  js_val answer = http_conn_call(conn, conn->st->on_head, 2, argv);
  int verdict = answer ? js_to_int(answer, 0) : 0;
  if (verdict != 2) parser->ll.upgrade = 0; // the announced protocol is declined: what follows is HTTP
  return verdict;
}

static js_val bytes_value(http_conn *conn, const char *bytes, size_t length) {
  void *copy = lode_alloc(length ? length : 1);
  memcpy(copy, bytes, length);
  return js_arraybuffer_take(env_ctx(conn->st->env), copy, length);
}

static void on_body(http_parser *parser, const char *bytes, size_t length) {
  http_conn *conn = of(parser);
  js_val argv[] = {conn->owner.value, bytes_value(conn, bytes, length)};
  http_conn_call(conn, conn->st->on_body, 2, argv);
}

static void on_complete(http_parser *parser) {
  http_conn *conn = of(parser);
  conn->message_start = 0;
  if (conn->merged) return;
  js_val argv[] = {conn->owner.value, parser->header_count ? block_string(conn) : js_undefined()};
  http_conn_call(conn, conn->st->on_complete, 2, argv);
}

static const http_parser_events events = {
    .begin = on_begin, .head = on_head, .body = on_body, .complete = on_complete};

void http_conn_init(http_conn *conn, llhttp_type_t type, size_t max_head, int lenient) {
  http_parser_init(&conn->parser, type, max_head, lenient, &events);
  conn->message_start = conn->server ? uv_now(env_loop(conn->st->env)) : 0;
  conn->head_done = conn->merged = false;
  conn->code = conn->reason = NULL;
  conn->rest.length = 0;
}

void http_conn_enter(http_conn *conn) { conn->depth++; }

void http_conn_leave(http_conn *conn) {
  if (--conn->depth || !conn->dead) return;
  http_parser_drop(&conn->parser);
  free(conn->rest.data);
  free(conn);
}

static void tell_failure(http_conn *conn, http_parse_result *result, const char *bytes, size_t length) {
  js_ctx ctx = env_ctx(conn->st->env);
  js_val argv[] = {conn->owner.value, js_str(ctx, result->code), js_str(ctx, result->reason),
                   js_num((double)result->consumed), bytes_value(conn, bytes, length)};
  http_conn_call(conn, conn->st->on_fail, LODE_COUNT(argv), argv);
}

static void tell_upgrade(http_conn *conn, const char *bytes, size_t length) {
  js_val argv[] = {conn->owner.value, bytes_value(conn, bytes, length)};
  http_conn_call(conn, conn->st->on_upgrade, 2, argv);
}

// The caller has entered the connection.
http_parse_result http_conn_feed(http_conn *conn, const char *bytes, size_t length) {
  if (conn->parser.pause_wanted) { // somebody reads on although we asked to wait
    http_bytes_reserve(&conn->rest, length);
    memcpy(conn->rest.data + conn->rest.length, bytes, length);
    conn->rest.length += length;
    return (http_parse_result){.consumed = length};
  }
  http_parse_result result = http_parser_execute(&conn->parser, bytes, length);
  conn->code = result.code;
  conn->reason = result.reason;
  if (LODE_LIKELY(result.consumed == length && !result.code && !result.upgrade) || conn->dead) return result;
  if (result.paused) {
    size_t left = length - result.consumed;
    http_bytes_reserve(&conn->rest, left);
    memcpy(conn->rest.data + conn->rest.length, bytes + result.consumed, left);
    conn->rest.length += left;
    result.consumed = length;
  }
  return result;
}

static void feed_and_tell(http_conn *conn, const char *bytes, size_t length) {
  http_parse_result result = http_conn_feed(conn, bytes, length);
  if (LODE_LIKELY(!result.code && !result.upgrade) || conn->dead) return;
  if (result.code)
    tell_failure(conn, &result, bytes, length);
  else
    tell_upgrade(conn, bytes + result.consumed, length - result.consumed);
}

static void on_stream_close(lode_stream *stream, void *arg) {
  (void)stream;
  http_conn *conn = arg;
  conn->stream = NULL;
}

static void on_stream_read(lode_stream *stream, ssize_t nread, const uint8_t *data, void *arg) {
  http_conn *conn = arg;
  if (nread < 0) { // the socket's business from here on
    http_conn_detach(conn);
    lode_stream_deliver(stream, nread, NULL);
    return;
  }
  if (nread == 0) return;
  struct http_state *st = conn->st;
  http_conn *outer = st->corked;
  http_conn_enter(conn);
  env_enter(st->env);
  if (!outer) st->corked = conn;
  feed_and_tell(conn, (const char *)data, (size_t)nread);
  env_leave(st->env);
  if (!outer) {
    http_conn_flush(conn);
    st->corked = NULL;
  }
  http_conn_leave(conn);
}

static void on_stream_flush(lode_stream *stream, void *arg) {
  (void)stream;
  http_conn_flush(arg);
}

void http_conn_attach(http_conn *conn, lode_stream *stream) {
  conn->stream = stream;
  lode_stream_set_reader(stream, on_stream_read, on_stream_close, conn);
  stream->flush = on_stream_flush;
  stream->batched = true;
}

void http_conn_detach(http_conn *conn) {
  if (!conn->stream) return;
  http_conn_flush(conn);
  lode_stream *stream = conn->stream;
  conn->stream = NULL;
  if (stream && stream->reader_arg == conn) lode_stream_set_reader(stream, NULL, NULL, NULL);
}

void http_conn_free(http_conn *conn) {
  if (conn->dead) return;
  http_conn_enter(conn);
  http_conn_detach(conn);
  conn->dead = true;
  conn->parser.stop = true;
  if (conn->prev)
    conn->prev->next = conn->next;
  else
    conn->st->conns = conn->next;
  if (conn->next) conn->next->prev = conn->prev;
  js_native_clear(conn->native);
  js_ref_drop(env_ctx(conn->st->env), &conn->owner);
  http_conn_leave(conn);
}
