// SPDX-License-Identifier: MIT
//
// Closing what is still open in a loop at the end of an environment.
#include "runtime/env/handle.h"
#include "runtime/env/internal.h"

static void close_one(uv_handle_t *handle, LODE_UNUSED void *arg) {
  if (uv_is_closing(handle)) return;
  lode_handle *owner = handle->data;
  if (owner)
    owner->close(handle);
  else
    uv_close(handle, NULL);
}

void env_close_handles(lode_env *env) {
  uv_walk(&env->loop, close_one, NULL);
  // Close callbacks and cancelled requests may close further handles; a few turns settle it.
  while (uv_run(&env->loop, UV_RUN_DEFAULT) != 0) uv_walk(&env->loop, close_one, NULL);
}
