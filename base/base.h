// SPDX-License-Identifier: MIT
//
// The small things everything stands on: invariant checks, allocation that cannot fail, attributes, a clock.
// Knows nothing of engines or loops. Everything here may be called from any thread.
#ifndef LODE_BASE_H
#define LODE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define LODE_UNUSED __attribute__((unused))
#define LODE_NORETURN __attribute__((noreturn))
#define LODE_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define LODE_LIKELY(x) __builtin_expect(!!(x), 1)
#define LODE_UNLIKELY(x) __builtin_expect(!!(x), 0)
#define LODE_COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define LODE_CONTAINER(ptr, type, member) ((type *)((char *)(ptr)-offsetof(type, member)))

// Guards an invariant of lode's own in every build; never user input. Prints the place and aborts.
#define CHECK(condition)                                                                                     \
  do {                                                                                                       \
    if (LODE_UNLIKELY(!(condition))) lode_check_failed(#condition, __FILE__, __LINE__);                      \
  } while (0)

LODE_NORETURN void lode_check_failed(const char *condition, const char *file, int line);

// Allocation: returns memory or ends the process with a message; free() releases it.
// lode_alloc leaves the bytes undefined, lode_zalloc clears them.
void *lode_alloc(size_t bytes);
void *lode_zalloc(size_t bytes);
void *lode_realloc(void *old, size_t bytes);
char *lode_strdup(const char *text);
char *lode_strndup(const char *text, size_t bytes);
LODE_PRINTF(1, 2) char *lode_sprintf(const char *format, ...); // caller frees

// How long the calling thread has worked so far, in nanoseconds. A system call.
uint64_t lode_thread_cpu_ns(void);

#endif
