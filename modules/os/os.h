// SPDX-License-Identifier: MIT
//
// Between the files of os's C half.
#ifndef LODE_OS_H
#define LODE_OS_H

#include "runtime/engine/engine.h"

void os_define_constants(js_ctx ctx, js_obj target); // what os.constants holds

#endif
