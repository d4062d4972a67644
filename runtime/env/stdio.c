// SPDX-License-Identifier: MIT
//
// Leaving descriptors 0 to 2 as they were found: other processes share them, and would trip over a
// non-blocking pipe or a terminal in raw mode. The process ends by several roads; each calls
// env_stdio_restore before _exit.
#include "runtime/env/internal.h"

#include <errno.h>
#include <fcntl.h>

void env_stdio_remember(lode_env *env) {
  for (int fd = 0; fd < ENV_STDIO_COUNT; fd++) env->stdio_flags[fd] = fcntl(fd, F_GETFL);
  env->stdio_remembered = true;
}

void env_stdio_restore(const lode_env *env) {
  int saved = errno;
  uv_tty_reset_mode();
  for (int fd = 0; env->stdio_remembered && fd < ENV_STDIO_COUNT; fd++) {
    int now = fcntl(fd, F_GETFL), then = env->stdio_flags[fd];
    if (now >= 0 && then >= 0 && ((now ^ then) & O_NONBLOCK))
      fcntl(fd, F_SETFL, (now & ~O_NONBLOCK) | (then & O_NONBLOCK));
  }
  errno = saved;
}
