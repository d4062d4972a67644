// SPDX-License-Identifier: MIT
//
// What every uv handle of lode's carries, so that teardown can close it.
//
// `handle->data` is NULL or points to a struct whose first member is a lode_handle. Teardown calls
// `close(handle)`, which must call uv_close with a callback that frees the struct and drops its references;
// handles with NULL data are closed without a callback. A closing handle is left alone.
#ifndef LODE_HANDLE_H
#define LODE_HANDLE_H

#include "runtime/env/env.h"

typedef struct lode_handle {
  void (*close)(uv_handle_t *handle);
} lode_handle;

#endif
