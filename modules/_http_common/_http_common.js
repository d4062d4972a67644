// SPDX-License-Identifier: MIT
//
// The old name of what http's halves share. HTTPParser is here for programs that parse by themselves: events are
// numbered properties of the parser.
'use strict';

const common = require('http/common');
const { HTTPParser } = require('http/raw_parser');

module.exports = {
  _checkInvalidHeaderChar: common.hasInvalidChar,
  _checkIsHttpToken: common.isToken,
  chunkExpression: common.chunkExpression,
  continueExpression: common.continueExpression,
  CRLF: common.CRLF,
  freeParser: common.freeParser,
  methods: common.methods,
  parsers: common.pool,
  kIncomingMessage: common.kIncomingMessage,
  HTTPParser,
  isLenient: common.isLenient,
  prepareError: common.prepareError,
  kSkipPendingData: common.kSkipPendingData,
};
