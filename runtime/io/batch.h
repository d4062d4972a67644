// SPDX-License-Identifier: MIT
//
// Reads and writes of many sockets at once. A server under load finds many connections readable in one turn,
// and a system call for each read and each answer is a good part of what they cost. So the reads of a turn
// wait until libuv has named all the sockets, and are one system call (ring.h); the answers given meanwhile
// are another.
//
// Only for TCP streams whose reader asked for it (lode_stream.batched), and only where the kernel has
// io_uring: otherwise, and in a loop that has little to do, everything goes its usual way. UV_USE_IO_URING=0
// turns it off, as it does libuv's own use.
//
// Order: what a stream has waiting here goes out before anything else is written to it, before it ends, and
// before the process does (lode_batch_settle). A stream that stops reading hears nothing until it starts
// again, whatever was read already.
#ifndef LODE_IO_BATCH_H
#define LODE_IO_BATCH_H

#include "runtime/io/uv_stream.h"

typedef struct lode_batch lode_batch;

lode_batch *lode_batch_new(lode_env *env);
void lode_batch_free(lode_batch *batch); // after the loop's handles

// The stream is readable: true when its read waits for the batch, which lode_batch_deferred then may run.
bool lode_batch_defer(lode_batch *batch, lode_uv_stream *stream);
void lode_batch_deferred(lode_batch *batch);
// An answer: true when it was taken (copied) to go out with the others, very soon.
bool lode_batch_send(lode_batch *batch, lode_uv_stream *stream, const char *data, size_t length);
// What waits to be sent goes out now.
void lode_batch_settle(lode_batch *batch);

void lode_batch_stopped(lode_batch *batch, lode_uv_stream *stream);   // no more reading for now
void lode_batch_started(lode_batch *batch, lode_uv_stream *stream);   // reading again
void lode_batch_forget(lode_batch *batch, lode_uv_stream *stream);    // it closes
void lode_batch_read_directly(lode_uv_stream *stream, ssize_t nread); // libuv read so much

#endif
