// SPDX-License-Identifier: MIT
//
// One HTTP/1 message parser: llhttp underneath, a flat text block on top. Instead of reporting each header,
// it collects a message's head into one block
//
//     url-or-reason \n name \n value \n name \n value ...
//
// (llhttp has rejected line feeds inside the parts), which JavaScript receives as a single string and splits
// when somebody asks. Knows neither engine nor loop; owns no bytes but the block.
//
// Ordering: begin, head, body*, complete for each message; trailers are a second block, ready at `complete`.
// An event may call http_parser_pause, or set `stop` (the parser is to be left alone), and nothing else.
#ifndef LODE_HTTP_PARSER_H
#define LODE_HTTP_PARSER_H

#include <llhttp.h>
#include "base/base.h"

typedef struct http_parser http_parser;

typedef struct http_parser_events {
  void (*begin)(http_parser *parser);
  // Returns 0: a body follows as announced; 1: no body whatever the headers say; 2: what follows is another
  // protocol.
  int (*head)(http_parser *parser);
  void (*body)(http_parser *parser, const char *bytes, size_t length);
  void (*complete)(http_parser *parser);
} http_parser_events;

struct http_parser {
  llhttp_t ll;
  const http_parser_events *events;
  char *block;
  size_t block_length, block_capacity;
  uint32_t first_length; // of the URL or the reason phrase
  uint32_t header_count;
  size_t name_start;
  size_t head_bytes, max_head_bytes, extension_bytes;
  const char *own_error, *own_reason; // set where lode, not llhttp, refused
  bool in_name, in_value;
  const char *input;                                  // what llhttp is at
  bool has_host, has_expect, has_length, has_chunked; // a header of that name was seen
  bool query;                                         // the method is QUERY, which llhttp 8 does not know
  bool has_head;                                      // between head and complete
  bool between;                                       // no byte of the next message was seen
  bool pause_wanted;                                  // stop after the current message
  bool stop;                                          // an event ended the use of the parser: return at once
  bool lenient;
};

enum { HTTP_METHOD_QUERY = 46 }; // lode's own number, past llhttp's last

enum { // lenient switches, as JavaScript passes them
  HTTP_LENIENT_NONE = 0,
  HTTP_LENIENT_ALL = 255,
};

typedef struct http_parse_result {
  size_t consumed;    // bytes of the input that are dealt with
  const char *code;   // "HPE_..." where the input is malformed, else NULL
  const char *reason; // words for it
  bool upgrade;       // the rest of the input is another protocol's
  bool paused;        // the rest of the input is to be fed again after http_parser_resume
} http_parse_result;

void http_parser_init(http_parser *parser, llhttp_type_t type, size_t max_head_bytes, int lenient,
                      const http_parser_events *events);
void http_parser_drop(http_parser *parser); // frees the block
http_parse_result http_parser_execute(http_parser *parser, const char *bytes, size_t length);
http_parse_result http_parser_finish(http_parser *parser); // end of input
void http_parser_pause(http_parser *parser);
void http_parser_resume(http_parser *parser);
int http_parser_method(const http_parser *parser);

#endif
