// SPDX-License-Identifier: MIT
//
// Invariant checks, allocation that cannot fail, the thread's clock.
#include "base/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

void lode_check_failed(const char *condition, const char *file, int line) {
  fprintf(stderr, "lode: internal check failed: %s (%s:%d)\n", condition, file, line);
  abort();
}

static void *or_die(void *memory, size_t bytes) {
  if (LODE_LIKELY(memory != NULL)) return memory;
  fprintf(stderr, "lode: out of memory (%zu bytes)\n", bytes);
  abort();
}

void *lode_alloc(size_t bytes) { return or_die(malloc(bytes ? bytes : 1), bytes); }
void *lode_zalloc(size_t bytes) { return or_die(calloc(1, bytes ? bytes : 1), bytes); }
void *lode_realloc(void *old, size_t bytes) { return or_die(realloc(old, bytes ? bytes : 1), bytes); }

char *lode_strndup(const char *text, size_t bytes) {
  char *copy = lode_alloc(bytes + 1);
  memcpy(copy, text, bytes);
  copy[bytes] = 0;
  return copy;
}

char *lode_strdup(const char *text) { return lode_strndup(text, strlen(text)); }

char *lode_sprintf(const char *format, ...) {
  va_list list;
  va_start(list, format);
  char *text = NULL;
  int length = vasprintf(&text, format, list);
  va_end(list);
  CHECK(length >= 0);
  return text;
}

uint64_t lode_thread_cpu_ns(void) {
  struct timespec used = {0};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
}
