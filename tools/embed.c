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
// copy; anything else ends the build with the position. What awaits goes through the parser.
#include "syntax/syntax.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
  char id[160];
  const char *path;
  size_t length; // of the wrapped text
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

static char *read_take(const char *path, size_t *length) {
  FILE *in = fopen(path, "r");
  if (!in) perror(path), exit(1);
  char *text = NULL;
  size_t capacity = 0, got;
  *length = 0;
  do {
    if (capacity - *length < 65536) text = lode_realloc(text, capacity += 131072);
    got = fread(text + *length, 1, capacity - *length - 1, in);
    *length += got;
  } while (got);
  fclose(in);
  text[*length] = 0;
  return text;
}

static void check_ascii(const char *path, const char *text, size_t length) {
  int line = 1;
  for (size_t i = 0; i < length; i++) {
    if (text[i] <= 0 || text[i] > 126) {
      fprintf(stderr, "%s:%d: embedded sources must be ASCII (use \\u escapes)\n", path, line);
      exit(1);
    }
    line += text[i] == '\n';
  }
}

// As the loader does with a program's files: `await` keeps the async context.
static char *rewritten_take(const char *path, char *text, size_t *length) {
  syntax_options options = {.goal = SYNTAX_COMMONJS, .rewrite = true, .referrer = ""};
  syntax_result *result = syntax_parse_new(text, *length, &options);
  if (result->error) {
    fprintf(stderr, "%s:%u:%u: %s\n", path, result->line, result->column, result->error);
    exit(1);
  }
  char *code = text;
  if (result->edit_count) {
    code = syntax_rewritten_take(result, text, *length, &options, length, NULL, NULL);
    free(text);
  }
  syntax_result_free(result);
  return code;
}

// -> how many bytes
static size_t copy_wrapped(const char *path, FILE *out) {
  size_t length;
  char *text = read_take(path, &length);
  check_ascii(path, text, length);
  if (strstr(text, "async ")) text = rewritten_take(path, text, &length);
  fputs("(function (exports, require, module, process, binding) {", out);
  fwrite(text, 1, length, out);
  fputs("\n})", out);
  free(text);
  return (size_t)ftell(out);
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
    entries[i].length = copy_wrapped(entries[i].path, text);
    if (fclose(text)) perror(name), exit(1);
    fprintf(assembly, "  .global lode_js_%d\nlode_js_%d:\n  .incbin \"%s/%s\"\n  .byte 0\n", i, i, dir, name);
    fprintf(table, "extern const char lode_js_%d[];\n", i);
  }
  fputs("  .section .note.GNU-stack,\"\",@progbits\n", assembly);
  // What tools/compile.c makes takes the place of these.
  fprintf(
      table,
      "#define WEAK __attribute__((weak))\nWEAK const engine_code_place lode_code_places[%d] = {{0, 0}};\n"
      "WEAK const char lode_code[1], lode_code_end[1];\nWEAK const uint32_t lode_code_version = 0;\n",
      count);
  fputs("lode_builtin lode_builtins[] = {\n", table);
  for (int i = 0; i < count; i++)
    fprintf(table, "  {\"%s\", \"%s\", {lode_js_%d, %zu, &lode_code_places[%d], NULL}},\n", entries[i].id,
            entries[i].path, i, entries[i].length, i);
  fprintf(table, "};\nconst unsigned lode_builtin_count = %d;\n", count);
  if (fclose(assembly) || fclose(table)) return perror(dir), 1;
  free(entries);
  return 0;
}
