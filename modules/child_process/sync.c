// SPDX-License-Identifier: MIT
//
// Running a child to its end without the environment's loop: a loop of its own lives on the stack of the
// call, so no JavaScript runs meanwhile. Everything read is kept in growing blocks that become the result's
// buffers.
#include "modules/child_process/sync.h"
#include "modules/child_process/launch.h"
#include "modules/child_process/options.h"

#include <signal.h>
#include <stdlib.h>

enum { READ_SIZE = 64 * 1024 };

struct run;

struct pipe_end {
  struct run *run;
  uv_pipe_t pipe;
  bool open, used;
  const uint8_t *input; // borrowed from JavaScript, which is waiting
  size_t input_length;
  uv_write_t write;
  uv_shutdown_t shutdown;
  uint8_t *output;
  size_t length, capacity;
};

struct run {
  uv_loop_t loop;
  struct child child;
  uv_poll_t end;
  pid_t pid;
  uv_timer_t timer;
  struct pipe_end *pipes;
  uint32_t count;
  double max_buffer; // < 0: none
  int kill_signal;
  int error; // the first thing that went wrong: ETIMEDOUT, ENOBUFS, a spawn error
  int64_t exit_code;
  int exit_signal;
  bool exited, timer_open;
};

static void close_pipe(struct pipe_end *end) {
  if (!end->open) return;
  end->open = false;
  uv_close((uv_handle_t *)&end->pipe, NULL);
}

static void close_timer(struct run *run) {
  if (!run->timer_open) return;
  run->timer_open = false;
  uv_close((uv_handle_t *)&run->timer, NULL);
}

// Ends the child early: its pipes are closed, as grandchildren may hold the other ends.
static void give_up(struct run *run, int error) {
  if (!run->error) run->error = error;
  if (!run->exited) {
    int result = child_send_signal(&run->child, run->kill_signal ? run->kill_signal : SIGTERM);
    if (result < 0 && result != UV_ESRCH) child_send_signal(&run->child, SIGKILL);
  }
  for (uint32_t i = 0; i < run->count; i++) close_pipe(&run->pipes[i]);
  close_timer(run);
}

static void on_end(uv_poll_t *poll, LODE_UNUSED int status, LODE_UNUSED int events) {
  struct run *run = poll->data;
  if (!child_collect(&run->child, &run->exit_code, &run->exit_signal)) return;
  run->exited = true;
  close_timer(run);
  uv_close((uv_handle_t *)poll, NULL);
}

static void on_timeout(uv_timer_t *timer) { give_up(timer->data, UV_ETIMEDOUT); }

// No more at once than that: a child that floods its output fills whatever room there is.
static void on_alloc(uv_handle_t *handle, LODE_UNUSED size_t suggested, uv_buf_t *buf) {
  struct pipe_end *end = handle->data;
  if (end->capacity - end->length < READ_SIZE) {
    end->capacity = end->capacity ? end->capacity * 2 : READ_SIZE;
    end->output = lode_realloc(end->output, end->capacity);
  }
  *buf = uv_buf_init((char *)end->output + end->length, READ_SIZE);
}

static void on_read(uv_stream_t *stream, ssize_t nread, LODE_UNUSED const uv_buf_t *buf) {
  struct pipe_end *end = stream->data;
  struct run *run = end->run;
  if (nread < 0) {
    if (nread != UV_EOF && !run->error) run->error = (int)nread;
    close_pipe(end);
    return;
  }
  end->length += (size_t)nread;
  if (run->max_buffer >= 0 && (double)end->length > run->max_buffer) {
    give_up(run, UV_ENOBUFS);
  }
}

static void on_shutdown(uv_shutdown_t *req, LODE_UNUSED int status) {
  struct pipe_end *end = req->data;
  if (end == end->run->pipes) close_pipe(end); // standard input: nothing comes back
}

// A child that does not read its input is no error of the call's.
static void on_written(uv_write_t *req, int status) {
  struct pipe_end *end = req->data;
  struct run *run = end->run;
  if (status < 0 && status != UV_EPIPE && status != UV_ECANCELED && !run->error) run->error = status;
}

// Standard input is only written, the others are read; any of them may be given input.
static int start_pipe(struct pipe_end *end, uint32_t index) {
  uv_stream_t *stream = (uv_stream_t *)&end->pipe;
  if (end->input_length) {
    uv_buf_t buf = {.base = (char *)end->input, .len = end->input_length};
    end->write.data = end;
    int result = uv_write(&end->write, stream, &buf, 1, on_written);
    if (result < 0) return result;
  }
  if (index == 0 || end->input_length) {
    end->shutdown.data = end;
    int result = uv_shutdown(&end->shutdown, stream, on_shutdown);
    if (result < 0) return result;
  }
  return index == 0 ? 0 : uv_read_start(stream, on_alloc, on_read);
}

static int take_stdio(js_ctx ctx, js_val value, struct run *run, struct spawn_options *options) {
  if (!js_is_object(ctx, value)) return UV_EINVAL;
  js_obj list = js_as_object(value);
  run->count = js_length(ctx, list) / STDIO_FIELDS;
  options->stdio = lode_zalloc(sizeof *options->stdio * (run->count ? run->count : 1));
  run->pipes = lode_zalloc(sizeof *run->pipes * (run->count ? run->count : 1));
  for (uint32_t i = 0; i < run->count; i++) {
    uv_stdio_container_t *entry = &options->stdio[i];
    struct pipe_end *end = &run->pipes[i];
    int kind = js_to_int(js_get_index(ctx, list, i * STDIO_FIELDS), STDIO_IGNORE);
    entry->flags = UV_IGNORE;
    if (kind == STDIO_FD) {
      entry->flags = UV_INHERIT_FD;
      entry->data.fd = js_to_int(js_get_index(ctx, list, i * STDIO_FIELDS + 1), -1);
    } else if (kind == STDIO_PIPE) {
      uint8_t *bytes;
      if (js_bytes(ctx, js_get_index(ctx, list, i * STDIO_FIELDS + 2), &bytes, &end->input_length))
        end->input = bytes;
      end->run = run;
      end->used = end->open = true;
      uv_pipe_init(&run->loop, &end->pipe, 0);
      end->pipe.data = end;
      entry->flags = UV_CREATE_PIPE | (i == 0 ? UV_READABLE_PIPE : UV_READABLE_PIPE | UV_WRITABLE_PIPE);
      entry->data.stream = (uv_stream_t *)&end->pipe;
    }
  }
  options->uv.stdio = options->stdio;
  options->uv.stdio_count = (int)run->count;
  return 0;
}

static void run_child(struct run *run, struct spawn_options *options, double timeout) {
  int result = child_launch(&run->child, &options->uv);
  if (result < 0) {
    run->error = result;
    run->exited = true;
    for (uint32_t i = 0; i < run->count; i++) close_pipe(&run->pipes[i]);
    uv_run(&run->loop, UV_RUN_DEFAULT);
    return;
  }
  run->pid = run->child.pid;
  CHECK(uv_poll_init(&run->loop, &run->end, run->child.ended) == 0);
  run->end.data = run;
  uv_poll_start(&run->end, UV_READABLE, on_end);
  if (timeout > 0) {
    uv_timer_init(&run->loop, &run->timer);
    run->timer.data = run;
    run->timer_open = true;
    uv_timer_start(&run->timer, on_timeout, (uint64_t)timeout, 0);
  }
  for (uint32_t i = 0; i < run->count && !run->error; i++) {
    result = run->pipes[i].open ? start_pipe(&run->pipes[i], i) : 0;
    if (result < 0) give_up(run, result);
  }
  uv_run(&run->loop, UV_RUN_DEFAULT);
}

// [pid, status | null, signal, error, [bytes | null...]]
static js_val describe(js_ctx ctx, struct run *run, int pid, bool spawned) {
  js_obj output = js_array(ctx, 0, NULL);
  for (uint32_t i = 0; i < run->count; i++) {
    struct pipe_end *end = &run->pipes[i];
    js_val bytes = js_null();
    if (end->used && i > 0 && spawned) {
      bytes = js_uint8array_take(ctx, lode_realloc(end->output, end->length), end->length);
      end->output = NULL;
    }
    js_set_index(ctx, output, i, bytes);
  }
  js_val status = spawned && !run->exit_signal ? js_num((double)run->exit_code) : js_null();
  js_val fields[] = {js_int(pid), status, js_int(run->exit_signal), js_int(run->error), output};
  return js_array(ctx, 5, fields);
}

// spawnSync(file, args, env, cwd, flags, uid, gid, stdio, timeout, maxBuffer, killSignal)
JS_FN_SHARED(child_spawn_sync) {
  struct run run = {.max_buffer = js_to_num(JS_ARG(9), -1), .kill_signal = js_to_int(JS_ARG(10), SIGTERM)};
  struct spawn_options options;
  int result = uv_loop_init(&run.loop);
  if (result < 0) return js_int(result);
  js_lock(ctx);
  result = spawn_options_take(ctx, argc, argv, &options);
  if (result == 0) result = take_stdio(ctx, JS_ARG(7), &run, &options);
  js_val answer = js_int(result);
  if (result == 0) {
    run_child(&run, &options, js_to_num(JS_ARG(8), 0));
    answer = describe(ctx, &run, run.pid, run.pid > 0);
    child_forget(&run.child);
  }
  spawn_options_drop(&options);
  for (uint32_t i = 0; i < run.count; i++) free(run.pipes[i].output);
  free(run.pipes);
  CHECK(uv_loop_close(&run.loop) == 0);
  js_unlock(ctx);
  return answer;
}
