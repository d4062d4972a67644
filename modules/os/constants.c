// SPDX-License-Identifier: MIT
//
// The numbers of os.constants: error numbers, signals, flags of dlopen(), priorities. Tables only; the
// platform's headers give the values, and names that a platform lacks are left out.
#include "modules/os/os.h"

#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <uv.h>

#define N(name)                                                                                              \
  { #name, name }

static const js_num_spec error_numbers[] = {
    N(E2BIG),        N(EACCES),          N(EADDRINUSE),  N(EADDRNOTAVAIL), N(EAFNOSUPPORT), N(EAGAIN),
    N(EALREADY),     N(EBADF),           N(EBADMSG),     N(EBUSY),         N(ECANCELED),    N(ECHILD),
    N(ECONNABORTED), N(ECONNREFUSED),    N(ECONNRESET),  N(EDEADLK),       N(EDESTADDRREQ), N(EDOM),
    N(EDQUOT),       N(EEXIST),          N(EFAULT),      N(EFBIG),         N(EHOSTUNREACH), N(EIDRM),
    N(EILSEQ),       N(EINPROGRESS),     N(EINTR),       N(EINVAL),        N(EIO),          N(EISCONN),
    N(EISDIR),       N(ELOOP),           N(EMFILE),      N(EMLINK),        N(EMSGSIZE),     N(EMULTIHOP),
    N(ENAMETOOLONG), N(ENETDOWN),        N(ENETRESET),   N(ENETUNREACH),   N(ENFILE),       N(ENOBUFS),
    N(ENODATA),      N(ENODEV),          N(ENOENT),      N(ENOEXEC),       N(ENOLCK),       N(ENOLINK),
    N(ENOMEM),       N(ENOMSG),          N(ENOPROTOOPT), N(ENOSPC),        N(ENOSR),        N(ENOSTR),
    N(ENOSYS),       N(ENOTCONN),        N(ENOTDIR),     N(ENOTEMPTY),     N(ENOTSOCK),     N(ENOTSUP),
    N(ENOTTY),       N(ENXIO),           N(EOPNOTSUPP),  N(EOVERFLOW),     N(EPERM),        N(EPIPE),
    N(EPROTO),       N(EPROTONOSUPPORT), N(EPROTOTYPE),  N(ERANGE),        N(EROFS),        N(ESPIPE),
    N(ESRCH),        N(ESTALE),          N(ETIME),       N(ETIMEDOUT),     N(ETXTBSY),      N(EWOULDBLOCK),
    N(EXDEV),
};

static const js_num_spec signals[] = {
    N(SIGHUP),    N(SIGINT),  N(SIGQUIT),   N(SIGILL),  N(SIGTRAP),  N(SIGABRT),
    N(SIGIOT),    N(SIGBUS),  N(SIGFPE),    N(SIGKILL), N(SIGUSR1),  N(SIGSEGV),
    N(SIGUSR2),   N(SIGPIPE), N(SIGALRM),   N(SIGTERM), N(SIGCHLD),
#ifdef SIGSTKFLT
    N(SIGSTKFLT),
#endif
    N(SIGCONT),   N(SIGSTOP), N(SIGTSTP),   N(SIGTTIN), N(SIGTTOU),  N(SIGURG),
    N(SIGXCPU),   N(SIGXFSZ), N(SIGVTALRM), N(SIGPROF), N(SIGWINCH), N(SIGIO),
#ifdef SIGPOLL
    N(SIGPOLL),
#endif
#ifdef SIGPWR
    N(SIGPWR),
#endif
    N(SIGSYS),
};

static const js_num_spec dlopen_flags[] = {
    N(RTLD_LAZY),     N(RTLD_NOW), N(RTLD_GLOBAL), N(RTLD_LOCAL),
#ifdef RTLD_DEEPBIND
    N(RTLD_DEEPBIND),
#endif
};

static const js_num_spec priorities[] = {
    {"PRIORITY_LOW", UV_PRIORITY_LOW},       {"PRIORITY_BELOW_NORMAL", UV_PRIORITY_BELOW_NORMAL},
    {"PRIORITY_NORMAL", UV_PRIORITY_NORMAL}, {"PRIORITY_ABOVE_NORMAL", UV_PRIORITY_ABOVE_NORMAL},
    {"PRIORITY_HIGH", UV_PRIORITY_HIGH},     {"PRIORITY_HIGHEST", UV_PRIORITY_HIGHEST},
};

static void add(js_ctx ctx, js_obj target, const char *name, const js_num_spec *numbers, size_t count) {
  js_obj table = js_object(ctx);
  js_define_numbers(ctx, table, numbers, count);
  js_set(ctx, target, name, table);
}

void os_define_constants(js_ctx ctx, js_obj target) {
  js_set(ctx, target, "UV_UDP_REUSEADDR", js_int(UV_UDP_REUSEADDR));
  add(ctx, target, "dlopen", dlopen_flags, LODE_COUNT(dlopen_flags));
  add(ctx, target, "errno", error_numbers, LODE_COUNT(error_numbers));
  add(ctx, target, "signals", signals, LODE_COUNT(signals));
  add(ctx, target, "priority", priorities, LODE_COUNT(priorities));
}
