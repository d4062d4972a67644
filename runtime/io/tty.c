// SPDX-License-Identifier: MIT
//
// Terminals, and what kind of thing a descriptor is: the binding 'tty'.
//
// The terminal's mode is put back at exit by runtime/env/stdio.c.
#include "runtime/io/uv_stream.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

// create(fd): a native, or a negative errno
JS_FN(tty_create) {
  lode_env *env = env_current();
  lode_uv_stream *stream = lode_uv_stream_new(env, UV_TTY);
  int result = uv_tty_init(env_loop(env), &stream->uv.tty, js_to_int(JS_ARG(0), -1), 0);
  stream->uv.any.data = stream;
  if (result < 0) {
    lode_uv_stream_abandon(stream);
    return js_int(result);
  }
  return stream->base.native.value;
}

JS_FN(tty_set_raw_mode) {
  lode_uv_stream *stream = lode_uv_stream_from(JS_ARG(0), UV_TTY);
  if (!stream) return js_int(UV_EBADF);
  return js_int(
      uv_tty_set_mode(&stream->uv.tty, js_is_true(JS_ARG(1)) ? UV_TTY_MODE_RAW : UV_TTY_MODE_NORMAL));
}

// windowSize(native): [columns, rows] or a negative errno
JS_FN(tty_window_size) {
  lode_uv_stream *stream = lode_uv_stream_from(JS_ARG(0), UV_TTY);
  int width, height;
  if (!stream) return js_int(UV_EBADF);
  int result = uv_tty_get_winsize(&stream->uv.tty, &width, &height);
  if (result < 0) return js_int(result);
  return js_array(ctx, 2, (js_val[]){js_int(width), js_int(height)});
}

JS_FN(tty_is_tty) { return js_bool(uv_guess_handle(js_to_int(JS_ARG(0), -1)) == UV_TTY); }

// guess(fd): as in Node's vocabulary
JS_FN(tty_guess) {
  switch (uv_guess_handle(js_to_int(JS_ARG(0), -1))) {
  case UV_TCP:
    return js_str(ctx, "TCP");
  case UV_TTY:
    return js_str(ctx, "TTY");
  case UV_UDP:
    return js_str(ctx, "UDP");
  case UV_FILE:
    return js_str(ctx, "FILE");
  case UV_NAMED_PIPE:
    return js_str(ctx, "PIPE");
  default:
    return js_str(ctx, "UNKNOWN");
  }
}

// Blocks until the descriptor takes more; false where waiting makes no sense.
static bool wait_writable(int fd) {
  struct pollfd wait = {.fd = fd, .events = POLLOUT};
  return poll(&wait, 1, -1) >= 0 || errno == EINTR;
}

// writeAll(fd, bytes): writes everything, waiting where the descriptor is non-blocking. 0 or a negative
// errno.
JS_FN(tty_write_all) {
  int fd = js_to_int(JS_ARG(0), -1);
  uint8_t *data;
  size_t length;
  if (!js_bytes(ctx, JS_ARG(1), &data, &length)) return js_int(UV_EINVAL);
  while (length > 0) {
    ssize_t written = write(fd, data, length);
    if (written >= 0) {
      data += written;
      length -= (size_t)written;
    } else if (errno == EAGAIN) {
      if (!wait_writable(fd)) return js_int(uv_translate_sys_error(errno));
    } else if (errno != EINTR) {
      return js_int(uv_translate_sys_error(errno));
    }
  }
  return js_int(0);
}

static const js_fn_spec functions[] = {
    {"create", tty_create}, {"setRawMode", tty_set_raw_mode}, {"windowSize", tty_window_size},
    {"isTTY", tty_is_tty},  {"writeAll", tty_write_all},      {"guess", tty_guess},
};

static void init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}

LODE_BINDING(tty, 0, init, NULL);
