// SPDX-License-Identifier: MIT
//
// The floor: an HTTP hello-world server in plain C on libuv and llhttp, with the response that `http` of Node
// gives, keep-alive and pipelining included. What a runtime needs above this is the price of its JavaScript.
//
// One thread. A connection owns its buffers and is freed in its close callback. Answers to all requests of
// one read go out in one write, first tried at once and queued only for what the kernel did not take.
#include <llhttp/llhttp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <uv.h>

#define BODY "Hello, World!\n"
#define READ_SIZE 65536

static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: ";
static const char alive[] =
    "\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\nContent-Length: 14\r\n\r\n" BODY;
static const char closing[] = "\r\nConnection: close\r\nContent-Length: 14\r\n\r\n" BODY;

struct connection {
  uv_tcp_t tcp;
  llhttp_t parser;
  bool close; // after what is in `out` was written
  size_t out_length;
  char out[16384];
};

struct pending {
  uv_write_t write;
  struct connection *connection;
  char bytes[];
};

static llhttp_settings_t settings;
static char read_buffer[READ_SIZE]; // one read at a time: shared by all connections
static char date[64];
static time_t date_of;

static void refresh_date(uv_loop_t *loop) {
  time_t now = (time_t)(uv_now(loop) / 1000); // changes at least as often as the second does
  if (now == date_of) return;
  date_of = now;
  time_t wall = time(NULL);
  struct tm parts;
  strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&wall, &parts));
}

static void on_closed(uv_handle_t *handle) { free(handle->data); }

static void hang_up(struct connection *c) {
  if (!uv_is_closing((uv_handle_t *)&c->tcp)) uv_close((uv_handle_t *)&c->tcp, on_closed);
}

static void on_written(uv_write_t *write, int status) {
  struct pending *pending = (struct pending *)write;
  if (status < 0 || pending->connection->close) hang_up(pending->connection);
  free(pending);
}

static void queue_rest(struct connection *c, size_t from) {
  size_t length = c->out_length - from;
  struct pending *pending = malloc(sizeof *pending + length);
  if (!pending) return hang_up(c);
  pending->connection = c;
  memcpy(pending->bytes, c->out + from, length);
  uv_buf_t buffer = uv_buf_init(pending->bytes, (unsigned)length);
  if (uv_write(&pending->write, (uv_stream_t *)&c->tcp, &buffer, 1, on_written) != 0) {
    free(pending);
    hang_up(c);
  }
}

static void flush(struct connection *c) {
  if (c->out_length == 0) return;
  uv_buf_t buffer = uv_buf_init(c->out, (unsigned)c->out_length);
  int written = uv_try_write((uv_stream_t *)&c->tcp, &buffer, 1);
  if (written < 0 && written != UV_EAGAIN) return hang_up(c);
  if (written < 0) written = 0;
  if ((size_t)written < c->out_length)
    queue_rest(c, (size_t)written);
  else if (c->close)
    hang_up(c);
  c->out_length = 0;
}

static void append(struct connection *c, const char *text, size_t length) {
  memcpy(c->out + c->out_length, text, length);
  c->out_length += length;
}

static int on_message_complete(llhttp_t *parser) {
  struct connection *c = parser->data;
  bool keep = llhttp_should_keep_alive(parser);
  if (c->out_length + 512 > sizeof c->out) flush(c);
  append(c, head, sizeof head - 1);
  append(c, date, strlen(date));
  if (keep)
    append(c, alive, sizeof alive - 1);
  else
    append(c, closing, sizeof closing - 1);
  c->close = !keep;
  return 0;
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
  (void)handle;
  (void)suggested;
  *buffer = uv_buf_init(read_buffer, sizeof read_buffer);
}

static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer) {
  struct connection *c = stream->data;
  if (length < 0) return hang_up(c);
  if (length == 0) return;
  refresh_date(stream->loop);
  if (llhttp_execute(&c->parser, buffer->base, (size_t)length) != HPE_OK) {
    static const char bad[] = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
    if (c->out_length + sizeof bad < sizeof c->out) append(c, bad, sizeof bad - 1);
    c->close = true;
  }
  flush(c);
}

static void on_connection(uv_stream_t *server, int status) {
  struct connection *c = status == 0 ? calloc(1, sizeof *c) : NULL;
  if (!c) return;
  uv_tcp_init(server->loop, &c->tcp);
  c->tcp.data = c;
  llhttp_init(&c->parser, HTTP_REQUEST, &settings);
  c->parser.data = c;
  if (uv_accept(server, (uv_stream_t *)&c->tcp) != 0) return hang_up(c);
  uv_tcp_nodelay(&c->tcp, 1);
  uv_read_start((uv_stream_t *)&c->tcp, on_alloc, on_read);
}

int main(void) {
  uv_loop_t *loop = uv_default_loop();
  uv_tcp_t server;
  struct sockaddr_in address;
  int length = sizeof address;
  llhttp_settings_init(&settings);
  settings.on_message_complete = on_message_complete;
  uv_tcp_init(loop, &server);
  uv_ip4_addr("127.0.0.1", 0, &address);
  if (uv_tcp_bind(&server, (const struct sockaddr *)&address, 0) != 0 ||
      uv_listen((uv_stream_t *)&server, 511, on_connection) != 0)
    return 1;
  uv_tcp_getsockname(&server, (struct sockaddr *)&address, &length);
  printf("listening %d\n", ntohs(address.sin_port));
  fflush(stdout);
  return uv_run(loop, UV_RUN_DEFAULT);
}
