// SPDX-License-Identifier: MIT
//
// The C half of console: finished text goes to descriptor 1 or 2 at once, as the streams over them would do
// it. Used only while a program has not touched process.stdout or process.stderr. Errors are dropped: console
// ignores them by definition.
#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "runtime/env/env.h"

// Writes everything, waiting where the descriptor is non-blocking and full. False where the reader is gone.
static bool write_all(int fd, const char *data, size_t length) {
  while (length > 0) {
    ssize_t n = write(fd, data, length);
    if (n > 0) {
      data += n;
      length -= (size_t)n;
    } else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      struct pollfd wait = {.fd = fd, .events = POLLOUT};
      if (poll(&wait, 1, -1) < 0 && errno != EINTR) return true;
    } else if (n == 0 || errno != EINTR) {
      return n == 0 || errno != EPIPE;
    }
  }
  return true;
}

// write(fd, text): false where it failed with EPIPE
JS_FN(console_write) {
  int fd = js_to_int(JS_ARG(0), -1);
  js_text text;
  if (!js_text_take(ctx, JS_ARG(1), &text, exc)) return js_undefined();
  bool written = write_all(fd, text.data, text.length);
  js_text_drop(&text);
  return js_bool(written);
}

// isatty(fd)
JS_FN(console_isatty) { return js_bool(isatty(js_to_int(JS_ARG(0), -1)) == 1); }

// isMainThread(): worker threads have streams of their own instead of descriptors.
JS_FN(console_is_main_thread) { return js_bool(getpid() == gettid()); }

static const js_fn_spec console_functions[] = {
    {"write", console_write},
    {"isatty", console_isatty},
    {"isMainThread", console_is_main_thread},
};

static void console_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, console_functions, sizeof console_functions / sizeof console_functions[0]);
}

LODE_BINDING(console, 0, console_init, NULL);
