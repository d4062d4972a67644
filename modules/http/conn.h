// SPDX-License-Identifier: MIT
//
// A connection as HTTP sees it: a parser, the stream it reads from (when the stream is one of C's), and what
// its server wants to know about it.
//
// Ownership: made by JavaScript's `open`, freed by `close`; its JavaScript owner is kept alive in between. A
// connection that is closed by one of its own events is freed when the outermost use of it returns (`depth`).
// Everything happens on the environment's thread.
#ifndef LODE_HTTP_CONN_H
#define LODE_HTTP_CONN_H

#include "modules/http/parser.h"
#include "runtime/env/env.h"
#include "runtime/io/stream.h"

// What the head event tells JavaScript besides the block, in a shared Int32Array.
enum {
  INFO_METHOD,
  INFO_STATUS,
  INFO_MAJOR,
  INFO_MINOR,
  INFO_FLAGS,
  INFO_FIRST,
  INFO_HEADERS,
  INFO_NOW,
  INFO_COUNT = 8
};
enum { HEAD_KEEP_ALIVE = 1, HEAD_UPGRADE = 2, HEAD_NO_BODY = 4, HEAD_HOST = 8, HEAD_EXPECT = 16 };

typedef struct http_conn http_conn;

struct http_bytes { // a growing buffer
  char *data;
  size_t length, capacity;
};

struct http_state {
  lode_env *env;
  js_ref on_head, on_body, on_complete, on_fail, on_upgrade, on_sent;
  int32_t *info;
  http_conn *conns;  // all open connections
  http_conn *corked; // the one whose bytes are being read: its answers collect in `held`
  struct http_bytes held, scratch;
};

struct http_conn {
  http_parser parser;
  struct http_state *st;
  js_ref owner;
  lode_stream *stream; // while it feeds this connection
  http_conn *prev, *next;
  uint64_t message_start; // ms of the loop's clock; 0 between messages
  uint32_t server;        // number of the JavaScript server; 0 for clients
  uint32_t depth;
  struct http_bytes rest;    // input that waits while paused
  js_val *exc;               // where exceptions go when JavaScript feeds the parser; NULL: to the environment
  const char *code, *reason; // the last failure
  bool head_done;
  bool merged; // the head event already told of the completion
  bool dead;
  bool native_cleared;
  js_val native;
};

extern const js_native_type http_conn_type;
extern const lode_binding lode_binding_http;

void http_bytes_reserve(struct http_bytes *bytes, size_t more);

// Calls into JavaScript on behalf of a connection.
js_val http_conn_call(http_conn *conn, js_ref fn, size_t argc, const js_val argv[]);
void http_conn_enter(http_conn *conn);
void http_conn_leave(http_conn *conn); // may free it
// Parses; failures and upgrades are told to JavaScript. The caller is inside the engine.
http_parse_result http_conn_feed(http_conn *conn, const char *bytes, size_t length);
void http_conn_attach(http_conn *conn, lode_stream *stream);
void http_conn_detach(http_conn *conn);
void http_conn_free(http_conn *conn);
void http_conn_init(http_conn *conn, llhttp_type_t type, size_t max_head, int lenient);

// Output (send.c).
void http_conn_flush(http_conn *conn);
JS_FN_EXTERN(http_send);

#endif
