// SPDX-License-Identifier: MIT
//
// Byte streams: one small interface over TCP sockets, pipes, terminals and whatever a module builds on top of
// them (TLS). JavaScript sees a stream as a native object; C consumers (HTTP, TLS) reach the same stream
// directly, so that bytes need not pass through JavaScript.
//
// Two layers. `lode_stream` is the interface: operations, reader, counters. `lode_uv_stream` (uv_stream.h) is
// the implementation over libuv. A module may implement the interface itself by embedding a lode_stream and
// giving it its own operations; readers and writers above it notice no difference.
//
// Ownership: an open stream belongs to the loop. lode_stream_close starts its end; the memory goes away when
// the close callback of the implementation ran, after `on_close` of the consumer. No pointer to a stream may
// be kept without an on_close hook (lode_stream_set_reader) that forgets it.
//
// Everything here runs on the thread of the stream's environment.
#ifndef LODE_IO_STREAM_H
#define LODE_IO_STREAM_H

#include <uv.h>
#include "runtime/env/env.h"

typedef struct lode_stream lode_stream;

// A C consumer of bytes. `data` is borrowed until the function returns. nread > 0: so many bytes; nread < 0:
// an error or UV_EOF, after which nothing more comes. Called by the loop with no lock held: a reader that
// needs JavaScript brackets itself with env_enter/env_leave. It may write, stop reading, replace itself or
// close.
typedef void (*lode_stream_read_fn)(lode_stream *stream, ssize_t nread, const uint8_t *data, void *arg);
// The stream is going away: forget it.
typedef void (*lode_stream_close_fn)(lode_stream *stream, void *arg);
// End of a queued write or of a shutdown; no lock held. Also called, with UV_ECANCELED, when the stream
// closes.
typedef void (*lode_stream_done_fn)(lode_stream *stream, int status, void *arg);

typedef struct lode_stream_ops {
  int (*read_start)(lode_stream *stream);
  int (*read_stop)(lode_stream *stream);
  // Hands to the kernel what it takes now and queues a copy of the rest. 0: all is written; 1: queued, done
  // will be called, never before write returns; negative: errno, done is not called. With `owner` (a
  // JavaScript value that keeps the bytes alive and unchanged) large rests are referenced, not copied.
  int (*write)(lode_stream *stream, const uv_buf_t bufs[], unsigned count, js_val owner,
               lode_stream_done_fn done, void *arg);
  // As write, but the bytes may leave a moment later, together with those of other streams. May be NULL.
  int (*write_soon)(lode_stream *stream, const uv_buf_t *buf, lode_stream_done_fn done, void *arg);
  // Ends the writing side after all queued writes; done is called later. Negative: errno, done is not called.
  int (*shutdown)(lode_stream *stream, lode_stream_done_fn done, void *arg);
  void (*close)(lode_stream *stream);
  void (*ref)(lode_stream *stream, bool on);
  bool (*has_ref)(lode_stream *stream);
  int (*fd)(lode_stream *stream);                 // -1 or negative errno where there is none
  size_t (*queued)(lode_stream *stream);          // bytes written and not yet taken by the kernel
  uv_stream_t *(*transport)(lode_stream *stream); // the libuv stream at the bottom; NULL where there is none
} lode_stream_ops;

struct lode_stream {
  const lode_stream_ops *ops;
  lode_env *env;
  js_ref object; // the JavaScript handle (the object given to events), kept alive while the stream is open
  js_ref native; // the js_native that carries this stream
  js_ref closed; // JavaScript's callback for the end of close
  lode_stream_read_fn reader; // NULL: bytes go to JavaScript
  lode_stream_close_fn on_close;
  lode_stream_close_fn
      flush; // the reader holds bytes back: they go before any other output, and before the end
  void *reader_arg;
  uint64_t bytes_read, bytes_written;
  bool closing;
  bool reading;
  bool batched; // its reader wants bytes after the poll phase, along with other streams'
};

extern const js_native_type lode_stream_type;

// Fills the common part and makes the native object for JavaScript; implementations call it first.
js_obj lode_stream_init(lode_stream *stream, const lode_stream_ops *ops, lode_env *env);
// The implementation is closed: runs on_close, cuts the native object loose, drops references, calls
// `closed`. The memory is still the implementation's to free.
void lode_stream_finish(lode_stream *stream);
// The implementation got bytes (or a negative error): to the reader, else copied to JavaScript.
void lode_stream_deliver(lode_stream *stream, ssize_t nread, const uint8_t *data);
// The same, giving away `data` (malloc'ed, at least nread bytes).
void lode_stream_deliver_take(lode_stream *stream, ssize_t nread, uint8_t *data);

// The open stream behind a value of JavaScript's (`handle.native`); NULL for anything else.
lode_stream *lode_stream_from(js_val native);

// Takes over the bytes from JavaScript; fn == NULL gives them back. Does not start or stop reading. The
// former reader's on_close is forgotten, not called.
void lode_stream_set_reader(lode_stream *stream, lode_stream_read_fn fn, lode_stream_close_fn on_close,
                            void *arg);

static inline int lode_stream_read_start(lode_stream *s) {
  return s->closing ? UV_EBADF : s->ops->read_start(s);
}
static inline int lode_stream_read_stop(lode_stream *s) {
  return s->closing ? UV_EBADF : s->ops->read_stop(s);
}

// Straight from C. 0, 1 (queued; done is called, where not NULL) or a negative errno. Bytes are copied where
// they must wait.
static inline int lode_stream_write_bytes(lode_stream *s, const uv_buf_t bufs[], unsigned count,
                                          lode_stream_done_fn done, void *arg) {
  return s->closing ? UV_EBADF : s->ops->write(s, bufs, count, NULL, done, arg);
}
static inline int lode_stream_write_soon(lode_stream *s, const uv_buf_t *buf, lode_stream_done_fn done,
                                         void *arg) {
  if (s->closing || !s->ops->write_soon) return lode_stream_write_bytes(s, buf, 1, done, arg);
  return s->ops->write_soon(s, buf, done, arg);
}
static inline int lode_stream_shutdown(lode_stream *s, lode_stream_done_fn done, void *arg) {
  if (s->flush) s->flush(s, s->reader_arg);
  return s->closing ? UV_EBADF : s->ops->shutdown(s, done, arg);
}
static inline size_t lode_stream_queued(lode_stream *s) { return s->closing ? 0 : s->ops->queued(s); }
// Idempotent. No data is delivered afterwards.
void lode_stream_close(lode_stream *stream);

#endif
