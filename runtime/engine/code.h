// SPDX-License-Identifier: MIT
//
// Scripts that bring their compiled code.
//
// The engine can write the bytecode of a script down, and later take it from memory instead of parsing the
// script; its C interface does not offer that. Here it is offered for texts that live as long as the process
// (the embedded JavaScript halves), with the code in the running executable, where all engines read it.
// Functions are unpacked when they are first called.
//
// Code belongs to one build of the engine's library. With any other build, or where something is not as
// expected, scripts are parsed as ever: what this changes is time alone.
#ifndef LODE_ENGINE_CODE_H
#define LODE_ENGINE_CODE_H

#include "runtime/engine/engine.h"

// Where a script's code lies behind the start given to engine_code_open. Size 0: none.
typedef struct engine_code_place {
  uint32_t at; // half-way between multiples of 128: never where a page starts (see code.c)
  uint32_t size;
} engine_code_place;

typedef struct engine_script {
  const char *source; // ASCII, lives as long as the process, as this does
  size_t length;
  const engine_code_place *code;
  _Atomic(void *) table; // code.c's; NULL at first
} engine_script;

// Names the build of the engine's library; 0: code cannot be made or used with this one. Any thread.
uint32_t engine_code_version(void);

// Code made by a library of that version (engine_code_version), which lives as long as the process, at a
// multiple of 128. Once per process, before the first engine. Does nothing where the library is another one.
void engine_code_open(const void *start, size_t size, uint32_t version);

// The program has started: what is mapped of the code by now is mostly of no further use to it, and need not
// count as its memory. What is called later comes back from the file. Any thread.
void engine_code_rest(void);

// Evaluates a script under a name; NULL with *exc set on failure. Any thread.
js_val engine_eval_script(js_ctx ctx, engine_script *script, const char *url, js_val *exc);

// The code of a script and of all functions in it; NULL: not possible. The caller frees it. Changes nothing
// in the engine. For the build.
void *engine_code_make(js_ctx ctx, engine_script *script, const char *url, size_t *size);

#endif
