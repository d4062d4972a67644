// SPDX-License-Identifier: MIT
//
// Streams over libuv: what tcp.c, pipe.c and tty.c share. See stream.h for the interface they implement.
//
// Life: lode_uv_stream_new allocates and makes the native object; the caller initialises `uv` and, where that
// failed, calls lode_uv_stream_abandon. From then on only the close callback frees it.
#ifndef LODE_IO_UV_STREAM_H
#define LODE_IO_UV_STREAM_H

#include "runtime/env/handle.h"
#include "runtime/io/stream.h"

typedef struct lode_uv_stream {
  lode_handle handle; // first: teardown reads it through uv.any.data
  lode_stream base;
  struct lode_kept_bytes *kept; // read, and not delivered since the stream stopped (batch.h)
  unsigned read_place;          // in the batch of reads, from 1; 0: none
  unsigned read_window;         // of the batch, when it was readable last
  bool put_off;                 // libuv's read that was just asked for
  bool read_directly;           // by libuv, in the next turn
  bool send_waits;              // in the batch of writes
  union {
    uv_handle_t any;
    uv_stream_t stream;
    uv_tcp_t tcp;
    uv_pipe_t pipe;
    uv_tty_t tty;
  } uv; // last, and cut to the size of its type by the allocation
} lode_uv_stream;

lode_uv_stream *lode_uv_stream_new(lode_env *env, uv_handle_type type);
void lode_uv_stream_abandon(lode_uv_stream *stream);
// It closes by way of something else than its operations.
void lode_uv_stream_forget(lode_uv_stream *stream);
// A read failed: reading ends.
void lode_uv_stream_failed(lode_uv_stream *stream, int status);
// Queues a copy of bytes that the kernel did not take.
void lode_uv_stream_queue(lode_uv_stream *stream, const char *data, size_t length);

// The open libuv stream behind a native, when it is of this type (UV_UNKNOWN_HANDLE: any); else NULL.
lode_uv_stream *lode_uv_stream_from(js_val native, uv_handle_type type);

// The JavaScript object of any uv handle that belongs to an open stream; NULL for others.
js_val lode_uv_stream_object(const uv_handle_t *handle);

// Listens and hands accepted streams to JavaScript's onconnection(serverObject, status, clientNative, type).
int lode_uv_stream_listen(lode_uv_stream *server, int backlog);

// The done function for operations that end in a JavaScript callback(status), and its argument.
void *lode_stream_callback_take(lode_env *env, js_val callback);
void lode_stream_callback_drop(lode_env *env, void *callback);
void lode_stream_callback_run(lode_env *env, void *callback, int status);

// A connection on its way, with the callback(status) that ends it. `done` is libuv's callback and frees the
// request; `drop` is for one that could not be started.
typedef struct lode_connect_req {
  uv_connect_t uv;
  lode_env *env;
  void *callback; // of lode_stream_callback_take
} lode_connect_req;
lode_connect_req *lode_connect_req_new(lode_env *env, js_val callback);
void lode_connect_req_done(uv_connect_t *uv, int status);
void lode_connect_req_drop(lode_connect_req *req);

// The done function of writes whose callback came from JavaScript (onwrite).
void lode_stream_write_done(lode_stream *stream, int status, void *callback);

// The environment's batch of reads and writes (batch.h).
struct lode_batch *lode_stream_batch(lode_env *env);
// Memory that a read may be written to: one block per environment, reused.
uv_buf_t lode_stream_slab_borrow(lode_env *env);
// The block is given away: the next read takes a new one.
void lode_stream_slab_give_away(lode_env *env);
// Asks JavaScript to build a handle for an accepted stream.
void lode_stream_emit_connection(lode_stream *server, int status, js_val client, int type);
// A handle came over a channel between processes: onhandle(object, native | undefined, type).
void lode_stream_emit_handle(lode_stream *channel, js_val native, int type);
// Accepts it (pipe.c); undefined where that failed or the type is unknown.
js_val lode_pipe_accept(lode_uv_stream *channel, js_ctx ctx, uv_handle_type type);

#endif
