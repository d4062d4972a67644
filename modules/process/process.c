// SPDX-License-Identifier: MIT
//
// binding('process'): what the process object asks of the system. Sizes in bytes, times in the unit of each
// name.
#include "runtime/env/internal.h"
#include "runtime/loop/loop.h"

#include <pthread.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;
extern const lode_binding lode_binding_process;

struct process_state {
  double numbers[24]; // results of calls that return several numbers
};

// ---- Shared objects ----

// (path, flags) => what went wrong, or undefined
JS_FN(open_library) {
  js_text path;
  if (!js_text_take(ctx, JS_ARG(0), &path, exc)) return js_undefined();
  void *library = dlopen(path.data, js_to_int(JS_ARG(1), RTLD_LAZY));
  js_text_drop(&path);
  if (!library) return js_str(ctx, dlerror());
  dlclose(library);
  return js_undefined();
}

// ---- Environment variables ----

// Process-wide by nature, as `environ` is: workers with SHARE_ENV change it, too. The C library itself takes
// no lock.
static pthread_rwlock_t environment = PTHREAD_RWLOCK_INITIALIZER;

JS_FN(env_get) {
  js_text name;
  if (!js_text_take(ctx, JS_ARG(0), &name, exc)) return js_undefined();
  pthread_rwlock_rdlock(&environment);
  const char *value = getenv(name.data);
  js_val result = value ? js_str(ctx, value) : js_undefined();
  pthread_rwlock_unlock(&environment);
  js_text_drop(&name);
  return result;
}

JS_FN(env_set) {
  js_text name, value;
  if (!js_text_take(ctx, JS_ARG(0), &name, exc)) return js_undefined();
  if (js_text_take(ctx, JS_ARG(1), &value, exc)) {
    pthread_rwlock_wrlock(&environment);
    if (name.length && !strchr(name.data, '=')) setenv(name.data, value.data, 1);
    if (!strcmp(name.data, "TZ")) tzset();
    pthread_rwlock_unlock(&environment);
    js_text_drop(&value);
  }
  js_text_drop(&name);
  return js_undefined();
}

JS_FN(env_delete) {
  js_text name;
  if (!js_text_take(ctx, JS_ARG(0), &name, exc)) return js_undefined();
  pthread_rwlock_wrlock(&environment);
  unsetenv(name.data);
  pthread_rwlock_unlock(&environment);
  js_text_drop(&name);
  return js_undefined();
}

JS_FN(env_keys) {
  js_obj list = js_array(ctx, 0, NULL);
  unsigned count = 0;
  pthread_rwlock_rdlock(&environment);
  for (char **entry = environ; entry && *entry; entry++) {
    const char *equals = strchr(*entry, '=');
    if (equals && equals != *entry)
      js_set_index(ctx, list, count++, js_str_utf8(ctx, *entry, (size_t)(equals - *entry)));
  }
  pthread_rwlock_unlock(&environment);
  return list;
}

// ---- Directories and files ----

JS_FN(cwd) {
  char path[PATH_MAX + 1];
  size_t size = sizeof path;
  int error = uv_cwd(path, &size);
  return error ? js_int(error) : js_str(ctx, path);
}

JS_FN(change_directory) {
  js_text path;
  if (!js_text_take(ctx, JS_ARG(0), &path, exc)) return js_undefined();
  int error = uv_chdir(path.data);
  js_text_drop(&path);
  return js_int(error);
}

JS_FN(exec_path) {
  char path[PATH_MAX + 1];
  size_t size = sizeof path;
  return uv_exepath(path, &size) ? js_undefined() : js_str(ctx, path);
}

// (mask or undefined) => the old mask
JS_FN(change_umask) {
  mode_t old;
  if (js_is_undefined(JS_ARG(0))) {
    old = umask(0);
    umask(old);
  } else {
    old = umask((mode_t)js_to_int(JS_ARG(0), 0));
  }
  return js_int((int)old);
}

// ---- Time and use of resources: results go to the shared numbers ----

// Whole seconds and the rest in nanoseconds, as two numbers.
JS_FN(hrtime) {
  struct process_state *state = binding_state(env_current(), &lode_binding_process);
  uint64_t now = uv_hrtime();
  state->numbers[0] = (double)(now / 1000000000u);
  state->numbers[1] = (double)(now % 1000000000u);
  return js_undefined();
}

JS_FN(hrtime_bigint) { return js_biguint(ctx, uv_hrtime()); }

JS_FN(uptime) { return js_num((double)(uv_hrtime() - env_current()->started_ns) / 1e9); }

JS_FN(resident_set) {
  size_t bytes = 0;
  uv_resident_set_memory(&bytes);
  return js_num((double)bytes);
}

JS_FN(cpu_usage) {
  struct process_state *state = binding_state(env_current(), &lode_binding_process);
  struct rusage usage;
  if (getrusage(js_is_true(JS_ARG(0)) ? RUSAGE_THREAD : RUSAGE_SELF, &usage)) return js_int(-errno);
  state->numbers[0] = (double)usage.ru_utime.tv_sec * 1e6 + (double)usage.ru_utime.tv_usec;
  state->numbers[1] = (double)usage.ru_stime.tv_sec * 1e6 + (double)usage.ru_stime.tv_usec;
  return js_int(0);
}

JS_FN(resource_usage) {
  struct process_state *state = binding_state(env_current(), &lode_binding_process);
  struct rusage u;
  if (getrusage(RUSAGE_SELF, &u)) return js_int(-errno);
  const double values[] = {(double)u.ru_utime.tv_sec * 1e6 + (double)u.ru_utime.tv_usec,
                           (double)u.ru_stime.tv_sec * 1e6 + (double)u.ru_stime.tv_usec,
                           (double)u.ru_maxrss,
                           (double)u.ru_ixrss,
                           (double)u.ru_idrss,
                           (double)u.ru_isrss,
                           (double)u.ru_minflt,
                           (double)u.ru_majflt,
                           (double)u.ru_nswap,
                           (double)u.ru_inblock,
                           (double)u.ru_oublock,
                           (double)u.ru_msgsnd,
                           (double)u.ru_msgrcv,
                           (double)u.ru_nsignals,
                           (double)u.ru_nvcsw,
                           (double)u.ru_nivcsw};
  memcpy(state->numbers, values, sizeof values);
  return js_int(0);
}

JS_FN(constrained_memory) { return js_num((double)uv_get_constrained_memory()); }
JS_FN(available_memory) { return js_num((double)uv_get_free_memory()); }

// ---- Identity ----

JS_FN(pid) { return js_int(getpid()); }
JS_FN(parent_pid) { return js_int(getppid()); }
JS_FN(send_signal) { return js_int(uv_kill(js_to_int(JS_ARG(0), 0), js_to_int(JS_ARG(1), 0))); }
JS_FN(uid) { return js_num(getuid()); }
JS_FN(euid) { return js_num(geteuid()); }
JS_FN(gid) { return js_num(getgid()); }
JS_FN(egid) { return js_num(getegid()); }

JS_FN(groups) {
  gid_t list[1024];
  int count = getgroups(LODE_COUNT(list), list);
  if (count < 0) return js_int(-errno);
  js_obj result = js_array(ctx, 0, NULL);
  bool has_effective = false;
  for (int i = 0; i < count; i++) {
    js_set_index(ctx, result, (unsigned)i, js_num(list[i]));
    has_effective |= list[i] == getegid();
  }
  if (!has_effective) js_set_index(ctx, result, (unsigned)count, js_num(getegid()));
  return result;
}

// A name or number to an id; -1 where there is no such user or group.
static int64_t user_of(js_ctx ctx, js_val v) {
  if (js_is_number(v)) return js_to_int64(v, -1);
  char *name = js_strdup(ctx, v);
  struct passwd *entry = name ? getpwnam(name) : NULL;
  free(name);
  return entry ? (int64_t)entry->pw_uid : -1;
}

static int64_t group_of(js_ctx ctx, js_val v) {
  if (js_is_number(v)) return js_to_int64(v, -1);
  char *name = js_strdup(ctx, v);
  struct group *entry = name ? getgrnam(name) : NULL;
  free(name);
  return entry ? (int64_t)entry->gr_gid : -1;
}

// (which, id): 1 where the name is unknown, 0, or a negative errno. which: "uid", "euid", "gid", "egid"
JS_FN(set_id) {
  int which = js_to_int(JS_ARG(0), 0);
  int64_t id = which < 2 ? user_of(ctx, JS_ARG(1)) : group_of(ctx, JS_ARG(1));
  if (id < 0) return js_int(1);
  int failed = which == 0   ? setuid((uid_t)id)
               : which == 1 ? seteuid((uid_t)id)
               : which == 2 ? setgid((gid_t)id)
                            : setegid((gid_t)id);
  return js_int(failed ? -errno : 0);
}

// (array): 0, a negative errno, or 1 + the index of an unknown group
JS_FN(set_groups) {
  gid_t list[1024];
  js_obj array = js_as_object(JS_ARG(0));
  uint32_t count = js_length(ctx, array);
  if (count > LODE_COUNT(list)) return js_int(-EINVAL);
  for (uint32_t i = 0; i < count; i++) {
    int64_t id = group_of(ctx, js_get_index(ctx, array, i));
    if (id < 0) return js_int((int)i + 1);
    list[i] = (gid_t)id;
  }
  return js_int(setgroups(count, list) ? -errno : 0);
}

JS_FN(init_groups) {
  char *name = js_is_number(JS_ARG(0)) ? NULL : js_strdup(ctx, JS_ARG(0));
  if (!name) {
    struct passwd *entry = getpwuid((uid_t)js_to_int64(JS_ARG(0), -1));
    if (entry) name = lode_strdup(entry->pw_name);
  }
  int64_t group = group_of(ctx, JS_ARG(1));
  int result = !name ? 1 : group < 0 ? 2 : initgroups(name, (gid_t)group) ? -errno : 0;
  free(name);
  return js_int(result);
}

JS_FN(error_text) { return js_str(ctx, strerror(js_to_int(JS_ARG(0), 0))); }

JS_FN(get_title) {
  char title[512];
  return uv_get_process_title(title, sizeof title) ? js_str(ctx, "node") : js_str(ctx, title);
}

JS_FN(set_title) {
  js_text title;
  if (!js_text_take(ctx, JS_ARG(0), &title, exc)) return js_undefined();
  uv_set_process_title(title.data);
  js_text_drop(&title);
  return js_undefined();
}

// (path, arguments, environment as "name=value" list): replaces the process. Returns a negative errno only.
JS_FN(replace_image) {
  char *path = js_strdup(ctx, JS_ARG(0));
  char **lists[2];
  for (int k = 0; k < 2; k++) {
    js_obj array = js_as_object(JS_ARG(k + 1));
    uint32_t count = js_length(ctx, array);
    lists[k] = lode_zalloc((count + 1) * sizeof(char *));
    for (uint32_t i = 0; i < count; i++) lists[k][i] = js_strdup(ctx, js_get_index(ctx, array, i));
  }
  // The standard descriptors go on; everything else that lode opened is close-on-exec.
  for (int fd = 0; fd <= 2; fd++) fcntl(fd, F_SETFD, fcntl(fd, F_GETFD) & ~FD_CLOEXEC);
  fflush(NULL);
  loop_yield(env_current(), false);
  if (path) execve(path, lists[0], lists[1]);
  int error = -errno;
  for (int k = 0; k < 2; k++) {
    for (char **item = lists[k]; *item; item++) free(*item);
    free(lists[k]);
  }
  free(path);
  return js_int(error);
}

// Names of the requests and handles that keep the loop alive.
static void collect_handle(uv_handle_t *handle, void *arg) {
  js_obj list = arg;
  if (!uv_is_active(handle) || !uv_has_ref(handle) || uv_is_closing(handle)) return;
  js_ctx ctx = env_ctx(env_current());
  js_set_index(ctx, list, js_length(ctx, list), js_str(ctx, uv_handle_type_name(handle->type)));
}

JS_FN(active_handles) {
  js_obj list = js_array(ctx, 0, NULL);
  uv_walk(env_loop(env_current()), collect_handle, (void *)list);
  return list;
}

static void process_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, void *memory) {
  struct process_state *state = memory;
  static const js_fn_spec functions[] = {
      {"openLibrary", open_library},
      {"envGet", env_get},
      {"envSet", env_set},
      {"envDelete", env_delete},
      {"envKeys", env_keys},
      {"cwd", cwd},
      {"chdir", change_directory},
      {"execPath", exec_path},
      {"umask", change_umask},
      {"hrtime", hrtime},
      {"hrtimeBigint", hrtime_bigint},
      {"uptime", uptime},
      {"rss", resident_set},
      {"cpuUsage", cpu_usage},
      {"resourceUsage", resource_usage},
      {"constrainedMemory", constrained_memory},
      {"availableMemory", available_memory},
      {"pid", pid},
      {"ppid", parent_pid},
      {"kill", send_signal},
      {"getuid", uid},
      {"geteuid", euid},
      {"getgid", gid},
      {"getegid", egid},
      {"getgroups", groups},
      {"setId", set_id},
      {"setgroups", set_groups},
      {"initgroups", init_groups},
      {"getTitle", get_title},
      {"setTitle", set_title},
      {"activeHandles", active_handles},
      {"execve", replace_image},
      {"errorText", error_text},
  };
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
  js_obj buffer = js_arraybuffer_external(ctx, state->numbers, sizeof state->numbers, NULL, NULL);
  js_set(ctx, target, "numbers", js_float64array_over(ctx, buffer));
}

LODE_BINDING(process, sizeof(struct process_state), process_init, NULL);
