// SPDX-License-Identifier: MIT
//
// binding('http'): what the JavaScript half asks of connections.
#include "modules/http/conn.h"

#include <stdlib.h>

static void finalize(void *pointer) { (void)pointer; } // open connections keep their object alive

const js_native_type http_conn_type = {"HTTPConnection", finalize};

static struct http_state *state_of(js_ctx ctx) {
  (void)ctx;
  return binding_state(env_current(), &lode_binding_http);
}

static http_conn *conn_of(js_val v) { return js_native_get(v, &http_conn_type); }

// setup(head, body, complete, fail, upgrade, sent)
JS_FN(setup) {
  struct http_state *st = state_of(ctx);
  js_ref *refs[] = {&st->on_head, &st->on_body,    &st->on_complete,
                    &st->on_fail, &st->on_upgrade, &st->on_sent};
  for (size_t i = 0; i < LODE_COUNT(refs); i++) {
    js_ref_drop(ctx, refs[i]);
    *refs[i] = js_ref_take(ctx, JS_ARG(i));
  }
  return js_undefined();
}

// open(owner, isRequest, maxHeadBytes, lenient, server) -> native
JS_FN(open_conn) {
  struct http_state *st = state_of(ctx);
  http_conn *conn = lode_zalloc(sizeof *conn);
  conn->st = st;
  conn->server = (uint32_t)js_to_int(JS_ARG(4), 0);
  http_conn_init(conn, js_is_true(JS_ARG(1)) ? HTTP_REQUEST : HTTP_RESPONSE,
                 (size_t)js_to_int(JS_ARG(2), 16384), js_to_int(JS_ARG(3), 0));
  js_lock(ctx);
  conn->owner = js_ref_take(ctx, JS_ARG(0));
  conn->native = js_native_new(ctx, &http_conn_type, conn);
  js_unlock(ctx);
  conn->next = st->conns;
  if (st->conns) st->conns->prev = conn;
  st->conns = conn;
  return conn->native;
}

JS_FN(close_conn) {
  http_conn *conn = conn_of(JS_ARG(0));
  if (conn) http_conn_free(conn);
  return js_undefined();
}

// execute(conn, bytes): the count of bytes dealt with; -1 - count where the input is malformed (see
// `failure`). A following upgrade is in the result's sign of info[INFO_FLAGS]: `upgraded`.
JS_FN(execute) {
  http_conn *conn = conn_of(JS_ARG(0));
  uint8_t *bytes;
  size_t length;
  if (!conn || !js_bytes(ctx, JS_ARG(1), &bytes, &length)) return js_int(UV_EINVAL);
  char *copy = lode_alloc(length ? length : 1); // events may detach or reuse the caller's memory
  memcpy(copy, bytes, length);
  js_val *outer = conn->exc;
  http_conn_enter(conn);
  js_lock(ctx);
  conn->exc = exc;
  http_parse_result result = http_conn_feed(conn, copy, length);
  conn->exc = outer;
  js_unlock(ctx);
  http_conn_leave(conn);
  free(copy);
  double count = (double)result.consumed;
  if (result.code) return js_num(-1 - count);
  return js_num(result.upgrade ? count + 0.5 : count);
}

JS_FN(finish) {
  http_conn *conn = conn_of(JS_ARG(0));
  if (!conn) return js_int(0);
  js_val *outer = conn->exc;
  http_conn_enter(conn);
  js_lock(ctx);
  conn->exc = exc;
  http_parse_result result = http_parser_finish(&conn->parser);
  conn->code = result.code;
  conn->reason = result.reason;
  conn->exc = outer;
  js_unlock(ctx);
  http_conn_leave(conn);
  return js_int(result.code ? -1 : 0);
}

// failure(conn) -> [code, reason]
JS_FN(failure) {
  http_conn *conn = conn_of(JS_ARG(0));
  if (!conn || !conn->code) return js_undefined();
  js_lock(ctx);
  js_val pair[] = {js_str(ctx, conn->code), js_str(ctx, conn->reason)};
  js_obj array = js_array(ctx, 2, pair);
  js_unlock(ctx);
  return array;
}

// attach(conn, streamNative) -> false where the stream is none of C's
JS_FN(attach) {
  http_conn *conn = conn_of(JS_ARG(0));
  lode_stream *stream = lode_stream_from(JS_ARG(1));
  if (!conn || !stream || stream->closing) return js_bool(false);
  http_conn_attach(conn, stream);
  return js_bool(true);
}

JS_FN(detach) {
  http_conn *conn = conn_of(JS_ARG(0));
  if (conn) http_conn_detach(conn);
  return js_undefined();
}

JS_FN(flush) {
  http_conn *conn = conn_of(JS_ARG(0));
  if (conn) http_conn_flush(conn);
  return js_undefined();
}

JS_FN(pause_conn) {
  http_conn *conn = conn_of(JS_ARG(0));
  if (conn) http_parser_pause(&conn->parser);
  return js_undefined();
}

// resume(conn): parses what was left; answers as `execute` does, or undefined where nothing was left.
JS_FN(resume_conn) {
  http_conn *conn = conn_of(JS_ARG(0));
  if (!conn || !conn->parser.pause_wanted) return js_undefined();
  http_parser_resume(&conn->parser);
  struct http_bytes rest = conn->rest;
  conn->rest = (struct http_bytes){0};
  if (!rest.length) {
    free(rest.data);
    return js_undefined();
  }
  js_val *outer = conn->exc;
  http_conn_enter(conn);
  js_lock(ctx);
  conn->exc = exc;
  http_parse_result result = http_conn_feed(conn, rest.data, rest.length);
  conn->exc = outer;
  js_unlock(ctx);
  http_conn_leave(conn);
  free(rest.data);
  double count = (double)result.consumed;
  if (result.code) return js_num(-1 - count);
  return js_num(result.upgrade ? count + 0.5 : count);
}

enum { COLLECT_ALL, COLLECT_ACTIVE, COLLECT_IDLE, COLLECT_EXPIRED };

static bool is_expired(const http_conn *conn, uint64_t now, double head_ms, double message_ms) {
  if (!conn->message_start) return false;
  double age = (double)(now - conn->message_start);
  return (!conn->head_done && head_ms > 0 && age >= head_ms) || (message_ms > 0 && age >= message_ms);
}

// collect(server, which, headersTimeout, requestTimeout) -> owners
JS_FN(collect) {
  struct http_state *st = state_of(ctx);
  uint32_t server = (uint32_t)js_to_int(JS_ARG(0), 0);
  int which = js_to_int(JS_ARG(1), COLLECT_ALL);
  double head_ms = js_to_num(JS_ARG(2), 0), message_ms = js_to_num(JS_ARG(3), 0);
  uint64_t now = uv_now(env_loop(st->env));
  js_lock(ctx);
  js_obj found = js_array(ctx, 0, NULL);
  unsigned count = 0;
  for (http_conn *conn = st->conns; conn; conn = conn->next) {
    if (conn->server != server) continue;
    if (which == COLLECT_ACTIVE && !conn->message_start) continue;
    if (which == COLLECT_IDLE && conn->message_start) continue;
    if (which == COLLECT_EXPIRED && !is_expired(conn, now, head_ms, message_ms)) continue;
    js_set_index(ctx, found, count++, conn->owner.value);
  }
  js_unlock(ctx);
  return found;
}

// age(conn): ms since the current message began; -1 between messages
JS_FN(age) {
  http_conn *conn = conn_of(JS_ARG(0));
  if (!conn || !conn->message_start) return js_int(-1);
  return js_num((double)(uv_now(env_loop(conn->st->env)) - conn->message_start));
}

// now(): the clock of info[INFO_NOW]
JS_FN(now) { return js_int((int32_t)(uv_now(env_loop(state_of(ctx)->env)) & 0x3fffffff)); }

static const js_fn_spec functions[] = {
    {"setup", setup},      {"open", open_conn},     {"close", close_conn},
    {"execute", execute},  {"finish", finish},      {"failure", failure},
    {"attach", attach},    {"detach", detach},      {"flush", flush},
    {"pause", pause_conn}, {"resume", resume_conn}, {"collect", collect},
    {"age", age},          {"send", http_send},     {"now", now},
};

static void release_info(void *data, void *hint) {
  (void)hint;
  free(data);
}

static js_val method_names(js_ctx ctx) {
  js_val names[HTTP_METHOD_QUERY + 1];
  for (int i = 0; i < HTTP_METHOD_QUERY; i++) names[i] = js_str(ctx, llhttp_method_name((llhttp_method_t)i));
  names[HTTP_METHOD_QUERY] = js_str(ctx, "QUERY");
  return js_array(ctx, LODE_COUNT(names), names);
}

// A program may end the process in the middle of a readable event: what it has answered by then still goes
// out.
static void flush_at_exit(void *arg) {
  struct http_state *st = arg;
  if (st->corked) http_conn_flush(st->corked);
}

static void init(lode_env *env, js_ctx ctx, js_obj target, void *state) {
  struct http_state *st = state;
  st->env = env;
  env_at_exit(env, flush_at_exit, st);
  st->info = lode_zalloc(INFO_COUNT * sizeof *st->info);
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  js_set(ctx, target, "methods", method_names(ctx));
  js_set(ctx, target, "infoBuffer",
         js_arraybuffer_external(ctx, st->info, INFO_COUNT * sizeof *st->info, release_info, NULL));
}

static void teardown(lode_env *env, void *state) {
  struct http_state *st = state;
  while (st->conns) http_conn_free(st->conns);
  js_ref *refs[] = {&st->on_head, &st->on_body,    &st->on_complete,
                    &st->on_fail, &st->on_upgrade, &st->on_sent};
  for (size_t i = 0; i < LODE_COUNT(refs); i++) js_ref_drop(env_ctx(env), refs[i]);
  free(st->held.data);
  free(st->scratch.data);
  st->held = st->scratch = (struct http_bytes){0};
}

LODE_BINDING(http, sizeof(struct http_state), init, teardown);
