// SPDX-License-Identifier: MIT
//
// spawnSync: see sync.c.
#ifndef LODE_CHILD_PROCESS_SYNC_H
#define LODE_CHILD_PROCESS_SYNC_H

#include "runtime/engine/engine.h"

js_val child_spawn_sync(js_ctx ctx, js_obj callee, js_obj self, size_t argc, const js_val argv[],
                        js_val *exc);

#endif
