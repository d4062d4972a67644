// SPDX-License-Identifier: MIT
//
// The C half of `watch_loop`: notices turns of the loop that block for longer than a threshold.
//
// A turn is what happens between two polls of the kernel. Its borders are seen by a prepare handle, which
// runs just before each poll: the turn took the time since the last one, less what libuv spent waiting in the
// kernel. That costs two readings of the clock a turn. While a turn runs nobody on its thread can look, so a
// second thread, the monitor, wakes up now and then; when it finds a turn that has been running for a while,
// it has the engine take stacks of it. Ordinary turns end before, and cost nothing more.
//
// Threading: the fields of the turn are written by the loop's thread and read by the monitor, as atomics; a
// reading torn between two turns looks like a young turn, and does no harm. What is written below `mutex` is
// under it.
#include "runtime/engine/sampler.h"
#include "runtime/loop/loop.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

enum { PER_MS = 1000000 };

// When stacks are taken. The monitor wakes up five times in a threshold, and a turn that is then under way
// for an eighth of it is sampled; all the time at first, and when it goes on for long in bursts that become
// rarer, so that the samples of one turn stay few.
static const uint64_t LONGEST_PERIOD = 20 * PER_MS, SHORTEST_PERIOD = 2 * PER_MS, LONGEST_BEGIN = 10 * PER_MS,
                      SAMPLED_FULLY = 500 * PER_MS;
enum { BURST_GAP_PART = 20 }; // of a turn's age: the pause between two bursts

// What `numbers` tells of a turn, in milliseconds where it is a time; the samples' clock is that of END.
enum {
  TURN_DURATION,
  TURN_CPU, // of it, how long the thread was on a processor; NaN when not known
  TURN_CALLBACKS,
  TURN_LONGEST,             // at least so long ran one callback; NaN when not known
  TURN_UNSAMPLED,           // from its start until stacks were taken
  TURN_UNSAMPLED_CALLBACKS, // callbacks that began in that time
  TURN_END,
  TURN_LOADING, // 1: it began before the loop first ran
  TURN_NUMBERS
};

struct watch {
  lode_env *env;
  js_ref on_blocked; // (samples)
  double numbers[TURN_NUMBERS];
  uv_prepare_t prepare;
  bool prepared; // the handle is initialised
  bool running;
  bool loading; // the loop has not run yet
  uint64_t threshold, begin, period;
  clockid_t cpu_clock;
  pthread_t thread;
  engine_sampler *sampler;

  // The turn under way.
  _Atomic uint32_t number, first_entry;
  _Atomic uint64_t start, idle_before; // uv_hrtime, and libuv's idle time, at the last border
  _Atomic bool touched;                // the monitor has looked at this turn: it may be sampled

  pthread_mutex_t mutex;
  pthread_cond_t changed;
  bool stop;
  // Of the turn that the monitor saw, as it was when it saw it first.
  uint32_t seen;
  uint64_t seen_at, seen_age, seen_cpu;
  uint32_t seen_entries;
  bool sampling;
  uint64_t sampled_until; // the end of the last burst
  uint32_t entry;         // the callback that ran at the last look, and since when
  uint64_t entry_since, longest;
};

extern const lode_binding lode_binding_watch_loop;

static uint64_t cpu_ns(clockid_t clock) {
  struct timespec used = {0};
  clock_gettime(clock, &used);
  return (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
}

// ---- The monitor ----

static int64_t age_of_turn(struct watch *w, uint64_t now) {
  uint64_t start = w->start, idle_before = w->idle_before;
  return (int64_t)(now - start) - (int64_t)(loop_idle_ns(w->env) - idle_before);
}

static void look_first(struct watch *w, uint32_t number, uint64_t now, uint64_t age) {
  w->seen = number;
  w->touched = true;
  w->seen_at = now;
  w->seen_age = age;
  w->seen_cpu = cpu_ns(w->cpu_clock);
  w->entry = w->seen_entries = env_entries(w->env);
  // A turn's only callback runs since the turn began.
  w->entry_since = w->entry - w->first_entry <= 1 ? now - age : now;
  w->longest = 0;
  w->sampling = true;
  sampler_start(w->sampler);
}

static void note_callback(struct watch *w, uint64_t now) {
  uint64_t lasted = now - w->entry_since;
  if (lasted > w->longest) w->longest = lasted;
  if (w->entry == env_entries(w->env)) return;
  w->entry = env_entries(w->env);
  w->entry_since = now;
}

static void look_again(struct watch *w, uint64_t now, uint64_t age) {
  note_callback(w, now);
  if (now - w->seen_at < SAMPLED_FULLY) return;
  if (w->sampling) {
    sampler_pause(w->sampler);
    w->sampling = false;
    w->sampled_until = now;
  } else if (now - w->sampled_until >= age / BURST_GAP_PART) {
    sampler_start(w->sampler);
    w->sampling = true;
  }
}

static void look(struct watch *w) {
  uint32_t number = w->number;
  uint64_t now = uv_hrtime();
  int64_t age = age_of_turn(w, now);
  if (age < (int64_t)w->begin || number != w->number) return;
  if (w->touched && w->seen == number)
    look_again(w, now, (uint64_t)age);
  else
    look_first(w, number, now, (uint64_t)age);
}

static void *monitor(void *arg) {
  struct watch *w = arg;
  struct timespec until;
  pthread_mutex_lock(&w->mutex);
  while (!w->stop) {
    clock_gettime(CLOCK_MONOTONIC, &until);
    uint64_t at = (uint64_t)until.tv_nsec + w->period;
    until.tv_sec += (time_t)(at / 1000000000u);
    until.tv_nsec = (long)(at % 1000000000u);
    pthread_cond_timedwait(&w->changed, &w->mutex, &until);
    if (!w->stop) look(w);
  }
  pthread_mutex_unlock(&w->mutex);
  return NULL;
}

// ---- The borders of turns ----

static void begin_turn(struct watch *w, uint64_t now, uint64_t idle) {
  uint32_t number = atomic_load_explicit(&w->number, memory_order_relaxed);
  atomic_store_explicit(&w->start, now, memory_order_relaxed);
  atomic_store_explicit(&w->idle_before, idle, memory_order_relaxed);
  atomic_store_explicit(&w->first_entry, env_entries(w->env), memory_order_relaxed);
  atomic_store_explicit(&w->number, number + 1, memory_order_release);
}

static double ms(uint64_t ns) { return (double)ns / PER_MS; }

static void describe(struct watch *w, uint64_t now, uint64_t busy) {
  double *numbers = w->numbers;
  double none = __builtin_nan("");
  numbers[TURN_DURATION] = ms(busy);
  numbers[TURN_CALLBACKS] = env_entries(w->env) - w->first_entry;
  numbers[TURN_END] = ms(now);
  numbers[TURN_LOADING] = w->loading;
  numbers[TURN_CPU] = numbers[TURN_LONGEST] = numbers[TURN_UNSAMPLED] = numbers[TURN_UNSAMPLED_CALLBACKS] =
      none;
  if (!w->touched || w->seen != w->number) return;
  note_callback(w, now);
  // Before the monitor looked, the thread was as busy as afterwards.
  double since = ms(now - w->seen_at);
  numbers[TURN_CPU] = since > 0 ? ms(cpu_ns(w->cpu_clock) - w->seen_cpu) / since * ms(busy) : none;
  numbers[TURN_LONGEST] = ms(w->longest);
  numbers[TURN_UNSAMPLED] = ms(w->seen_age);
  numbers[TURN_UNSAMPLED_CALLBACKS] = w->seen_entries - w->first_entry;
}

// The samples of the turn that ends; under the engine's lock.
static js_val take_samples(struct watch *w, js_ctx ctx, uint64_t now, uint64_t busy) {
  pthread_mutex_lock(&w->mutex);
  describe(w, now, busy);
  js_val samples = w->touched ? sampler_take(w->sampler, ctx) : js_undefined();
  w->sampling = false;
  w->touched = false;
  begin_turn(w, now, loop_idle_ns(w->env));
  pthread_mutex_unlock(&w->mutex);
  return samples;
}

static void end_long_turn(struct watch *w, uint64_t now, uint64_t busy) {
  js_ctx ctx = env_enter(w->env);
  js_val samples = take_samples(w, ctx, now, busy);
  if (busy >= w->threshold && w->on_blocked.value)
    env_call(w->env, js_as_object(w->on_blocked.value), NULL, 1, &samples);
  env_leave(w->env);
}

static void on_prepare(uv_prepare_t *handle) {
  struct watch *w = LODE_CONTAINER(handle, struct watch, prepare);
  uint64_t now = uv_hrtime(), idle = loop_idle_ns(w->env);
  uint64_t busy = now - w->start - (idle - w->idle_before);
  if (LODE_UNLIKELY(busy >= w->threshold || w->touched)) {
    end_long_turn(w, now, busy);
    now = uv_hrtime(); // a report is nobody's fault
  }
  w->loading = false;
  if (w->running) begin_turn(w, now, idle);
}

// ---- What JavaScript calls ----

// (function that hears of blocked turns) -> Float64Array about the turn
JS_FN(setup) {
  struct watch *w = binding_state(env_current(), &lode_binding_watch_loop);
  w->on_blocked = js_ref_take(ctx, JS_ARG(0));
  return js_float64array_over(ctx, js_arraybuffer_external(ctx, w->numbers, sizeof w->numbers, NULL, NULL));
}

static void stop_watching(struct watch *w) {
  if (!w->running) return;
  w->running = false;
  uv_prepare_stop(&w->prepare);
  pthread_mutex_lock(&w->mutex);
  w->stop = true;
  pthread_cond_signal(&w->changed);
  pthread_mutex_unlock(&w->mutex);
  pthread_join(w->thread, NULL);
}

static bool start_monitor(struct watch *w) {
  sigset_t all, before;
  w->stop = false;
  sigfillset(&all); // signals are for other threads
  pthread_sigmask(SIG_SETMASK, &all, &before);
  bool started = !pthread_create(&w->thread, NULL, monitor, w);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return started;
}

static void prepare_to_watch(struct watch *w, lode_env *env, js_ctx ctx) {
  if (!w->prepared) {
    w->prepared = true;
    uv_prepare_init(env_loop(env), &w->prepare);
    uv_unref((uv_handle_t *)&w->prepare);
  }
  if (!w->sampler) w->sampler = sampler_new(ctx);
}

static uint64_t within(uint64_t value, uint64_t least, uint64_t most) {
  return value < least ? least : value > most ? most : value;
}

// (threshold in milliseconds) -> false: no thread could be made
JS_FN(start) {
  lode_env *env = env_current();
  struct watch *w = binding_state(env, &lode_binding_watch_loop);
  stop_watching(w);
  prepare_to_watch(w, env, ctx);
  w->threshold = (uint64_t)(js_to_num(JS_ARG(0), 50) * PER_MS);
  w->begin = within(w->threshold / 8, 0, LONGEST_BEGIN);
  w->period = within(w->threshold / 5, SHORTEST_PERIOD, LONGEST_PERIOD);
  pthread_getcpuclockid(pthread_self(), &w->cpu_clock);
  w->loading = !env_milestones(env)[ENV_MILESTONE_LOOP_START];
  begin_turn(w, uv_hrtime(), loop_idle_ns(env));
  w->first_entry--; // the callback that calls this belongs to the turn
  if (!start_monitor(w)) return js_bool(false);
  w->running = true;
  uv_prepare_start(&w->prepare, on_prepare);
  return js_bool(true);
}

JS_FN(stop) {
  struct watch *w = binding_state(env_current(), &lode_binding_watch_loop);
  stop_watching(w);
  return js_undefined();
}

// At the end of the thread, of whose last turn the loop sees no end.
JS_FN(finish) {
  struct watch *w = binding_state(env_current(), &lode_binding_watch_loop);
  if (!w->running) return js_undefined();
  stop_watching(w);
  uint64_t now = uv_hrtime();
  int64_t busy = age_of_turn(w, now);
  if (busy < (int64_t)w->threshold) return js_undefined();
  js_lock(ctx);
  js_val samples = take_samples(w, ctx, now, (uint64_t)busy);
  js_call(ctx, js_as_object(w->on_blocked.value), NULL, 1, &samples, exc);
  js_unlock(ctx);
  return js_undefined();
}

// ---- Life ----

static void stop_at_exit(void *state) { stop_watching(state); }

static void watch_loop_init(lode_env *env, js_ctx ctx, js_obj target, void *state) {
  static const js_fn_spec functions[] = {
      {"setup", setup}, {"start", start}, {"stop", stop}, {"finish", finish}};
  struct watch *w = state;
  w->env = env;
  pthread_condattr_t monotonic;
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init(&w->changed, &monotonic);
  pthread_condattr_destroy(&monotonic);
  pthread_mutex_init(&w->mutex, NULL);
  env_at_exit(env, stop_at_exit, w);
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}

static void watch_loop_close(lode_env *env, void *state) {
  struct watch *w = state;
  if (w->sampler) sampler_free(w->sampler);
  js_ref_drop(env_ctx(env), &w->on_blocked);
}

LODE_BINDING(watch_loop, sizeof(struct watch), watch_loop_init, watch_loop_close);
