// SPDX-License-Identifier: MIT
//
// A running engine looks at a word of bits (its traps) in loops and calls; one bit means "end". The C
// interface can set only the one of the time limit, by a timer that must be started again at each entry, from
// the engine's thread. So lode sets the bit itself, and lets the library tell the running thread to look
// (jsc_traps_notify).
//
// Where the word is, differs between builds of the library, and is found by watching: with a time limit that
// passes while no JavaScript runs, exactly one word near the start of the engine gets the limit's bit, and
// loses it when JavaScript runs again. The bits' meaning is taken as known where the limit's is what it is
// known to be.
#include "runtime/engine/traps.h"
#include "runtime/engine/jsc_private.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { TERMINATE_BIT = 2, LIMIT_BIT = 4 };
enum { WORDS = 64 }; // of the engine's start; it is far larger

// Process-wide by nature: a fact about the library. 0: not found.
static pthread_mutex_t finding = PTHREAD_MUTEX_INITIALIZER;
static atomic_size_t found_at;
static bool searched; // under the mutex

typedef _Atomic uint32_t *word_ref;

static word_ref words_of(JSContextGroupRef group) { return (word_ref)(uintptr_t)group; }

static bool go_on(LODE_UNUSED JSContextRef ctx, LODE_UNUSED void *arg) { return false; }

static uint64_t snapshot(word_ref words, const uint32_t before[WORDS]) {
  uint64_t changed = 0;
  for (size_t i = 0; i < WORDS; i++)
    if (words[i] == (before[i] | LIMIT_BIT) && !(before[i] & LIMIT_BIT)) changed |= 1ull << i;
  return changed;
}

// The words that get the limit's bit within some milliseconds, as bits of a number.
static uint64_t words_marked(word_ref words, const uint32_t before[WORDS]) {
  uint64_t marked = 0;
  for (int turns = 0; !marked && turns < 400; turns++) {
    nanosleep(&(struct timespec){.tv_nsec = 50000}, NULL);
    marked = snapshot(words, before);
  }
  return marked;
}

static void search(JSGlobalContextRef ctx) {
  JSContextGroupRef group = JSContextGetGroup(ctx);
  word_ref words = words_of(group);
  uint32_t before[WORDS];
  struct jsc_entry_scope scope = {(void *)group, ctx};
  for (size_t i = 0; i < WORDS; i++) before[i] = words[i];
  JSContextGroupSetExecutionTimeLimit(group, 0.00005, go_on, NULL);
  jsc_entry_scope_enter(&scope);
  uint64_t marked = words_marked(words, before);
  jsc_entry_scope_leave(&scope);
  JSContextGroupClearExecutionTimeLimit(group);
  JSStringRef text = JSStringCreateWithUTF8CString("for (let i = 0; i < 2; i++);");
  JSEvaluateScript(ctx, text, NULL, NULL, 1, NULL);
  JSStringRelease(text);
  if (!marked || marked & (marked - 1)) return;
  size_t at = (size_t)__builtin_ctzll(marked);
  if (at && !(words[at] & LIMIT_BIT)) atomic_store(&found_at, at);
}

bool traps_find(JSGlobalContextRef ctx) {
  if (!jsc_entry_scope_enter || !jsc_entry_scope_leave || !jsc_traps_notify || !jsc_termination_prepare)
    return false;
  pthread_mutex_lock(&finding);
  if (!searched) search(ctx);
  searched = true;
  pthread_mutex_unlock(&finding);
  return atomic_load(&found_at);
}

void traps_prepare(JSContextGroupRef group) { jsc_termination_prepare((void *)(uintptr_t)group); }

void traps_terminate_self(JSContextGroupRef group) {
  size_t at = atomic_load(&found_at);
  if (at) atomic_fetch_or(&words_of(group)[at], TERMINATE_BIT);
}

void traps_terminate(JSContextGroupRef group) {
  size_t at = atomic_load(&found_at);
  if (!at) return;
  traps_terminate_self(group);
  jsc_traps_notify((void *)&words_of(group)[at], TERMINATE_BIT);
}
