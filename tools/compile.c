// SPDX-License-Identifier: MIT
//
// Build tool: compiles the embedded JavaScript files to the engine's bytecode (runtime/engine/code.h).
//
// usage: compile OUT_DIR
//
// Writes OUT_DIR/code.S and, beside it, one file per script. Linked with everything that lode is made of but
// its own main. Where this engine cannot do it, there is no code for any script; lode then parses them.
#include "runtime/engine/vm.h"
#include "runtime/env/builtins.h"

#include <stdio.h>
#include <stdlib.h>

static FILE *open_out(const char *dir, const char *name) {
  char *path = lode_sprintf("%s/%s", dir, name);
  FILE *file = fopen(path, "w");
  if (!file) perror(path), exit(1);
  free(path);
  return file;
}

static void write_code(js_ctx ctx, const char *dir, unsigned index, FILE *assembly) {
  lode_builtin *builtin = &lode_builtins[index];
  char url[160], name[32];
  builtin_url(builtin, url, sizeof url);
  size_t size = 0;
  void *code = engine_code_make(ctx, &builtin->script, url, &size);
  snprintf(name, sizeof name, "js_%u.code", index);
  FILE *file = open_out(dir, name);
  if (size && fwrite(code, 1, size, file) != size) perror(name), exit(1);
  if (fclose(file)) perror(name), exit(1);
  free(code);
  fprintf(assembly, "  .balign 128\n  .skip 64\ncode_%u:\n  .incbin \"%s/%s\"\ncode_%u_end:\n", index, dir,
          name, index);
}

int main(int argc, char **argv) {
  if (argc != 2) return fputs("usage: compile OUT_DIR\n", stderr), 2;
  engine_configure();
  JSGlobalContextRef ctx = engine_new();
  FILE *assembly = open_out(argv[1], "code.S");
  fputs("  .section .lode_code,\"a\"\n  .balign 128\n  .global lode_code, lode_code_end\nlode_code:\n",
        assembly);
  for (unsigned i = 0; i < lode_builtin_count; i++) write_code(ctx, argv[1], i, assembly);
  fputs("lode_code_end:\n  .byte 0\n  .section .rodata\n  .balign 8\n  .global lode_code_places, "
        "lode_code_version\n",
        assembly);
  fprintf(assembly, "lode_code_version: .long %u\nlode_code_places:\n", engine_code_version());
  for (unsigned i = 0; i < lode_builtin_count; i++)
    fprintf(assembly, "  .long code_%u - lode_code, code_%u_end - code_%u\n", i, i, i);
  fputs("  .section .note.GNU-stack,\"\",@progbits\n", assembly);
  if (fclose(assembly)) return perror(argv[1]), 1;
  engine_release(ctx);
  return 0;
}
