// SPDX-License-Identifier: MIT
//
// Asking before reading; see peek.h.
#include "runtime/engine/peek.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

// The kernel fetches the new signal mask before it looks at what to do with it, which is nothing it knows.
static bool word_readable(uintptr_t address) {
#ifdef __linux__
  enum { NO_SUCH_REQUEST = 0x7fff };
  errno = 0;
  syscall(SYS_rt_sigprocmask, NO_SUCH_REQUEST, address, NULL, 8);
  return errno == EINVAL;
#else
  return address > 4096;
#endif
}

bool engine_readable(const void *address, size_t size) {
  uintptr_t start = (uintptr_t)address, end = start + size;
  if (!address || end < start || end >> 47) return false;
  for (uintptr_t at = start & ~7ull; at < end; at = (at & ~4095ull) + 4096)
    if (!word_readable(at)) return false;
  return true;
}
