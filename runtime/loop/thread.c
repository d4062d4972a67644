// SPDX-License-Identifier: MIT
//
// A thread with an environment of its own, from start to join.
//
// Ownership: the struct is the parent's. The child owns `env`, and lends it to other threads under `mutex`;
// from its creation to its end, `env` is set. Ends: the child frees its environment, then wakes the parent's
// loop
// (`ended`), which joins the thread, closes the handle, and tells its owner. Stops: a flag that the child's
// engine asks for (runtime/engine/interrupt.h) and a wake-up of its loop, whichever it is in.
//
// A parent's environment that is torn down stops and joins its threads first. A process that ends does not
// wait for them.
#include "runtime/loop/thread.h"
#include "runtime/env/internal.h"
#include "runtime/loop/loop.h"

#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

struct lode_thread {
  lode_thread *next; // of the parent's
  lode_env *parent;
  struct thread_options options; // name is owned
  uv_thread_t handle;
  uv_async_t ended; // on the parent's loop
  void (*on_end)(lode_thread *thread, struct thread_end end, void *arg);
  void *arg;
  struct thread_end end; // the child's until it is joined

  uv_mutex_t mutex; // guards the following
  lode_env *env;
  uv_async_t wake; // on the child's loop, while env is set
  bool stop;
};

// ---- In the child ----

static void on_wake(uv_async_t *wake) { env_halt(wake->loop->data); }

static void lend(lode_thread *thread, lode_env *env) {
  uv_async_init(&env->loop, &thread->wake, on_wake);
  uv_unref((uv_handle_t *)&thread->wake);
  uv_mutex_lock(&thread->mutex);
  thread->env = env;
  bool stop = thread->stop;
  uv_mutex_unlock(&thread->mutex);
  if (stop) {
    engine_stop_self(env->interrupts);
    env_halt(env);
  }
}

static void take_back(lode_thread *thread) {
  uv_mutex_lock(&thread->mutex);
  thread->env = NULL;
  uv_mutex_unlock(&thread->mutex);
}

// An environment cannot be made without descriptors: its loop and the engine's need some, and the latter
// would end the process. The numbers that are free are counted, from the highest down, and none is taken, so
// that nobody misses one meanwhile.
static bool has_descriptors(void) {
  enum { NEEDED = 12, LOOK = 64 };
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit)) return true;
  struct pollfd fds[LOOK];
  int count = 0;
  for (rlim_t top = limit.rlim_cur < INT_MAX ? limit.rlim_cur : INT_MAX; top > 0 && count < NEEDED;) {
    nfds_t looked = 0;
    while (looked < LOOK && top > 0) fds[looked++] = (struct pollfd){.fd = (int)--top};
    if (poll(fds, looked, 0) < 0) return true;
    for (nfds_t i = 0; i < looked; i++) count += (fds[i].revents & POLLNVAL) != 0;
  }
  return count >= NEEDED;
}

// The descriptors are the process's, so threads that start take turns from the look to where the environment
// has those that it needs. Others who take some in between are out of luck, or the environment is.
static pthread_mutex_t starting = PTHREAD_MUTEX_INITIALIZER;

static lode_env *make_env(lode_thread *thread) {
  lode_env *env = NULL;
  pthread_mutex_lock(&starting);
  if (has_descriptors()) {
    loop_engine_context_new();
    env = env_new_thread(thread->parent, &thread->options.thread);
    loop_init(env);
  }
  pthread_mutex_unlock(&starting);
  return env;
}

static struct thread_end live(lode_thread *thread, lode_env *env) {
  engine_make_stoppable(env->interrupts, env->thread.heap_bytes);
  lend(thread, env);
  env->milestones[ENV_MILESTONE_LOOP_START] = uv_hrtime();
  int code = 0;
  if (!env->stopping && env_bootstrap(env)) code = loop_main(env);
  struct thread_end end = {code, THREAD_ENDED, 0};
  if (engine_stopped(env->interrupts)) {
    end.code = env->exit_code;
    if (!env->exiting) end.reason = engine_outgrown(env->interrupts) ? THREAD_OUT_OF_MEMORY : THREAD_STOPPED;
  }
  end.parcel = env_take_parcel(env);
  take_back(thread);
  env_free(env);
  return end;
}

static void thread_main(void *arg) {
  lode_thread *thread = arg;
  char name[16]; // the kernel's limit
  snprintf(name, sizeof name, "%s", thread->options.thread.name);
  pthread_setname_np(pthread_self(), name);
  lode_env *env = make_env(thread);
  if (env) {
    thread->end = live(thread, env);
    loop_engine_context_free();
  } else {
    thread->end = (struct thread_end){1, THREAD_FAILED, thread->options.thread.parcel};
  }
  uv_async_send(&thread->ended);
}

// ---- In the parent ----

static void on_handle_closed(uv_handle_t *handle) {
  lode_thread *thread = LODE_CONTAINER(handle, lode_thread, ended);
  uv_mutex_destroy(&thread->mutex);
  free((char *)thread->options.thread.name);
  free(thread);
}

static void unlink_thread(lode_thread *thread) {
  lode_thread **link = &thread->parent->threads;
  while (*link != thread) link = &(*link)->next;
  *link = thread->next;
}

static void finish(lode_thread *thread) {
  uv_thread_join(&thread->handle);
  unlink_thread(thread);
  thread->on_end(thread, thread->end, thread->arg);
  uv_close((uv_handle_t *)&thread->ended, on_handle_closed);
}

static void on_ended(uv_async_t *ended) { finish(LODE_CONTAINER(ended, lode_thread, ended)); }

// All are told to stop before any is waited for.
static void end_threads(lode_env *env) {
  for (lode_thread *thread = env->threads; thread; thread = thread->next) thread_stop(thread);
  while (env->threads) finish(env->threads);
}

static int spawn(lode_thread *thread) {
  uv_thread_options_t options = {.flags = UV_THREAD_HAS_STACK_SIZE,
                                 .stack_size = thread->options.stack_bytes};
  loop_yield(thread->parent, false);
  return uv_thread_create_ex(&thread->handle, &options, thread_main, thread);
}

int thread_start(lode_env *parent, const struct thread_options *options,
                 void (*on_end)(lode_thread *, struct thread_end, void *), void *arg, lode_thread **started) {
  lode_thread *thread = lode_zalloc(sizeof *thread);
  thread->parent = parent;
  thread->options = *options;
  thread->options.thread.name = lode_strdup(options->thread.name);
  thread->on_end = on_end;
  thread->arg = arg;
  CHECK(uv_mutex_init(&thread->mutex) == 0);
  CHECK(uv_async_init(&parent->loop, &thread->ended, on_ended) == 0);
  int error = spawn(thread);
  if (error) {
    uv_close((uv_handle_t *)&thread->ended, on_handle_closed);
    return error;
  }
  parent->end_threads = end_threads;
  thread->next = parent->threads;
  parent->threads = thread;
  *started = thread;
  return 0;
}

void thread_stop(lode_thread *thread) {
  uv_mutex_lock(&thread->mutex);
  bool first = !thread->stop;
  thread->stop = true;
  if (first && thread->env) {
    engine_stop(thread->env->interrupts);
    uv_async_send(&thread->wake);
  }
  uv_mutex_unlock(&thread->mutex);
}

void thread_ref(lode_thread *thread, bool keeps_parent_alive) {
  if (keeps_parent_alive)
    uv_ref((uv_handle_t *)&thread->ended);
  else
    uv_unref((uv_handle_t *)&thread->ended);
}

bool thread_peek(lode_thread *thread, void (*read)(lode_env *, void *), void *result) {
  uv_mutex_lock(&thread->mutex);
  bool there = thread->env;
  if (there) read(thread->env, result);
  uv_mutex_unlock(&thread->mutex);
  return there;
}
