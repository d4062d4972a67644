// SPDX-License-Identifier: MIT
//
// Starting a process without copying this one.
//
// fork() copies the page tables of an engine's heap, and then both sides pay for a copy of every page that is
// written before the child's exec: milliseconds. Here the child borrows this process's memory (CLONE_VM) on a
// stack of its own, while the calling thread waits for its exec (CLONE_VFORK). Other threads go on.
//
// So between clone and exec the child makes system calls and nothing else: no allocation, no locks, no
// library function that keeps state. Everything it needs is laid out beforehand in a struct launch, where it
// also leaves its errno. All signals are blocked until their handlers are gone: a handler of this program
// must not run in there.
//
// The child's end is seen through a descriptor for the process (CLONE_PIDFD), which any loop can poll.
#include "modules/child_process/launch.h"
#include "base/base.h"
#include "runtime/loop/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { STACK_SIZE = 64 * 1024, LAST_SIGNAL = 64, KERNEL_SIGSET = 8 };

struct launch {
  const uv_process_options_t *options;
  char **env;
  char **paths;    // what to try, in order; ends with NULL
  char **script;   // argv of a shell that runs a file without a known format; script[1] is the file
  int (*pairs)[2]; // sockets: the parent's end, the child's end, or -1
  int *sources;    // what becomes descriptor i in the child; -1: nothing
  int count;
  int error; // errno of the child
};

// ---- In the child ----

#define CHILD_ONLY __attribute__((no_sanitize("address", "undefined", "thread")))

CHILD_ONLY static void reset_signals(void) {
  // The kernel's own structures: all zeros are the default action, and an empty set.
  static const uint64_t zeros[32];
  for (int i = 1; i <= LAST_SIGNAL; i++)
    if (i != SIGKILL && i != SIGSTOP) syscall(SYS_rt_sigaction, i, zeros, NULL, KERNEL_SIGSET);
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, zeros, NULL, KERNEL_SIGSET);
}

CHILD_ONLY static int open_nothing(int fd) {
  int made = open("/dev/null", fd == 0 ? O_RDONLY : O_RDWR);
  if (made < 0 || made == fd) return made;
  int result = dup2(made, fd);
  close(made);
  return result;
}

CHILD_ONLY static int place_descriptor(struct launch *launch, int fd) {
  int source = launch->sources[fd];
  if (source < 0) return fd > 2 ? 0 : open_nothing(fd);
  if (source == fd) {
    int flags = fcntl(fd, F_GETFD);
    if (flags < 0 || fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC) < 0) return -1;
  } else if (dup2(source, fd) < 0) {
    return -1;
  }
  // Programs do not expect standard streams that return early.
  if (fd <= 2 && launch->pairs[fd][1] < 0) {
    int flags = fcntl(fd, F_GETFL);
    if (flags >= 0 && flags & O_NONBLOCK) fcntl(fd, F_SETFL, flags & ~O_NONBLOCK);
  }
  return 0;
}

CHILD_ONLY static int place_descriptors(struct launch *launch) {
  // Out of the way first what would be overwritten before its turn comes.
  for (int i = 0; i < launch->count; i++) {
    int source = launch->sources[i];
    if (source < 0 || source >= launch->count || source == i) continue;
    launch->sources[i] = fcntl(source, F_DUPFD_CLOEXEC, launch->count);
    if (launch->sources[i] < 0) return -1;
  }
  for (int i = 0; i < launch->count; i++)
    if (place_descriptor(launch, i) < 0) return -1;
  return 0;
}

// The C library's functions would have all threads change, and ask them by a signal.
CHILD_ONLY static int change_identity(const uv_process_options_t *options) {
  if (options->flags & (UV_PROCESS_SETUID | UV_PROCESS_SETGID)) syscall(SYS_setgroups, 0, NULL);
  if (options->flags & UV_PROCESS_SETGID && syscall(SYS_setgid, options->gid)) return -1;
  if (options->flags & UV_PROCESS_SETUID && syscall(SYS_setuid, options->uid)) return -1;
  return 0;
}

// Returns only where no candidate can be run; then errno is what to tell.
CHILD_ONLY static void try_paths(struct launch *launch) {
  bool refused = false;
  errno = ENOENT;
  for (char **path = launch->paths; *path; path++) {
    execve(*path, launch->options->args, launch->env);
    if (errno == ENOEXEC) {
      launch->script[1] = *path;
      execve(launch->script[0], launch->script, launch->env);
    }
    if (errno == EACCES)
      refused = true;
    else if (errno != ENOENT && errno != ENOTDIR)
      return;
  }
  if (refused) errno = EACCES;
}

CHILD_ONLY static int in_child(void *arg) {
  struct launch *launch = arg;
  const uv_process_options_t *options = launch->options;
  reset_signals();
  if (options->flags & UV_PROCESS_DETACHED) setsid();
  if (place_descriptors(launch) == 0 && (!options->cwd || chdir(options->cwd) == 0) &&
      change_identity(options) == 0)
    try_paths(launch);
  launch->error = errno;
  _exit(127);
}

// ---- Before ----

static const char *search_path(char **env) {
  for (char **entry = env; *entry; entry++)
    if (!strncmp(*entry, "PATH=", 5)) return *entry + 5;
  return _PATH_DEFPATH;
}

// A name without a slash is looked for in PATH, the child's own.
static char **candidates_take(const char *file, char **env) {
  const char *path = strchr(file, '/') || !*file ? "" : search_path(env);
  size_t count = 1;
  for (const char *p = path; *p; p++) count += *p == ':';
  char **list = lode_zalloc((count + 1) * sizeof *list);
  if (strchr(file, '/')) {
    list[0] = lode_strdup(file);
    return list;
  }
  for (size_t i = 0; i < count; i++) {
    size_t length = strcspn(path, ":");
    size_t size = length + strlen(file) + 3;
    list[i] = lode_alloc(size);
    if (length) // an empty entry means here
      snprintf(list[i], size, "%.*s/%s", (int)length, path, file);
    else
      snprintf(list[i], size, "./%s", file);
    path += length + (path[length] == ':');
  }
  return list;
}

static char **script_take(char **args) {
  size_t count = 0;
  while (args[count]) count++;
  char **list = lode_zalloc((count + 3) * sizeof *list);
  list[0] = (char *)_PATH_BSHELL;
  for (size_t i = 1; i < count; i++) list[i + 1] = args[i];
  return list;
}

static int prepare_descriptor(struct launch *launch, int i) {
  const uv_stdio_container_t *entry = &launch->options->stdio[i];
  uv_os_fd_t fd;
  if (entry->flags & UV_CREATE_PIPE) {
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, launch->pairs[i])) return -errno;
    launch->sources[i] = launch->pairs[i][1];
  } else if (entry->flags & UV_INHERIT_STREAM) {
    int result = uv_fileno((const uv_handle_t *)entry->data.stream, &fd);
    if (result < 0) return result;
    launch->sources[i] = fd;
  } else if (entry->flags & UV_INHERIT_FD) {
    if (entry->data.fd < 0) return UV_EBADF;
    launch->sources[i] = entry->data.fd;
  }
  return 0;
}

static int prepare(struct launch *launch, const uv_process_options_t *options) {
  launch->options = options;
  launch->env = options->env ? options->env : environ;
  launch->count = options->stdio_count > 3 ? options->stdio_count : 3;
  launch->paths = candidates_take(options->file, launch->env);
  launch->script = script_take(options->args);
  launch->pairs = lode_alloc((size_t)launch->count * sizeof *launch->pairs);
  launch->sources = lode_alloc((size_t)launch->count * sizeof *launch->sources);
  for (int i = 0; i < launch->count; i++) launch->pairs[i][0] = launch->pairs[i][1] = launch->sources[i] = -1;
  int result = 0;
  for (int i = 0; i < options->stdio_count && result == 0; i++) result = prepare_descriptor(launch, i);
  return result;
}

// ---- After ----

static void close_end(int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

static void drop(struct launch *launch) {
  for (int i = 0; i < launch->count; i++) {
    close_end(&launch->pairs[i][0]);
    close_end(&launch->pairs[i][1]);
  }
  for (char **path = launch->paths; *path; path++) free(*path);
  free(launch->paths);
  free(launch->script);
  free(launch->pairs);
  free(launch->sources);
}

static int open_pipes(struct launch *launch) {
  int result = 0;
  for (int i = 0; i < launch->count && result == 0; i++) {
    if (launch->pairs[i][0] < 0) continue;
    result = uv_pipe_open((uv_pipe_t *)launch->options->stdio[i].data.stream, launch->pairs[i][0]);
    if (result == 0) launch->pairs[i][0] = -1; // the pipe's now
  }
  return result;
}

static pid_t collect_now(pid_t pid, int *status) {
  pid_t result;
  do result = waitpid(pid, status, 0);
  while (result < 0 && errno == EINTR);
  return result;
}

// The stack lies in this frame, which stands still until the child has left it.
static int start(struct launch *launch, struct child *child) {
  _Alignas(16) char stack[STACK_SIZE];
  sigset_t all, before;
  loop_yield(env_current(), false); // the child would inherit it
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int ended = -1;
  pid_t pid =
      clone(in_child, stack + sizeof stack, CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, launch, &ended);
  int error = pid < 0 ? errno : 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (error) return -error;
  child->pid = pid;
  child->ended = ended;
  return 0;
}

int child_launch(struct child *child, const uv_process_options_t *options) {
  struct launch launch = {.error = 0};
  *child = (struct child){.pid = 0, .ended = -1};
  int result = prepare(&launch, options);
  if (result == 0) result = start(&launch, child);
  if (result == 0) {
    result = open_pipes(&launch);
    if (launch.error) {
      int status;
      collect_now(child->pid, &status);
      child_forget(child);
      result = -launch.error;
    }
  }
  drop(&launch);
  return result;
}

// ---- Its life ----

bool child_collect(struct child *child, int64_t *code, int *signal) {
  int status = 0;
  if (!child->pid || waitpid(child->pid, &status, WNOHANG) == 0) return false;
  *code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  *signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  child->pid = 0;
  return true;
}

int child_send_signal(const struct child *child, int signal) {
  if (!child->pid) return UV_ESRCH;
  return kill(child->pid, signal) ? -errno : 0;
}

void child_forget(struct child *child) {
  child->pid = 0;
  close_end(&child->ended);
}
