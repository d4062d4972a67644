// SPDX-License-Identifier: MIT
//
// Many small socket operations in one system call, through the kernel's io_uring. Nothing is asynchronous:
// every operation is tried once without waiting, and all results are there when ring_run returns.
//
// A kernel without it, or one that forbids it, shows in ring_open. After a failure of ring_run the ring is of
// no more use, and no operation is left in it.
#ifndef LODE_IO_RING_H
#define LODE_IO_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ring ring;

ring *ring_open(unsigned entries); // NULL: not here
void ring_close(ring *r);          // NULL is fine

// Adds an operation; no more than `entries` before ring_run. `slot` comes back with the result.
void ring_add_recv(ring *r, int fd, void *data, size_t length, uint32_t slot);
void ring_add_send(ring *r, int fd, const void *data, size_t length, uint32_t slot);

// Does them all: results[slot] is a count of bytes or a negative errno. False where the ring broke: then
// operations whose results are still what they were before have not been done. Afterwards the thread sleeps
// for rest_ns, 0 for not at all, in the same system call; kernels before 5.11 do not.
bool ring_run(ring *r, int results[], uint64_t rest_ns);

#endif
