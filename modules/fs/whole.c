// SPDX-License-Identifier: MIT
//
// Whole files in one step: open, fstat, read, close for readFile; open, write, fsync, close for writeFile.
//
// Idea. One crossing (synchronous) or one trip to the thread pool (asynchronous) instead of four. A failure
// says which system call failed: the value is errno - phase * 100000. Asynchronous reads of big files and of
// things that are no regular files hand the open descriptor back (value 1, descriptor and size in the shared
// block); JavaScript goes on in chunks, so that one reader cannot hold a pool thread for long.
#include "modules/fs/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PHASE_OPEN, PHASE_FSTAT, PHASE_READ, PHASE_WRITE, PHASE_FSYNC, PHASE_CLOSE };
enum { PHASE_STEP = 100000, TOO_LARGE = -1000000, HANDED_OVER = 1 };
#define MAX_WHOLE 0x7fffffff // 2 GiB - 1, Node's limit

static int failed(int phase) { return -errno - phase * PHASE_STEP; }

// ---- Reading ----

typedef struct reader {
  int fd; // >= 0 at entry: read this, and leave it open
  const char *path;
  int flags;
  int64_t limit; // of the size read here; -1: none
  char *scratch; // used instead of the heap while it is big enough
  size_t scratch_size;
  // Out:
  int status; // 0, HANDED_OVER, or an error
  int64_t size;
  char *data;
  size_t length;
} reader;

static int open_retrying(const char *path, int flags, int mode) {
  int fd;
  do fd = open(path, flags | O_CLOEXEC, mode);
  while (fd < 0 && errno == EINTR);
  return fd;
}

static ssize_t read_retrying(int fd, char *to, size_t room) {
  ssize_t n;
  do n = read(fd, to, room);
  while (n < 0 && errno == EINTR);
  return n;
}

static int grow(reader *r, size_t *room, size_t want) {
  if (r->data == r->scratch) {
    char *heap = lode_alloc(want);
    memcpy(heap, r->data, r->length);
    r->data = heap;
  } else {
    r->data = lode_realloc(r->data, want);
  }
  *room = want;
  return 0;
}

// Reads up to `size` bytes where that is known, else to the end of the file.
static int read_all(reader *r, int fd) {
  bool known = r->size > 0;
  size_t room = known ? (size_t)r->size : 64 * 1024;
  r->length = 0;
  if (room <= r->scratch_size) {
    r->data = r->scratch;
    room = known ? room : r->scratch_size;
  } else {
    r->data = lode_alloc(room);
  }
  for (;;) {
    if (r->length == room) {
      if (known) return 0;
      if (room >= MAX_WHOLE) return TOO_LARGE;
      grow(r, &room, room * 2 < MAX_WHOLE ? room * 2 : MAX_WHOLE);
    }
    ssize_t n = read_retrying(fd, r->data + r->length, room - r->length);
    if (n < 0) return failed(PHASE_READ);
    if (n == 0) return 0;
    r->length += (size_t)n;
  }
}

static void reader_free(reader *r) {
  if (r->data != r->scratch) free(r->data);
  r->data = NULL;
}

static void read_whole(reader *r) {
  int fd = r->fd >= 0 ? r->fd : open_retrying(r->path, r->flags, 0666);
  struct stat st;
  r->data = NULL;
  if (fd < 0) {
    r->status = failed(PHASE_OPEN);
    return;
  }
  if (fstat(fd, &st) < 0) {
    r->status = failed(PHASE_FSTAT);
  } else {
    bool regular = S_ISREG(st.st_mode);
    r->size = regular ? st.st_size : 0;
    if (r->size > MAX_WHOLE) {
      r->status = TOO_LARGE;
    } else if (r->limit >= 0 && (!regular || r->size > r->limit)) {
      r->status = HANDED_OVER;
      r->fd = fd;
      return;
    } else {
      r->status = read_all(r, fd);
    }
  }
  if (r->fd < 0) close(fd);
}

// The value for JavaScript: text, an ArrayBuffer, or a status. Gives the bytes away or frees them.
static js_val read_value(reader *r, fs_state *state, js_ctx ctx, bool text) {
  js_val value;
  if (r->status != 0) {
    state->shared.numbers[0] = r->status == TOO_LARGE ? (double)r->size : r->fd;
    state->shared.numbers[1] = (double)r->size;
    value = js_int(r->status);
    if (r->status == HANDED_OVER) r->fd = -1; // JavaScript's from here on
  } else if (text) {
    value = js_str_utf8(ctx, r->data, r->length);
  } else {
    if (r->data == r->scratch) {
      char *heap = lode_alloc(r->length ? r->length : 1);
      memcpy(heap, r->data, r->length);
      r->data = heap;
    }
    value = js_arraybuffer_take(ctx, r->data, r->length);
    r->data = r->scratch;
  }
  reader_free(r);
  return value;
}

typedef struct read_work {
  fs_work work;
  reader reader;
  bool text;
  char path[];
} read_work;

static void read_work_run(fs_work *work) { read_whole(&LODE_CONTAINER(work, read_work, work)->reader); }

static js_val read_work_finish(fs_work *work, js_ctx ctx) {
  read_work *w = LODE_CONTAINER(work, read_work, work);
  return read_value(&w->reader, work->state, ctx, w->text);
}

static void read_work_destroy(fs_work *work) {
  read_work *w = LODE_CONTAINER(work, read_work, work);
  if (w->reader.status == HANDED_OVER && w->reader.fd >= 0) close(w->reader.fd); // a worker that was stopped
  reader_free(&w->reader);
  free(w);
}

// readFile(path or fd, flags, as text, req)
JS_FN(fs_read_file) {
  bool text = js_is_true(JS_ARG(2)), async = js_is_cell(JS_ARG(3));
  fs_path path = {.chars = "", .is_text = false};
  int fd = js_to_int(JS_ARG(0), -1);
  if (fd < 0 && !fs_path_take(ctx, JS_ARG(0), &path)) return js_int(UV_EINVAL);
  js_val value;
  if (async) {
    read_work *w = lode_zalloc(sizeof(*w) + path.length + 1);
    memcpy(w->path, path.chars, path.length);
    w->text = text;
    w->reader = (reader){.fd = fd, .path = w->path, .flags = js_to_int(JS_ARG(1), 0), .limit = 512 * 1024};
    w->work.run = read_work_run;
    w->work.finish = read_work_finish;
    w->work.destroy = read_work_destroy;
    value = fs_work_start(&w->work, ctx, JS_ARG(3));
  } else {
    char scratch[16 * 1024];
    reader r = {.fd = fd, .path = path.chars, .flags = js_to_int(JS_ARG(1), 0), .limit = -1};
    r.scratch = scratch;
    r.scratch_size = sizeof(scratch);
    read_whole(&r);
    value = read_value(&r, fs_state_current(), ctx, text);
  }
  fs_path_drop(&path);
  return value;
}

// ---- Writing ----

typedef struct writer {
  int fd;
  const char *path;
  int flags, mode;
  bool flush;
  const char *data;
  size_t length;
  int status;
} writer;

static int write_all(int fd, const char *data, size_t length) {
  while (length) {
    ssize_t n = write(fd, data, length < 0x7ffff000 ? length : 0x7ffff000);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed(PHASE_WRITE);
    data += n;
    length -= (size_t)n;
  }
  return 0;
}

static void write_whole(writer *w) {
  int fd = w->fd >= 0 ? w->fd : open_retrying(w->path, w->flags, w->mode);
  if (fd < 0) {
    w->status = failed(PHASE_OPEN);
    return;
  }
  w->status = write_all(fd, w->data, w->length);
  if (w->status == 0 && w->flush && fsync(fd) < 0) w->status = failed(PHASE_FSYNC);
  if (w->fd < 0 && close(fd) < 0 && errno != EINTR && w->status == 0) w->status = failed(PHASE_CLOSE);
}

typedef struct write_work {
  fs_work work;
  writer writer;
  bool has_text;
  js_text text;
  fs_path path;
} write_work;

static void write_work_run(fs_work *work) { write_whole(&LODE_CONTAINER(work, write_work, work)->writer); }

static js_val write_work_finish(fs_work *work, LODE_UNUSED js_ctx ctx) {
  return js_int(LODE_CONTAINER(work, write_work, work)->writer.status);
}

static void write_work_destroy(fs_work *work) {
  write_work *w = LODE_CONTAINER(work, write_work, work);
  if (w->has_text) js_text_drop(&w->text);
  fs_path_drop(&w->path);
  free(w);
}

// Fills the struct from writeFile's arguments; false where they cannot be read.
static bool write_work_prepare(write_work *w, js_ctx ctx, size_t argc, const js_val argv[]) {
  writer *to = &w->writer;
  w->has_text = false;
  w->path.is_text = false;
  w->path.owned = NULL;
  to->fd = js_to_int(JS_ARG(0), -1);
  if (to->fd < 0 && !fs_path_take(ctx, JS_ARG(0), &w->path)) return false;
  to->path = w->path.chars;
  to->flags = js_to_int(JS_ARG(1), O_WRONLY | O_CREAT | O_TRUNC);
  to->mode = js_to_int(JS_ARG(2), 0666);
  to->flush = js_is_true(JS_ARG(4));
  uint8_t *bytes;
  if (!js_is_string(ctx, JS_ARG(3))) {
    if (!js_bytes(ctx, JS_ARG(3), &bytes, &to->length)) return false;
    to->data = (const char *)bytes;
    return true;
  }
  if (!js_text_take(ctx, JS_ARG(3), &w->text, NULL)) return false;
  w->has_text = true;
  to->data = w->text.data;
  to->length = w->text.length;
  return true;
}

// writeFile(path or fd, flags, mode, data, flush, req): data is a string (UTF-8) or bytes
JS_FN(fs_write_file) {
  write_work *w = lode_alloc(sizeof(*w));
  w->work = (fs_work){.run = write_work_run, .finish = write_work_finish, .destroy = write_work_destroy};
  if (!write_work_prepare(w, ctx, argc, argv)) {
    write_work_destroy(&w->work);
    return js_int(UV_EINVAL);
  }
  return fs_work_start(&w->work, ctx, JS_ARG(5));
}

static const js_fn_spec specs[] = {{"readFile", fs_read_file}, {"writeFile", fs_write_file}};
const fs_table fs_whole_table = {specs, LODE_COUNT(specs)};
