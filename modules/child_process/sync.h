// SPDX-License-Identifier: MIT
//
// spawnSync: see sync.c.
#ifndef LODE_CHILD_PROCESS_SYNC_H
#define LODE_CHILD_PROCESS_SYNC_H

#include "runtime/engine/engine.h"

JS_FN_EXTERN(child_spawn_sync);

#endif
