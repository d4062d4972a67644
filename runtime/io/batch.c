// SPDX-License-Identifier: MIT
//
// Only while the loop is busy (pace.h): a program that has few connections sees their events in the order in
// which they came, mixed with those of everything else.
//
// How a read is put off: libuv asks for memory before it reads, and takes none for "not now"; it tells of it
// (UV_ENOBUFS) and goes on polling. They are read after the poll phase, or when all places are
// taken.
//
// Ends and large reads stay libuv's: a stream that has come to its end, or has more than fits a place, is
// read by libuv in the next turn, as the kernel reports it again.
#include "runtime/io/batch.h"
#include "runtime/io/pace.h"
#include "runtime/io/ring.h"
#include "runtime/loop/loop.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

enum { PLACES = 32, READ_SIZE = 4096, SEND_SIZE = 32 * 1024, SEND_MAX = 4096 };
// Answers that wait while others are made: not longer than this, plus what one callback takes.
enum { PATIENCE_NS = 200 * 1000 };
enum { NOT_DONE = -1000000 }; // no errno

struct lode_batch {
  lode_env *env;
  ring *ring;
  bool untried, usable; // whether the kernel was asked for a ring; whether reads are put off
  struct pace pace;
  bool running;
  unsigned reads, sends;
  size_t send_used;
  uint64_t since; // when the first of `sends` came
  lode_uv_stream *readers[PLACES];
  lode_uv_stream *senders[PLACES];
  const char *send_data[PLACES];
  size_t send_length[PLACES];
  int read_results[PLACES];
  bool read_done;       // read_results hold
  char *memory;         // PLACES * READ_SIZE, then SEND_SIZE
  lode_uv_stream *kept; // started again with bytes that were read before they stopped
  uv_idle_t idle;       // keeps the poll phase from blocking while there are such
};

// What was read for a stream that had stopped by then.
struct lode_kept_bytes {
  lode_uv_stream *next; // in batch->kept
  bool listed;
  size_t length;
  char data[];
};

static int fd_of(lode_uv_stream *stream) {
  uv_os_fd_t fd;
  return uv_fileno(&stream->uv.any, &fd) < 0 ? -1 : fd;
}

// ---- The ring ----

static bool wanted(void) {
  const char *setting = getenv("UV_USE_IO_URING");
  return !setting || strcmp(setting, "0") != 0;
}

static void give_up(lode_batch *b) {
  ring_close(b->ring);
  b->ring = NULL;
  b->usable = false;
}

static bool has_ring(lode_batch *b) {
  if (LODE_UNLIKELY(b->untried)) {
    b->untried = false;
    b->ring = ring_open(PLACES);
    if (!b->ring) give_up(b);
  }
  return b->ring != NULL;
}

// ---- Sending ----

static int send_alone(int fd, const char *data, size_t length) {
  ssize_t n = send(fd, data, length, MSG_DONTWAIT | MSG_NOSIGNAL);
  return n < 0 ? -errno : (int)n;
}

// An error is left to the reader, to whom a broken connection shows itself.
static void after_send(lode_uv_stream *stream, const char *data, size_t length, int result) {
  if (result == (int)length) return;
  if (result < 0 && result != -EAGAIN && result != -EINTR) return;
  size_t sent = result < 0 ? 0 : (size_t)result;
  lode_uv_stream_queue(stream, data + sent, length - sent);
}

static void settle(lode_batch *b, uint64_t rest_ns) {
  unsigned count = b->sends;
  if (!count) return;
  int results[PLACES];
  for (unsigned i = 0; i < count; i++) results[i] = NOT_DONE;
  if ((count > 1 || rest_ns) && has_ring(b)) {
    for (unsigned i = 0; i < count; i++)
      ring_add_send(b->ring, fd_of(b->senders[i]), b->send_data[i], b->send_length[i], i);
    if (!ring_run(b->ring, results, rest_ns)) give_up(b);
  }
  b->sends = 0;
  for (unsigned i = 0; i < count; i++) {
    lode_uv_stream *stream = b->senders[i];
    stream->send_waits = false;
    if (results[i] == NOT_DONE) results[i] = send_alone(fd_of(stream), b->send_data[i], b->send_length[i]);
    after_send(stream, b->send_data[i], b->send_length[i], results[i]);
  }
  b->send_used = 0;
}

void lode_batch_settle(lode_batch *b) { settle(b, 0); }

bool lode_batch_send(lode_batch *b, lode_uv_stream *stream, const char *data, size_t length) {
  if (!b->running || !b->ring || length > SEND_MAX) return false;
  if (stream->send_waits || b->sends == PLACES || b->send_used + length > SEND_SIZE) lode_batch_settle(b);
  if (stream->uv.stream.write_queue_size) return false; // behind what waits in libuv
  char *copy = b->memory + PLACES * READ_SIZE + b->send_used;
  memcpy(copy, data, length);
  if (!b->sends) b->since = uv_hrtime();
  b->senders[b->sends] = stream;
  b->send_data[b->sends] = copy;
  b->send_length[b->sends++] = length;
  b->send_used += length;
  stream->send_waits = true;
  stream->base.bytes_written += length;
  return true;
}

// ---- Reading ----

static int receive_alone(lode_uv_stream *stream, char *data) {
  ssize_t n = recv(fd_of(stream), data, READ_SIZE, MSG_DONTWAIT);
  return n < 0 ? -errno : (int)n;
}

static void receive(lode_batch *b) {
  for (unsigned i = 0; i < b->reads; i++) b->read_results[i] = NOT_DONE;
  unsigned count = 0;
  for (unsigned i = 0; i < b->reads; i++) count += b->readers[i] != NULL;
  if (count > 1 && has_ring(b)) {
    for (unsigned i = 0; i < b->reads; i++)
      if (b->readers[i])
        ring_add_recv(b->ring, fd_of(b->readers[i]), b->memory + i * READ_SIZE, READ_SIZE, i);
    if (!ring_run(b->ring, b->read_results, 0)) give_up(b);
  }
  for (unsigned i = 0; i < b->reads; i++)
    if (b->readers[i] && b->read_results[i] == NOT_DONE)
      b->read_results[i] = receive_alone(b->readers[i], b->memory + i * READ_SIZE);
  b->read_done = true;
}

static void deliver(lode_uv_stream *stream, int result, const char *data) {
  if (result == -EAGAIN || result == -EINTR) return;
  if (result == 0 || result == READ_SIZE) stream->read_directly = true;
  if (result < 0) lode_uv_stream_failed(stream, result);
  if (result > 0) lode_stream_deliver(&stream->base, result, (const uint8_t *)data);
}

static void deliver_kept(lode_batch *b) {
  while (b->kept) {
    lode_uv_stream *stream = b->kept;
    struct lode_kept_bytes *kept = stream->kept;
    b->kept = kept->next;
    stream->kept = NULL;
    lode_stream_deliver(&stream->base, (ssize_t)kept->length, (const uint8_t *)kept->data);
    free(kept);
  }
  uv_idle_stop(&b->idle);
}

static void settle_and_rest(lode_batch *b) {
  uint64_t rest_ns = b->sends ? pace_rest_ns(&b->pace) : 0;
  if (!rest_ns || uv_backend_timeout(env_loop(b->env)) == 0) {
    settle(b, 0);
    return;
  }
  uint64_t before = uv_hrtime();
  settle(b, rest_ns);
  loop_add_idle(b->env, uv_hrtime() - before);
}

static void run(lode_batch *b) {
  if (!b->reads || b->running) return;
  b->running = true;
  receive(b);
  pace_begin_run(&b->pace, b->reads);
  uint64_t before = uv_hrtime();
  for (unsigned i = 0; i < b->reads; i++) {
    lode_uv_stream *stream = b->readers[i];
    if (!stream) continue;
    b->readers[i] = NULL;
    stream->read_place = 0;
    deliver(stream, b->read_results[i], b->memory + i * READ_SIZE);
    uint64_t now = uv_hrtime();
    pace_note_callback(&b->pace, before, now);
    if (b->sends && (pace_is_hurried(&b->pace) || now - b->since > PATIENCE_NS)) lode_batch_settle(b);
    before = now;
  }
  settle_and_rest(b);
  b->reads = 0;
  b->read_done = b->running = false;
}

static void after_poll(void *arg) {
  lode_batch *b = arg;
  if (LODE_UNLIKELY(b->kept != NULL)) deliver_kept(b);
  run(b);
  if (pace_end_turn(&b->pace, b->ring != NULL)) loop_yield(b->env, pace_is_busy(&b->pace));
}

bool lode_batch_defer(lode_batch *b, lode_uv_stream *stream) {
  pace_note_read(&b->pace, &stream->read_window);
  if (LODE_UNLIKELY(stream->kept != NULL)) return true; // that comes first
  if (!pace_is_busy(&b->pace) || !b->usable || b->running || stream->read_directly || b->reads == PLACES)
    return false;
  if (stream->read_place) return true;
  if (!b->memory) b->memory = lode_alloc(PLACES * READ_SIZE + SEND_SIZE);
  b->readers[b->reads++] = stream;
  stream->read_place = b->reads;
  return true;
}

void lode_batch_deferred(lode_batch *b) {
  if (b->reads == PLACES) run(b);
}

void lode_batch_read_directly(lode_uv_stream *stream, ssize_t nread) {
  if (nread < READ_SIZE) stream->read_directly = false;
}

// ---- What happens to streams meanwhile ----

static void leave_place(lode_batch *b, lode_uv_stream *stream) {
  b->readers[stream->read_place - 1] = NULL;
  stream->read_place = 0;
}

static void on_idle(LODE_UNUSED uv_idle_t *handle) {}

void lode_batch_stopped(lode_batch *b, lode_uv_stream *stream) {
  if (stream->kept && stream->kept->listed) {
    lode_uv_stream **link = &b->kept;
    while (*link != stream) link = &(*link)->kept->next;
    *link = stream->kept->next;
    stream->kept->listed = false;
  }
  if (!stream->read_place) return;
  unsigned place = stream->read_place - 1;
  int length = b->read_results[place];
  leave_place(b, stream);
  if (!b->read_done || length <= 0) return;
  struct lode_kept_bytes *kept = lode_alloc(sizeof *kept + (size_t)length);
  *kept = (struct lode_kept_bytes){.length = (size_t)length};
  memcpy(kept->data, b->memory + place * READ_SIZE, (size_t)length);
  stream->kept = kept;
}

void lode_batch_started(lode_batch *b, lode_uv_stream *stream) {
  if (LODE_LIKELY(!stream->kept) || stream->kept->listed) return;
  stream->kept->listed = true;
  stream->kept->next = b->kept;
  b->kept = stream;
  uv_idle_start(&b->idle, on_idle);
}

void lode_batch_forget(lode_batch *b, lode_uv_stream *stream) {
  if (stream->send_waits) lode_batch_settle(b);
  if (stream->read_place) leave_place(b, stream);
  if (LODE_LIKELY(!stream->kept)) return;
  lode_batch_stopped(b, stream);
  free(stream->kept);
  stream->kept = NULL;
}

// ---- Life ----

static void at_exit(void *arg) { lode_batch_settle(arg); }

lode_batch *lode_batch_new(lode_env *env) {
  lode_batch *b = lode_zalloc(sizeof *b);
  b->env = env;
  pace_init(&b->pace);
  b->untried = b->usable = wanted();
  uv_idle_init(env_loop(env), &b->idle);
  uv_unref((uv_handle_t *)&b->idle);
  loop_after_poll(env, after_poll, b);
  env_at_exit(env, at_exit, b);
  return b;
}

void lode_batch_free(lode_batch *b) {
  ring_close(b->ring);
  free(b->memory);
  free(b);
}
