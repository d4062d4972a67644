// SPDX-License-Identifier: MIT
//
// Loading a library into its stubs' slots. Two threads may do it at once: both write the same addresses.
#include "base/lazy_library.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

LODE_NORETURN static void missing(const lazy_library *library) {
  fprintf(stderr, "lode: cannot load %s: %s\n", library->soname, dlerror());
  exit(1);
}

void lazy_library_load(lazy_library *library) {
  if (__atomic_load_n(&library->loaded, __ATOMIC_ACQUIRE)) return;
  void *handle = dlopen(library->soname, RTLD_LAZY | RTLD_LOCAL);
  if (!handle) missing(library);
  const char *name = library->names;
  for (uint64_t i = 0; i < library->count; i++, name += strlen(name) + 1) {
    void *address = dlsym(handle, name);
    if (!address) missing(library);
    __atomic_store_n(&library->slots[i], address, __ATOMIC_RELAXED);
  }
  __atomic_store_n(&library->loaded, 1, __ATOMIC_RELEASE);
}
