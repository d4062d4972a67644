// SPDX-License-Identifier: MIT
//
// The C half of process.report: the handles of the loop, limits, shared objects, the C stack. All functions
// answer with plain objects that are parts of a report.
#include "runtime/loop/loop.h"

#include <execinfo.h>
#include <dlfcn.h>
#include <gnu/libc-version.h>
#include <link.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

enum { MOST_FRAMES = 256 };

static void set_text(js_ctx ctx, js_obj out, const char *name, const char *text) {
  js_set(ctx, out, name, js_str(ctx, text));
}

static js_val address_text(js_ctx ctx, const void *address) {
  char text[24];
  snprintf(text, sizeof text, "0x%016llx", (unsigned long long)(uintptr_t)address);
  return js_str(ctx, text);
}

// ---- Handles ----

struct walk {
  js_ctx ctx;
  js_obj list;
  unsigned count;
  bool look_up; // names of hosts
};

static js_val endpoint(struct walk *w, const struct sockaddr_storage *address, int length, int error) {
  if (error || (address->ss_family != AF_INET && address->ss_family != AF_INET6)) return js_null();
  js_obj out = js_object(w->ctx);
  char ip[INET6_ADDRSTRLEN] = "", host[NI_MAXHOST] = "";
  bool v6 = address->ss_family == AF_INET6;
  uv_ip_name((const struct sockaddr *)address, ip, sizeof ip);
  if (!w->look_up ||
      getnameinfo((const struct sockaddr *)address, (socklen_t)length, host, sizeof host, NULL, 0, 0))
    snprintf(host, sizeof host, "%s", ip);
  set_text(w->ctx, out, "host", host);
  set_text(w->ctx, out, v6 ? "ip6" : "ip4", ip);
  // Both families have the port in the same place.
  js_set(w->ctx, out, "port", js_int(ntohs(((const struct sockaddr_in *)address)->sin_port)));
  return out;
}

typedef int (*name_getter)(const uv_handle_t *handle, struct sockaddr *name, int *length);

static void set_endpoint(struct walk *w, js_obj out, const char *key, const uv_handle_t *handle,
                         name_getter get) {
  struct sockaddr_storage address = {0};
  int length = sizeof address;
  int error = get(handle, (struct sockaddr *)&address, &length);
  js_set(w->ctx, out, key, endpoint(w, &address, length, error));
}

typedef int (*path_getter)(const uv_handle_t *handle, char *buffer, size_t *size);

static void set_path(struct walk *w, js_obj out, const char *key, const uv_handle_t *handle,
                     path_getter get) {
  char path[4096];
  size_t size = sizeof path - 1;
  if (!uv_is_active(handle) && get != (path_getter)uv_pipe_getsockname &&
      get != (path_getter)uv_pipe_getpeername)
    return;
  if (get(handle, path, &size) || !size) return js_set(w->ctx, out, key, js_null());
  js_set(w->ctx, out, key, js_str_utf8(w->ctx, path, size));
}

static void set_timer(struct walk *w, js_obj out, const uv_timer_t *timer) {
  uint64_t due = uv_timer_get_due_in(timer);
  js_set(w->ctx, out, "repeat", js_num((double)uv_timer_get_repeat(timer)));
  js_set(w->ctx, out, "firesInMsFromNow", js_num((double)due));
  js_set(w->ctx, out, "expired", js_bool(!due));
}

static void set_buffers(struct walk *w, js_obj out, uv_handle_t *handle) {
  int size = 0;
  if (!uv_send_buffer_size(handle, &size)) js_set(w->ctx, out, "sendBufferSize", js_int(size));
  size = 0;
  if (!uv_recv_buffer_size(handle, &size)) js_set(w->ctx, out, "recvBufferSize", js_int(size));
}

static void set_descriptor(struct walk *w, js_obj out, uv_handle_t *handle) {
  uv_os_fd_t fd;
  if (!uv_fileno(handle, &fd)) js_set(w->ctx, out, "fd", js_int(fd));
}

static void set_stream(struct walk *w, js_obj out, const uv_stream_t *stream) {
  js_set(w->ctx, out, "writeQueueSize", js_num((double)uv_stream_get_write_queue_size(stream)));
  js_set(w->ctx, out, "readable", js_bool(uv_is_readable(stream)));
  js_set(w->ctx, out, "writable", js_bool(uv_is_writable(stream)));
}

static void set_terminal(struct walk *w, js_obj out, uv_tty_t *tty) {
  int width, height;
  if (uv_tty_get_winsize(tty, &width, &height)) return;
  js_set(w->ctx, out, "width", js_int(width));
  js_set(w->ctx, out, "height", js_int(height));
}

static void set_datagrams(struct walk *w, js_obj out, uv_udp_t *udp) {
  js_set(w->ctx, out, "writeQueueSize", js_num((double)uv_udp_get_send_queue_size(udp)));
  js_set(w->ctx, out, "writeQueueCount", js_num((double)uv_udp_get_send_queue_count(udp)));
}

static void set_details(struct walk *w, js_obj out, uv_handle_t *handle) {
  switch (handle->type) {
  case UV_TIMER:
    set_timer(w, out, (const uv_timer_t *)handle);
    break;
  case UV_PROCESS:
    js_set(w->ctx, out, "pid", js_int(uv_process_get_pid((const uv_process_t *)handle)));
    break;
  case UV_SIGNAL:
    js_set(w->ctx, out, "signum", js_int(((const uv_signal_t *)handle)->signum));
    break;
  case UV_FS_EVENT:
    set_path(w, out, "filename", handle, (path_getter)uv_fs_event_getpath);
    break;
  case UV_FS_POLL:
    set_path(w, out, "filename", handle, (path_getter)uv_fs_poll_getpath);
    break;
  case UV_TTY:
    set_terminal(w, out, (uv_tty_t *)handle);
    break;
  case UV_NAMED_PIPE:
    set_path(w, out, "localEndpoint", handle, (path_getter)uv_pipe_getsockname);
    set_path(w, out, "remoteEndpoint", handle, (path_getter)uv_pipe_getpeername);
    break;
  case UV_TCP:
    set_endpoint(w, out, "localEndpoint", handle, (name_getter)uv_tcp_getsockname);
    set_endpoint(w, out, "remoteEndpoint", handle, (name_getter)uv_tcp_getpeername);
    break;
  case UV_UDP:
    set_endpoint(w, out, "localEndpoint", handle, (name_getter)uv_udp_getsockname);
    set_endpoint(w, out, "remoteEndpoint", handle, (name_getter)uv_udp_getpeername);
    break;
  default:
    break;
  }
  bool stream = handle->type == UV_TCP || handle->type == UV_NAMED_PIPE || handle->type == UV_TTY;
  if (handle->type == UV_TCP || handle->type == UV_NAMED_PIPE || handle->type == UV_UDP)
    set_buffers(w, out, handle);
  if (stream || handle->type == UV_UDP || handle->type == UV_POLL) set_descriptor(w, out, handle);
  if (stream) set_stream(w, out, (const uv_stream_t *)handle);
  if (handle->type == UV_UDP) set_datagrams(w, out, (uv_udp_t *)handle);
}

static void add_handle(uv_handle_t *handle, void *arg) {
  struct walk *w = arg;
  js_obj out = js_object(w->ctx);
  set_text(w->ctx, out, "type", uv_handle_type_name(handle->type));
  js_set(w->ctx, out, "is_active", js_bool(uv_is_active(handle)));
  js_set(w->ctx, out, "is_referenced", js_bool(uv_has_ref(handle)));
  js_set(w->ctx, out, "address", address_text(w->ctx, handle));
  if (!uv_is_closing(handle)) set_details(w, out, handle);
  js_set_index(w->ctx, w->list, w->count++, out);
}

// (whether names of hosts are looked up) -> handles, and the loop itself
JS_FN(handles) {
  uv_loop_t *loop = env_loop(env_current());
  js_lock(ctx);
  struct walk w = {ctx, js_array(ctx, 0, NULL), 0, js_is_true(JS_ARG(0))};
  uv_walk(loop, add_handle, &w);
  js_obj self_ = js_object(ctx);
  set_text(ctx, self_, "type", "loop");
  js_set(ctx, self_, "is_active", js_bool(uv_loop_alive(loop)));
  js_set(ctx, self_, "address", address_text(ctx, loop));
  js_set(ctx, self_, "loopIdleTimeSeconds", js_num((double)loop_idle_ns(env_current()) / 1e9));
  js_set_index(ctx, w.list, w.count, self_);
  js_unlock(ctx);
  return w.list;
}

// ---- The process ----

static js_val limit_of(js_ctx ctx, rlim_t value, rlim_t unit) {
  return value == RLIM_INFINITY ? js_str(ctx, "unlimited") : js_num((double)(value / unit));
}

JS_FN(limits) {
  static const struct {
    const char *name;
    int resource;
    rlim_t unit;
  } kinds[] = {
      {"core_file_size_blocks", RLIMIT_CORE, 512}, {"data_seg_size_bytes", RLIMIT_DATA, 1},
      {"file_size_blocks", RLIMIT_FSIZE, 512},     {"max_locked_memory_bytes", RLIMIT_MEMLOCK, 1},
      {"max_memory_size_bytes", RLIMIT_RSS, 1},    {"open_files", RLIMIT_NOFILE, 1},
      {"stack_size_bytes", RLIMIT_STACK, 1},       {"cpu_time_seconds", RLIMIT_CPU, 1},
      {"max_user_processes", RLIMIT_NPROC, 1},     {"virtual_memory_bytes", RLIMIT_AS, 1},
  };
  js_lock(ctx);
  js_obj out = js_object(ctx);
  for (size_t i = 0; i < LODE_COUNT(kinds); i++) {
    struct rlimit limit;
    if (getrlimit(kinds[i].resource, &limit)) continue;
    js_obj pair = js_object(ctx);
    js_set(ctx, pair, "soft", limit_of(ctx, limit.rlim_cur, kinds[i].unit));
    js_set(ctx, pair, "hard", limit_of(ctx, limit.rlim_max, kinds[i].unit));
    js_set(ctx, out, kinds[i].name, pair);
  }
  js_unlock(ctx);
  return out;
}

struct objects {
  js_ctx ctx;
  js_obj list;
  unsigned count;
};

static int add_object(struct dl_phdr_info *info, LODE_UNUSED size_t size, void *arg) {
  struct objects *found = arg;
  if (info->dlpi_name && *info->dlpi_name)
    js_set_index(found->ctx, found->list, found->count++, js_str(found->ctx, info->dlpi_name));
  return 0;
}

JS_FN(shared_objects) {
  js_lock(ctx);
  struct objects found = {ctx, js_array(ctx, 0, NULL), 0};
  dl_iterate_phdr(add_object, &found);
  js_unlock(ctx);
  return found.list;
}

static js_obj frame_of(js_ctx ctx, void *pc) {
  Dl_info info = {0};
  char symbol[512] = "";
  if (dladdr(pc, &info))
    snprintf(symbol, sizeof symbol, "%s [%s]", info.dli_sname ? info.dli_sname : "",
             info.dli_fname ? info.dli_fname : "");
  js_obj out = js_object(ctx);
  js_set(ctx, out, "pc", address_text(ctx, pc));
  set_text(ctx, out, "symbol", symbol);
  return out;
}

// As far as the C library can unwind: compiled JavaScript has no unwind tables.
JS_FN(native_stack) {
  void *frames[MOST_FRAMES];
  int count = backtrace(frames, MOST_FRAMES);
  js_lock(ctx);
  js_obj list = js_array(ctx, 0, NULL);
  for (int i = 0; i < count; i++) js_set_index(ctx, list, (unsigned)i, frame_of(ctx, frames[i]));
  js_unlock(ctx);
  return list;
}

static double seconds(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

// { user, system, reads, writes } of the calling thread, times in seconds
JS_FN(thread_usage) {
  struct rusage used = {0};
  getrusage(RUSAGE_THREAD, &used);
  js_lock(ctx);
  js_obj out = js_object(ctx);
  js_set(ctx, out, "user", js_num(seconds(used.ru_utime)));
  js_set(ctx, out, "system", js_num(seconds(used.ru_stime)));
  js_set(ctx, out, "reads", js_num((double)used.ru_inblock));
  js_set(ctx, out, "writes", js_num((double)used.ru_oublock));
  js_unlock(ctx);
  return out;
}

JS_FN(libc_version) { return js_str(ctx, gnu_get_libc_version()); }

static void report_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, LODE_UNUSED void *state) {
  static const js_fn_spec functions[] = {
      {"handles", handles},
      {"limits", limits},
      {"sharedObjects", shared_objects},
      {"nativeStack", native_stack},
      {"threadUsage", thread_usage},
      {"libcVersion", libc_version},
  };
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  set_text(ctx, target, "libcAtBuild", TEXT(__GLIBC__) "." TEXT(__GLIBC_MINOR__));
}

LODE_BINDING(report, 1, report_init, NULL);
