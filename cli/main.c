// SPDX-License-Identifier: MIT
//
// The program: an environment on the main thread, its bootstrap, its loop, its exit code.
#include "runtime/engine/vm.h"
#include "runtime/env/builtins.h"
#include "runtime/env/internal.h"
#include "runtime/loop/loop.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// By default the C library gives the top of its heap back to the kernel after every larger free, and pays for
// it with page faults at the next allocation: gzip of 10 KB took 310 us instead of 21. A few idle megabytes
// are cheaper.
static void keep_freed_memory(void) {
  mallopt(M_TRIM_THRESHOLD, 8 << 20);
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
}

int main(int argc, char **argv) {
  keep_freed_memory();
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN); // a file that grows too big is an error of the write: EFBIG
  argv = uv_setup_args(argc, argv);
  loop_engine_context_new();
  engine_configure();
  builtins_open_code();
  lode_env *env = env_new(argc, argv);
  env_stdio_remember(env);
  loop_init(env);
  if (!env_bootstrap(env)) return 1;
  int code = loop_main(env);
  fflush(NULL);
  // A full teardown finds leaks in test builds; a user's process has better things to do than tidy before it
  // dies.
  env_stdio_restore(env);
  if (!getenv("LODE_TEARDOWN")) _exit(code);
  env_free(env);
  return code;
}
