// SPDX-License-Identifier: MIT
//
// The early errors of regular-expression literals (ECMA-262, 22.2.1 with Annex B.1.2).
#ifndef LODE_SYNTAX_REGEXP_H
#define LODE_SYNTAX_REGEXP_H

#include "base/base.h"

// The body between the slashes and the flags behind them, both UTF-8. NULL where the literal is valid, else
// what is wrong in V8's words ("Unterminated group"; "Invalid flags" for the flags). No recursion; memory in
// proportion to the depth of groups and to the names. The arguments need not be terminated by NUL.
const char *syntax_regexp_error(const char *body, size_t body_length, const char *flags, size_t flags_length);

#endif
