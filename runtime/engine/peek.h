// SPDX-License-Identifier: MIT
//
// For the files of this folder that read the engine's memory by a layout which they have to check first.
#ifndef LODE_ENGINE_PEEK_H
#define LODE_ENGINE_PEEK_H

#include "runtime/engine/engine.h"

// Whether memory may be read there: the kernel is asked, so a wrong pointer does no harm.
bool engine_readable(const void *address, size_t size);

#endif
