// SPDX-License-Identifier: MIT
//
// The parser by itself, for tests and measurements. Files are arguments, or lines of the standard input; each
// line may begin with a goal and a tab.
//
// usage: syntax [--goal script|commonjs|module|eval] [--cjs] [--code] [--context] [--rewrite] [FILE...]
//          prints one line of JSON for each file: its error, or what it imports and exports; with --context
//          also the names that a context of node:vm must know; with --rewrite the rewritten text instead
//        syntax --bench [--rounds N] [--parse-only] [--goal GOAL] [FILE...]
//          reads all files first, then parses and rewrites each N times, and prints the best round as JSON
#include "base/base.h"
#include "syntax/syntax.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct source {
  char *path, *text;
  size_t length;
  syntax_goal goal;
} source;

typedef struct settings {
  syntax_goal goal;
  bool cjs, code, context, rewrite, bench, parse_only;
  int rounds;
} settings;

static bool read_goal(const char *name, size_t length, syntax_goal *goal) {
  static const char *const goals[] = {"script", "commonjs", "module", "eval"};
  for (size_t i = 0; i < LODE_COUNT(goals); i++) {
    if (strlen(goals[i]) != length || memcmp(goals[i], name, length)) continue;
    *goal = (syntax_goal)i;
    return true;
  }
  return false;
}

static bool source_read(source *s) {
  FILE *file = fopen(s->path, "rb");
  if (!file) return false;
  size_t room = 1 << 16;
  s->text = lode_alloc(room);
  for (size_t got; (got = fread(s->text + s->length, 1, room - s->length - 1, file)) > 0;) {
    s->length += got;
    if (room - s->length < 2) s->text = lode_realloc(s->text, room *= 2);
  }
  s->text = lode_realloc(s->text, s->length + 1);
  s->text[s->length] = 0;
  bool good = !ferror(file);
  fclose(file);
  return good;
}

// "path" or "goal<tab>path".
static source source_parse(const char *line, const settings *set) {
  source s = {.goal = set->goal};
  const char *tab = strchr(line, '\t');
  if (tab && read_goal(line, (size_t)(tab - line), &s.goal)) line = tab + 1;
  s.path = lode_strdup(line);
  return s;
}

static syntax_options options_for(const source *s, const settings *set) {
  return (syntax_options){
      .goal = s->goal,
      .rewrite = !set->parse_only,
      .find_cjs_names = set->cjs,
      .hashbang = s->goal != SYNTAX_EVAL,
      .referrer = "file:///referrer.js",
      .context = set->context,
  };
}

// ---- JSON ----

static void print_escaped_unit(unsigned unit) { printf("\\u%04x", unit); }

// UTF-8, with lone surrogates in three bytes, as a JSON string.
static void print_string(const char *bytes, size_t length) {
  putchar('"');
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)bytes[i];
    if (c == '"' || c == '\\')
      printf("\\%c", c);
    else if (c < 0x20)
      print_escaped_unit(c);
    else if (c == 0xed && length - i > 2 && (unsigned char)bytes[i + 1] >= 0xa0) {
      print_escaped_unit(0xd000 | (bytes[i + 1] & 0x3fu) << 6 | (bytes[i + 2] & 0x3fu));
      i += 2;
    } else
      putchar(c);
  }
  putchar('"');
}

static void print_name(syntax_name name) {
  if (name.bytes)
    print_string(name.bytes, name.length);
  else
    fputs("null", stdout);
}

static void print_names(const char *key, const syntax_name *names, uint32_t count) {
  printf(",\"%s\":[", key);
  for (uint32_t i = 0; i < count; i++) {
    if (i) putchar(',');
    print_name(names[i]);
  }
  putchar(']');
}

static void print_requests(const syntax_result *r) {
  fputs(",\"requests\":[", stdout);
  for (uint32_t i = 0; i < r->request_count; i++) {
    const syntax_request *request = &r->requests[i];
    if (i) putchar(',');
    putchar('[');
    print_name(request->specifier);
    for (uint32_t a = 0; a < request->attribute_count; a++) {
      putchar(',');
      print_name(request->attributes[a].key);
      putchar(',');
      print_name(request->attributes[a].value);
    }
    putchar(']');
  }
  putchar(']');
}

static void print_imports(const syntax_result *r) {
  fputs(",\"imports\":[", stdout);
  for (uint32_t i = 0; i < r->import_count; i++) {
    fputs(i ? ",[" : "[", stdout);
    print_name(r->requests[r->imports[i].request].specifier);
    putchar(',');
    print_name(r->imports[i].imported);
    putchar(',');
    print_name(r->imports[i].local);
    putchar(']');
  }
  putchar(']');
}

static void print_exports(const syntax_result *r) {
  static const char *const kinds[] = {"local", "indirect", "star", "star-as"};
  fputs(",\"exports\":[", stdout);
  for (uint32_t i = 0; i < r->export_count; i++) {
    const syntax_export *e = &r->exports[i];
    printf("%s\"%s\",", i ? ",[" : "[", kinds[e->kind]);
    print_name(e->kind == SYNTAX_EXPORT_STAR ? (syntax_name){0} : e->exported);
    putchar(',');
    print_name(e->kind == SYNTAX_EXPORT_LOCAL      ? e->local
               : e->kind == SYNTAX_EXPORT_INDIRECT ? e->imported
                                                   : (syntax_name){0});
    putchar(',');
    print_name(e->kind == SYNTAX_EXPORT_LOCAL ? (syntax_name){0} : r->requests[e->request].specifier);
    putchar(']');
  }
  putchar(']');
}

static void print_code(const source *s, const syntax_result *r, const syntax_options *options) {
  size_t length;
  char *text = syntax_rewritten_take(r, s->text, s->length, options, &length, NULL, NULL);
  fputs(",\"code\":", stdout);
  print_string(text, length);
  free(text);
}

static void print_context_names(const syntax_context_names *names) {
  if (names->vars) print_names("vars", names->vars, names->var_count);
  if (names->functions) print_names("functions", names->functions, names->function_count);
  fputs(",\"free\":{", stdout);
  for (uint32_t i = 0; i < names->free_count; i++) {
    if (i) putchar(',');
    print_name(names->free[i].name);
    printf(":%u", names->free[i].uses);
  }
  putchar('}');
}

static void print_result(const source *s, const syntax_result *r, const settings *set) {
  fputs("{\"file\":", stdout);
  print_string(s->path, strlen(s->path));
  if (r->error) {
    fputs(",\"error\":", stdout);
    print_string(r->error, strlen(r->error));
    printf(",\"line\":%u,\"column\":%u,\"at\":%u,\"end\":%u", r->line, r->column, r->error_at, r->error_end);
  } else if (s->goal == SYNTAX_MODULE) {
    print_requests(r);
    print_imports(r);
    print_exports(r);
  }
  if (set->context && !r->error) print_context_names(&r->names);
  if (r->has_module_syntax) fputs(",\"moduleSyntax\":true", stdout);
  if (r->has_top_await) fputs(",\"topAwait\":true", stdout);
  if (r->has_dynamic_import) fputs(",\"dynamicImport\":true", stdout);
  if (r->cjs_export_count + r->cjs_reexport_count) {
    print_names("cjsExports", r->cjs_exports, r->cjs_export_count);
    print_names("cjsReexports", r->cjs_reexports, r->cjs_reexport_count);
  }
}

// ---- One file, all files ----

static void show(const source *s, const settings *set) {
  syntax_options options = options_for(s, set);
  syntax_result *r = syntax_parse_new(s->text, s->length, &options);
  if (set->rewrite && !r->error) {
    size_t length;
    char *text = syntax_rewritten_take(r, s->text, s->length, &options, &length, NULL, NULL);
    fwrite(text, 1, length, stdout);
    free(text);
  } else {
    print_result(s, r, set);
    if (set->code && !r->error) print_code(s, r, &options);
    puts("}");
  }
  syntax_result_free(r);
}

static double cpu_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static size_t parse_all(const source *sources, size_t count, const settings *set) {
  size_t errors = 0;
  for (size_t i = 0; i < count; i++) {
    syntax_options options = options_for(&sources[i], set);
    syntax_result *r = syntax_parse_new(sources[i].text, sources[i].length, &options);
    if (r->error) {
      errors++;
    } else if (!set->parse_only && (r->edit_count || options.goal == SYNTAX_MODULE)) {
      size_t length;
      free(syntax_rewritten_take(r, sources[i].text, sources[i].length, &options, &length, NULL, NULL));
    }
    syntax_result_free(r);
  }
  return errors;
}

static void bench(const source *sources, size_t count, const settings *set) {
  double bytes = 0, best = 0;
  size_t errors = 0;
  for (size_t i = 0; i < count; i++) bytes += (double)sources[i].length;
  for (int round = 0; round < set->rounds; round++) {
    double start = cpu_seconds();
    errors = parse_all(sources, count, set);
    double seconds = cpu_seconds() - start;
    if (!round || seconds < best) best = seconds;
  }
  printf("{\"files\":%zu,\"errors\":%zu,\"bytes\":%.0f,\"seconds\":%.4f,\"megabytesPerSecond\":%.1f}\n",
         count, errors, bytes, best, bytes / 1e6 / best);
}

static void load(source *s) {
  if (source_read(s)) return;
  fprintf(stderr, "syntax: %s: %s\n", s->path, strerror(errno));
  exit(2);
}

static void source_free(source *s) {
  free(s->path);
  free(s->text);
}

static void take(const char *line, const settings *set, source **kept, size_t *count) {
  source s = source_parse(line, set);
  load(&s);
  if (!set->bench) {
    show(&s, set);
    source_free(&s);
    return;
  }
  *kept = lode_realloc(*kept, (*count + 1) * sizeof **kept);
  (*kept)[(*count)++] = s;
}

static int read_settings(int argc, char **argv, settings *set) {
  int i = 1;
  for (; i < argc && !strncmp(argv[i], "--", 2); i++) {
    if (!strcmp(argv[i], "--cjs"))
      set->cjs = true;
    else if (!strcmp(argv[i], "--code"))
      set->code = true;
    else if (!strcmp(argv[i], "--context"))
      set->context = true;
    else if (!strcmp(argv[i], "--rewrite"))
      set->rewrite = true;
    else if (!strcmp(argv[i], "--bench"))
      set->bench = true;
    else if (!strcmp(argv[i], "--parse-only"))
      set->parse_only = true;
    else if (!strcmp(argv[i], "--rounds") && i + 1 < argc)
      set->rounds = atoi(argv[++i]);
    else if (strcmp(argv[i], "--goal") || i + 1 == argc ||
             !read_goal(argv[i + 1], strlen(argv[i + 1]), &set->goal)) {
      fprintf(stderr, "syntax: cannot make sense of %s\n", argv[i]);
      exit(2);
    } else
      i++;
  }
  return i;
}

int main(int argc, char **argv) {
  settings set = {.goal = SYNTAX_SCRIPT, .rounds = 5};
  source *kept = NULL;
  size_t count = 0, room = 0;
  int first = read_settings(argc, argv, &set);
  for (int i = first; i < argc; i++) take(argv[i], &set, &kept, &count);
  char *line = NULL;
  for (ssize_t length; first == argc && (length = getline(&line, &room, stdin)) > 0;) {
    if (line[length - 1] == '\n') line[length - 1] = 0;
    take(line, &set, &kept, &count);
  }
  free(line);
  if (set.bench) bench(kept, count, &set);
  for (size_t i = 0; i < count; i++) source_free(&kept[i]);
  free(kept);
  return 0;
}
