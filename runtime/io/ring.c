// SPDX-License-Identifier: MIT
//
// The rings are two arrays that are shared with the kernel, each with a head and a tail: we write the tail of
// submissions and the head of completions, the kernel the other two.
//
// MSG_DONTWAIT makes the kernel answer EAGAIN instead of waiting in the background, so that a submission
// completes where it is submitted. ring_run waits for all completions all the same: memory that an operation
// uses must not be touched before its end.
#include "runtime/io/ring.h"
#include "base/base.h"

#include <errno.h>
#include <linux/io_uring.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

struct ring {
  int fd;
  bool can_rest;
  unsigned pending; // added, not yet submitted
  unsigned sq_mask, cq_mask;
  unsigned *sq_tail, *cq_head, *cq_tail;
  struct io_uring_sqe *sqes;
  struct io_uring_cqe *cqes;
  void *rings;
  size_t rings_size, sqes_size;
};

// Both rings in one mapping (5.4), operations on sockets and their results in order (5.7).
enum { NEEDED = IORING_FEAT_SINGLE_MMAP | IORING_FEAT_NODROP | IORING_FEAT_FAST_POLL };

static bool map(ring *r, const struct io_uring_params *p) {
  size_t sq = p->sq_off.array + p->sq_entries * sizeof(unsigned);
  size_t cq = p->cq_off.cqes + p->cq_entries * sizeof(struct io_uring_cqe);
  r->rings_size = sq > cq ? sq : cq;
  r->sqes_size = p->sq_entries * sizeof(struct io_uring_sqe);
  void *rings = mmap(NULL, r->rings_size, PROT_READ | PROT_WRITE, MAP_SHARED, r->fd, IORING_OFF_SQ_RING);
  if (rings == MAP_FAILED) return false;
  r->rings = rings;
  void *sqes = mmap(NULL, r->sqes_size, PROT_READ | PROT_WRITE, MAP_SHARED, r->fd, IORING_OFF_SQES);
  if (sqes == MAP_FAILED) return false;
  r->sqes = sqes;
  char *base = rings;
  r->sq_tail = (unsigned *)(void *)(base + p->sq_off.tail);
  r->sq_mask = *(unsigned *)(void *)(base + p->sq_off.ring_mask);
  r->cq_head = (unsigned *)(void *)(base + p->cq_off.head);
  r->cq_tail = (unsigned *)(void *)(base + p->cq_off.tail);
  r->cq_mask = *(unsigned *)(void *)(base + p->cq_off.ring_mask);
  r->cqes = (struct io_uring_cqe *)(void *)(base + p->cq_off.cqes);
  unsigned *array = (unsigned *)(void *)(base + p->sq_off.array);
  for (unsigned i = 0; i < p->sq_entries; i++)
    array[i] = i; // entry i of the ring is always entry i of the array
  return true;
}

ring *ring_open(unsigned entries) {
  struct io_uring_params params = {0};
  int fd = (int)syscall(SYS_io_uring_setup, entries, &params);
  if (fd < 0) return NULL;
  ring *r = lode_zalloc(sizeof *r);
  r->fd = fd;
  r->can_rest = params.features & IORING_FEAT_EXT_ARG;
  if ((params.features & NEEDED) == NEEDED && map(r, &params)) return r;
  ring_close(r);
  return NULL;
}

void ring_close(ring *r) {
  if (!r) return;
  if (r->sqes) munmap(r->sqes, r->sqes_size);
  if (r->rings) munmap(r->rings, r->rings_size);
  close(r->fd);
  free(r);
}

static void add(ring *r, uint8_t operation, int fd, const void *data, size_t length, uint32_t slot) {
  unsigned tail = *r->sq_tail;
  r->sqes[tail & r->sq_mask] = (struct io_uring_sqe){
      .opcode = operation,
      .fd = fd,
      .addr = (uintptr_t)data,
      .len = (uint32_t)length,
      .msg_flags = MSG_DONTWAIT | MSG_NOSIGNAL,
      .user_data = slot,
  };
  __atomic_store_n(r->sq_tail, tail + 1, __ATOMIC_RELEASE);
  r->pending++;
}

void ring_add_recv(ring *r, int fd, void *data, size_t length, uint32_t slot) {
  add(r, IORING_OP_RECV, fd, data, length, slot);
}

void ring_add_send(ring *r, int fd, const void *data, size_t length, uint32_t slot) {
  add(r, IORING_OP_SEND, fd, data, length, slot);
}

static unsigned reap(ring *r, int results[]) {
  unsigned head = *r->cq_head, tail = __atomic_load_n(r->cq_tail, __ATOMIC_ACQUIRE), count = tail - head;
  for (; head != tail; head++) {
    const struct io_uring_cqe *done = &r->cqes[head & r->cq_mask];
    results[done->user_data] = done->res;
  }
  __atomic_store_n(r->cq_head, head, __ATOMIC_RELEASE);
  return count;
}

static int enter(ring *r, unsigned completions) {
  return (int)syscall(SYS_io_uring_enter, r->fd, r->pending, completions, IORING_ENTER_GETEVENTS, NULL, 0);
}

// Waits for one completion more than there will be, and so for the end of the time. Unlike sleeping by other
// calls it is exact: the thread's timer slack, 50 us by default, does not count.
static int enter_and_rest(ring *r, unsigned completions, uint64_t rest_ns) {
  struct __kernel_timespec time = {0, (long long)rest_ns};
  struct io_uring_getevents_arg arg = {.ts = (uintptr_t)&time};
  unsigned flags = IORING_ENTER_GETEVENTS | IORING_ENTER_EXT_ARG;
  return (int)syscall(SYS_io_uring_enter, r->fd, r->pending, completions + 1, flags, &arg, sizeof arg);
}

bool ring_run(ring *r, int results[], uint64_t rest_ns) {
  if (!r->can_rest) rest_ns = 0;
  unsigned left = r->pending; // not yet completed
  while (left || rest_ns) {
    int taken = rest_ns ? enter_and_rest(r, left, rest_ns) : enter(r, left);
    if (taken < 0 && errno != EINTR && errno != EBUSY && errno != ETIME) return false;
    rest_ns = 0;
    if (taken > 0) r->pending -= (unsigned)taken;
    left -= reap(r, results);
  }
  return true;
}
