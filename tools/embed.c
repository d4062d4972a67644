// SPDX-License-Identifier: MIT
//
// Build tool: embeds JavaScript files in the binary.
//
// usage: embed OUT_DIR FILE...      (run in the root of the tree)
//
// Writes OUT_DIR/builtins.S and OUT_DIR/builtins_table.c, and one wrapped copy per file beside them. The ids
// are described in CONTRIBUTING.md: modules/fs/fs.js is "fs", modules/fs/promises.js is "fs/promises",
// modules/internal/errors.js is "internal/errors", web/url/url.js is "web/url". ID=FILE gives a
// file from elsewhere its id. The text must be ASCII, because the engine then runs it in place, without a
// copy; anything else ends the build with the position.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
  char id[160];
  const char *path;
};

static void id_of(const char *path, char *id) {
  const char *start = strncmp(path, "modules/", 8) ? path : path + 8;
  snprintf(id, 160, "%.*s", (int)(strlen(start) - 3), start);
  char *last = strrchr(id, '/');
  if (!last) return;
  char *folder = last;
  while (folder > id && folder[-1] != '/') folder--;
  // A file named as its folder stands for the folder: fs/fs -> fs.
  size_t length = (size_t)(last - folder);
  if (length == strlen(last + 1) && !strncmp(folder, last + 1, length)) *last = 0;
}

static void entry_of(char *argument, struct entry *entry) {
  char *equals = strchr(argument, '=');
  entry->path = equals ? equals + 1 : argument;
  if (equals)
    snprintf(entry->id, sizeof entry->id, "%.*s", (int)(equals - argument), argument);
  else
    id_of(argument, entry->id);
}

static int by_id(const void *a, const void *b) {
  return strcmp(((const struct entry *)a)->id, ((const struct entry *)b)->id);
}

static FILE *open_out(const char *dir, const char *name) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", dir, name);
  FILE *file = fopen(path, "w");
  if (!file) perror(path), exit(1);
  return file;
}

static void copy_wrapped(const char *path, FILE *out) {
  FILE *in = fopen(path, "r");
  if (!in) perror(path), exit(1);
  fputs("(function (exports, require, module, process, binding) {", out);
  int c, line = 1;
  while ((c = fgetc(in)) != EOF) {
    if (c > 126 || c == 0) {
      fprintf(stderr, "%s:%d: embedded sources must be ASCII (use \\u escapes)\n", path, line);
      exit(1);
    }
    line += c == '\n';
    fputc(c, out);
  }
  fputs("\n})", out);
  fclose(in);
}

int main(int argc, char **argv) {
  if (argc < 3) return fputs("usage: embed OUT_DIR FILE...\n", stderr), 2;
  const char *dir = argv[1];
  int count = argc - 2;
  struct entry *entries = calloc((size_t)count, sizeof *entries);
  if (!entries) return 1;
  for (int i = 0; i < count; i++) entry_of(argv[i + 2], &entries[i]);
  qsort(entries, (size_t)count, sizeof *entries, by_id);
  FILE *assembly = open_out(dir, "builtins.S"), *table = open_out(dir, "builtins_table.c");
  fputs("  .section .rodata\n", assembly);
  fputs("#include \"runtime/env/builtins.h\"\n", table);
  for (int i = 0; i < count; i++) {
    char name[32];
    snprintf(name, sizeof name, "js_%d.txt", i);
    FILE *text = open_out(dir, name);
    copy_wrapped(entries[i].path, text);
    if (fclose(text)) perror(name), exit(1);
    fprintf(assembly,
            "  .global lode_js_%d, lode_js_%d_end\nlode_js_%d:\n  .incbin \"%s/%s\"\nlode_js_%d_end:\n  "
            ".byte 0\n",
            i, i, i, dir, name, i);
    fprintf(table, "extern const char lode_js_%d[], lode_js_%d_end[];\n", i, i);
  }
  fputs("  .section .note.GNU-stack,\"\",@progbits\n", assembly);
  fputs("const lode_builtin lode_builtins[] = {\n", table);
  for (int i = 0; i < count; i++)
    fprintf(table, "  {\"%s\", \"%s\", lode_js_%d, lode_js_%d_end},\n", entries[i].id, entries[i].path, i, i);
  fprintf(table, "};\nconst unsigned lode_builtin_count = %d;\n", count);
  if (fclose(assembly) || fclose(table)) return perror(dir), 1;
  free(entries);
  return 0;
}
