// SPDX-License-Identifier: MIT
//
// Answers: a head and a body, composed by JavaScript as strings, become bytes in one buffer and leave in one
// write. During a readable event they wait in `held`, so that answers to pipelined requests leave together.
//
// Whatever else writes to, shuts down or closes the stream must first let these bytes go: http_conn_flush.
#include "modules/http/conn.h"

#include <stdlib.h>

enum { HELD_LIMIT = 64 * 1024, SCRATCH_KEPT = 256 * 1024 };
enum { ENCODING_UTF8, ENCODING_LATIN1 };

static void append_utf8(struct http_bytes *out, const js_units *text) {
  http_bytes_reserve(out, text->length * (text->wide ? 3 : 2));
  out->length += js_units_to_utf8(text, out->data + out->length);
}

static void append_latin1(struct http_bytes *out, const js_units *text) {
  http_bytes_reserve(out, text->length);
  js_units_to_latin1(text, out->data + out->length);
  out->length += text->length;
}

static void append_value(js_ctx ctx, struct http_bytes *out, js_val v, int encoding) {
  js_units text;
  uint8_t *bytes;
  size_t length;
  if (js_units_borrow(ctx, v, &text)) {
    if (encoding == ENCODING_LATIN1)
      append_latin1(out, &text);
    else
      append_utf8(out, &text);
    js_units_drop(&text);
  } else if (js_bytes(ctx, v, &bytes, &length)) {
    http_bytes_reserve(out, length);
    memcpy(out->data + out->length, bytes, length);
    out->length += length;
  }
}

// The connection may be closed by now: the stream cancels its writes when it closes.
static void on_sent(lode_stream *stream, int status, void *arg) {
  (void)stream;
  http_conn *conn = arg;
  lode_env *env = conn->st->env;
  if (!conn->dead && !env_stopping(env)) {
    env_enter(env);
    js_val argv[] = {conn->owner.value, js_int(status)};
    env_call(env, js_as_object(conn->st->on_sent.value), js_undefined(), 2, argv);
    env_leave(env);
  }
  http_conn_leave(conn);
}

static int write_out(http_conn *conn, struct http_bytes *bytes, lode_stream_done_fn done) {
  uv_buf_t buf = uv_buf_init(bytes->data, (unsigned)bytes->length);
  bytes->length = 0;
  // While a batch of connections is read their answers leave together.
  int status = lode_stream_write_soon(conn->stream, &buf, done, conn);
  if (status == 1 && done) http_conn_enter(conn); // until it is called
  if (bytes->capacity > SCRATCH_KEPT) {
    free(bytes->data);
    *bytes = (struct http_bytes){0};
  }
  return status;
}

void http_conn_flush(http_conn *conn) {
  struct http_state *st = conn->st;
  if (st->corked != conn || !st->held.length) return;
  if (!conn->stream) {
    st->held.length = 0;
    return;
  }
  write_out(conn, &st->held, NULL); // a broken connection shows itself when it is read
}

// send(conn, head, body, encoding): 0 written or held, 1 queued (`sent` is called),
// negative: errno.
JS_FN_SHARED(http_send) {
  http_conn *conn = js_native_get(JS_ARG(0), &http_conn_type);
  if (!conn || !conn->stream) return js_int(UV_ENOTCONN);
  struct http_state *st = conn->st;
  struct http_bytes *out = st->corked == conn ? &st->held : &st->scratch;
  append_value(ctx, out, JS_ARG(1), ENCODING_LATIN1);
  append_value(ctx, out, JS_ARG(2), js_to_int(JS_ARG(3), ENCODING_UTF8));
  if (out == &st->held && out->length < HELD_LIMIT) return js_int(0);
  return js_int(write_out(conn, out, on_sent));
}
