// SPDX-License-Identifier: MIT
//
// The old name of http's OutgoingMessage.
'use strict';

const {
  kHighWaterMark, kUniqueHeaders, parseUniqueHeadersOption, validateHeaderName, validateHeaderValue, OutgoingMessage,
} = require('http/outgoing');

module.exports = {
  kHighWaterMark, kUniqueHeaders, parseUniqueHeadersOption, validateHeaderName, validateHeaderValue, OutgoingMessage,
};
