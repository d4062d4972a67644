// SPDX-License-Identifier: MIT
//
// The URL class's C half. Idea: JavaScript keeps a URL as its text and seven offsets; the offsets travel
// through one shared Uint32Array, and a text that is serialised already travels not at all. Engine's thread.
#include "runtime/env/env.h"
#include "web/url/url.h"

#include <stdlib.h>

struct url_state {
  uint32_t *offsets; // the memory of the array that JavaScript reads
};

extern const lode_binding lode_binding_url;

static struct url_state *state_of(void) { return binding_state(env_current(), &lode_binding_url); }

static bool equals_input(const url_text *href, const js_utf16 *input) {
  if (href->length != input->length) return false;
  for (size_t i = 0; i < href->length; i++) {
    if ((uint8_t)href->data[i] != input->data[i]) return false;
  }
  return true;
}

// Serialises into the shared offsets. Returns the text, or true where it equals `input`.
static js_val finish(js_ctx ctx, const url_record *url, const js_utf16 *input) {
  url_text href;
  url_text_init(&href);
  url_serialize(url, &href, state_of()->offsets);
  js_val value = equals_input(&href, input) ? js_bool(true) : js_str_ascii(ctx, href.data, href.length);
  url_text_free(&href);
  return value;
}

static url_span span_of(const js_utf16 *text) { return (url_span){text->data, text->length}; }

static bool parse_base(js_ctx ctx, js_val v, url_record *base) {
  js_utf16 text;
  if (!js_utf16_take(ctx, v, &text, NULL)) return false;
  bool valid = url_parse(base, span_of(&text), NULL);
  js_utf16_drop(&text);
  return valid;
}

// Parses argv[0] against argv[1] (undefined: no base).
static bool parse_arguments(js_ctx ctx, const js_utf16 *input, js_val base_text, url_record *url) {
  if (js_is_undefined(base_text)) return url_parse(url, span_of(input), NULL);
  url_record base;
  url_init(&base);
  bool valid = parse_base(ctx, base_text, &base) && url_parse(url, span_of(input), &base);
  url_free(&base);
  return valid;
}

// parse(input, base) -> href, true (the input is the href) or false
JS_FN(fn_parse) {
  js_lock(ctx);
  js_utf16 input;
  js_val value = js_bool(false);
  if (js_utf16_take(ctx, JS_ARG(0), &input, exc)) {
    url_record url;
    url_init(&url);
    if (parse_arguments(ctx, &input, JS_ARG(1), &url)) value = finish(ctx, &url, &input);
    url_free(&url);
    js_utf16_drop(&input);
  }
  js_unlock(ctx);
  return value;
}

// canParse(input, base)
JS_FN(fn_can_parse) {
  js_lock(ctx);
  js_utf16 input;
  bool valid = false;
  if (js_utf16_take(ctx, JS_ARG(0), &input, exc)) {
    url_record url;
    url_init(&url);
    valid = parse_arguments(ctx, &input, JS_ARG(1), &url);
    url_free(&url);
    js_utf16_drop(&input);
  }
  js_unlock(ctx);
  return js_bool(valid);
}

// update(href, property, value) -> the new href or true (unchanged)
JS_FN(fn_update) {
  js_lock(ctx);
  js_utf16 href, text;
  js_val value = js_bool(true);
  if (js_utf16_take(ctx, JS_ARG(0), &href, exc)) {
    if (js_utf16_take(ctx, JS_ARG(2), &text, exc)) {
      url_record url;
      url_init(&url);
      if (url_parse(&url, span_of(&href), NULL)) {
        url_update(&url, js_to_int(JS_ARG(1), -1), span_of(&text));
        value = finish(ctx, &url, &href);
      }
      url_free(&url);
      js_utf16_drop(&text);
    }
    js_utf16_drop(&href);
  }
  js_unlock(ctx);
  return value;
}

static js_val unicode_string(js_ctx ctx, url_text *host) {
  uint16_t *units;
  size_t length;
  if (!url_domain_to_unicode(host, &units, &length)) return js_str_ascii(ctx, "", 0);
  js_val value = js_str_utf16(ctx, units, length);
  free(units);
  return value;
}

// domain(text, unicode) -> the host of a special URL in ASCII or Unicode; '' where it is none
JS_FN(fn_domain) {
  js_lock(ctx);
  js_utf16 input;
  js_val value = js_undefined();
  if (js_utf16_take(ctx, JS_ARG(0), &input, exc)) {
    url_record url;
    url_init(&url);
    url.kind = URL_WS;
    bool valid = url_host(&url, span_of(&input));
    if (valid && js_is_true(JS_ARG(1)))
      value = unicode_string(ctx, &url.host);
    else
      value = js_str_ascii(ctx, url.host.data, valid ? url.host.length : 0);
    url_free(&url);
    js_utf16_drop(&input);
  }
  js_unlock(ctx);
  return value;
}

static const js_fn_spec functions[] = {
    {"parse", fn_parse},
    {"canParse", fn_can_parse},
    {"update", fn_update},
    {"domain", fn_domain},
};

static void url_binding_init(LODE_UNUSED lode_env *env, js_ctx ctx, js_obj target, void *memory) {
  struct url_state *state = memory;
  state->offsets = lode_zalloc(URL_OFFSETS * sizeof(uint32_t));
  js_set(ctx, target, "offsets", js_arraybuffer_take(ctx, state->offsets, URL_OFFSETS * sizeof(uint32_t)));
  js_define_functions(ctx, target, functions, LODE_COUNT(functions));
}

LODE_BINDING(url, sizeof(struct url_state), url_binding_init, NULL);
