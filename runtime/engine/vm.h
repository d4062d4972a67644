// SPDX-License-Identifier: MIT
//
// Making and unmaking an engine, evaluating source, and the process-wide settings that must precede the
// first.
#ifndef LODE_ENGINE_VM_H
#define LODE_ENGINE_VM_H

#include "runtime/engine/engine.h"

// Settings of the whole process; call once, before the first engine_new and before other threads exist.
void engine_configure(void);

// A virtual machine with one global object. Creating it makes the calling thread its owner.
JSGlobalContextRef engine_new(void);
void engine_release(JSGlobalContextRef ctx);

// Evaluates a script; returns its completion value or NULL with *exc set. `line` is the number of the first
// line.
js_val engine_eval(js_ctx ctx, js_val source, js_val url, int line, js_val *exc);
// Only parses. False with *exc set to the SyntaxError.
bool engine_check_syntax(js_ctx ctx, js_val source, js_val url, int line, js_val *exc);

void engine_on_unhandled_rejection(js_ctx ctx, js_obj fn);
void engine_refuse_eval(js_ctx ctx,
                        const char *message); // eval and the Function constructors throw EvalErrors
void engine_collect_garbage(js_ctx ctx);      // full and synchronous
js_val engine_memory_statistics(js_ctx ctx);

#endif
