// SPDX-License-Identifier: MIT
//
// Scripts that bring their compiled code; see code.h.
//
// The engine asks the provider of a script's text, by a virtual function, whether it has the bytecode. A
// script made through the C interface is such a provider and says no. Here a script is made of the text "0",
// which costs nothing to check, and gets a table of virtual functions that differs from its own in three
// places: the text, its hash, and the bytecode. Each script has a table of its own, so a provider's table
// tells whose it is.
//
// The bytecode handed out is an object of the engine's own allocator, since the engine frees it, filled by
// the engine's own constructor of its main part for bytes in a file's mapping. At its end the engine also
// unmaps the bytes, which all engines share: but munmap() refuses an address at which no page starts
// (EINVAL), and at such addresses the code is put.
//
// The shapes of tables and objects are not promised. The build tries them (engine_code_make: a provider's
// answers before and after, an object that the engine made itself), and code is used only with the library
// that it was made with.
#include "runtime/engine/code.h"
#include "runtime/engine/jsc_private.h"
#include "runtime/engine/peek.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

// Of JSC::SourceProvider and its last subclass, in their order.
enum { SLOT_HASH = 2, SLOT_SOURCE, SLOT_BYTECODE, SLOT_COUNT = 11 };

struct table {
  engine_script *script;
  const void *head[2]; // what C++ keeps in front of a table
  const void *slots[SLOT_COUNT];
};

// WTF::StringView
struct view {
  const char *text;
  uint32_t length;
  bool narrow;
};

// JSC::SourceCode
struct source_code {
  JSScriptRef provider;
  int32_t start, end, line, column;
};

// JSC::CachedBytecode. What follows the payload are an empty hash map and an empty vector: zeros.
struct bytecode {
  uint32_t references;
  size_t size;
  struct {
    const void *data;
    size_t size;
    uint8_t kind;
  } payload;
  void *rest[7];
};

struct span {
  const void *data;
  size_t size;
};

// The library, and so the code, is the process's: set before the first engine, read by all threads.
static struct {
  const char *code; // NULL: scripts are parsed
  size_t size;
} opened;

// ---- The provider's answers ----

static engine_script *script_of(const void *provider) {
  return LODE_CONTAINER(*(void **)provider, struct table, slots)->script;
}

// The engine compares texts where hashes are equal, and there is one script of a length here and there.
static uint32_t answer_hash(const void *provider) {
  return ((uint32_t)script_of(provider)->length * 2654435761u) | 1;
}

static struct view answer_source(const void *provider) {
  engine_script *script = script_of(provider);
  return (struct view){script->source, (uint32_t)script->length, true};
}

static void **answer_bytecode(void **result, const void *provider) {
  engine_script *script = script_of(provider);
  *result = NULL;
  if (!script->code->size) return result;
  struct span span = {opened.code + script->code->at, script->code->size};
  struct bytecode *bytecode = wtf_fast_malloc(sizeof *bytecode);
  memset(bytecode, 0, sizeof *bytecode);
  bytecode->references = 1;
  bytecode->size = span.size;
  jsc_mapped_payload(&bytecode->payload, &span);
  *result = bytecode;
  return result;
}

// ---- Scripts ----

uint32_t engine_code_version(void) {
#if !defined(__x86_64__) // what the virtual functions are made of is known for this one alone
  return 0;
#endif
  if (!jsc_bytecode_version || !jsc_generate_bytecode || !jsc_mapped_payload || !wtf_fast_malloc ||
      !wtf_file_handle)
    return 0;
  return jsc_bytecode_version();
}

static JSScriptRef script_new(js_ctx ctx, const char *source, size_t length, const char *url, js_val *exc) {
  JSStringRef name = JSStringCreateWithUTF8CString(url);
  JSStringRef message = NULL;
  int line = 0;
  JSScriptRef script = JSScriptCreateReferencingImmortalASCIIText(JSContextGetGroup(ctx), name, 1, source,
                                                                  length, &message, &line);
  JSStringRelease(name);
  if (script) return script;
  char text[256] = "syntax error";
  if (message) JSStringGetUTF8CString(message, text, sizeof text), JSStringRelease(message);
  js_throw_error(ctx, exc, "SyntaxError", NULL, "%s:%d: %s", url, line, text);
  return NULL;
}

static void table_fill(struct table *table, engine_script *script, const void *const *slots) {
  memcpy(table->head, slots - 2, sizeof table->head);
  memcpy(table->slots, slots, sizeof table->slots);
  table->slots[SLOT_HASH] = answer_hash;
  table->slots[SLOT_SOURCE] = answer_source;
  table->slots[SLOT_BYTECODE] = answer_bytecode;
  table->script = script;
}

// A script's table lives as long as the process. All engines would fill it alike; the first one does.
static struct table *table_of(engine_script *script, JSScriptRef provider) {
  void *known = atomic_load_explicit(&script->table, memory_order_acquire);
  if (known) return known;
  struct table *table = lode_zalloc(sizeof *table);
  table_fill(table, script, *(const void *const **)provider);
  if (atomic_compare_exchange_strong(&script->table, &known, table)) return table;
  free(table);
  return known;
}

static JSScriptRef provider_new(js_ctx ctx, engine_script *script, const char *url) {
  JSScriptRef provider = script_new(ctx, "0", 1, url, NULL);
  CHECK(provider);
  *(const void *const **)provider = table_of(script, provider)->slots;
  return provider;
}

void engine_code_open(const void *start, size_t size, uint32_t version) {
  if (!version || version != engine_code_version()) return;
  opened.code = start;
  opened.size = size;
}

// Only whole pages, which hold nothing else.
void engine_code_rest(void) {
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), start = (uintptr_t)opened.code;
  uintptr_t first = (start + page - 1) / page * page, end = (start + opened.size) / page * page;
  if (opened.size && end > first) madvise((void *)first, end - first, MADV_DONTNEED);
}

js_val engine_eval_script(js_ctx ctx, engine_script *script, const char *url, js_val *exc) {
  JSScriptRef provider = opened.code ? provider_new(ctx, script, url)
                                     : script_new(ctx, script->source, script->length, url, exc);
  if (!provider) return NULL;
  js_val result = JSScriptEvaluate(ctx, provider, js_undefined(), exc);
  JSScriptRelease(provider);
  return result;
}

// ---- Making code ----

// The instructions of a virtual function that answers "none" to what is asked for by value.
static bool says_none(const void *function) {
  static const uint8_t none[] = {0x48, 0x89, 0xf8, 0x48, 0xc7, 0x07, 0, 0, 0, 0, 0xc3};
  return engine_readable(function, sizeof none) && !memcmp(function, none, sizeof none);
}

// A script as the engine made it answers as a provider is thought to.
static bool provider_as_expected(js_ctx ctx) {
  static const char text[] = "0 + 12345";
  JSScriptRef script = script_new(ctx, text, sizeof text - 1, "", NULL);
  if (!script) return false;
  const void *const *slots = *(const void *const **)script;
  bool expected = engine_readable(slots - 2, sizeof(void *) * (SLOT_COUNT + 2)) &&
                  says_none(slots[SLOT_BYTECODE]) && engine_readable(slots[SLOT_SOURCE], 1);
  if (expected) {
    struct view view = ((struct view(*)(JSScriptRef))slots[SLOT_SOURCE])(script);
    expected = view.text == text && view.length == sizeof text - 1 && view.narrow;
  }
  JSScriptRelease(script);
  return expected;
}

static bool bytecode_as_expected(const struct bytecode *bytecode) {
  return bytecode && engine_readable(bytecode, sizeof *bytecode) && bytecode->references == 1 &&
         bytecode->size && bytecode->payload.size == bytecode->size && bytecode->payload.kind == 0 &&
         engine_readable(bytecode->payload.data, bytecode->size) && !bytecode->rest[1] && !bytecode->rest[2];
}

static struct bytecode *make(js_ctx ctx, JSScriptRef provider, size_t length) {
  struct source_code source = {provider, 0, (int32_t)length, 0, 0};
  _Alignas(16) char file[256] = {0},
                    error[1024] = {0}; // more than enough for WTF::FileHandle, JSC::BytecodeCacheError
  void *bytecode = NULL;
  wtf_file_handle(file);
  jsc_generate_bytecode(&bytecode, JSContextGetGroup(ctx), &source, file, error);
  return bytecode;
}

void *engine_code_make(js_ctx ctx, engine_script *script, const char *url, size_t *size) {
  if (!engine_code_version() || !provider_as_expected(ctx)) return NULL;
  JSScriptRef provider = provider_new(ctx, script, url);
  struct bytecode *bytecode = make(ctx, provider, script->length); // never freed: the build ends soon
  void *code = NULL;
  if (bytecode_as_expected(bytecode)) {
    code = lode_alloc(*size = bytecode->size);
    memcpy(code, bytecode->payload.data, bytecode->size);
  }
  JSScriptRelease(provider);
  return code;
}
