// SPDX-License-Identifier: MIT
//
// HTTPParser: the parser for programs that drive it themselves. Its events are properties with numbers for names,
// as `parser[HTTPParser.kOnBody] = fn`.
'use strict';

const { info, native, allMethods, methods, Parser, lenientFlags, maxHeaderSize } = require('http/common');
const { enterHandle } = require('runtime/io/context');
const { INFO_METHOD, INFO_STATUS, INFO_MAJOR, INFO_MINOR, INFO_FLAGS, INFO_FIRST } = require('http/common');

const role = {
  isClient: false,
  onHead(parser, block) {
    const first = block.slice(0, info[INFO_FIRST]);
    const headers = block.length > first.length ? block.slice(first.length + 1).split('\n') : [];
    const isRequest = parser.kind === HTTPParser.REQUEST;
    const flags = info[INFO_FLAGS];
    const noBody = (flags & 4) !== 0;
    const fn = parser[HTTPParser.kOnHeadersComplete];
    let verdict = 0;
    if (typeof fn === 'function') {
      verdict = fn.call(parser, info[INFO_MAJOR], info[INFO_MINOR], headers,
                        isRequest ? methods.indexOf(allMethods[info[INFO_METHOD]]) : undefined,
                        isRequest ? first : undefined, isRequest ? undefined : info[INFO_STATUS],
                        isRequest ? undefined : first, (flags & 2) !== 0, (flags & 1) !== 0) | 0;
    }
    if (noBody) role.onComplete(parser, undefined);
    return verdict;
  },
  onBody(parser, chunk) {
    const fn = parser[HTTPParser.kOnBody];
    if (typeof fn === 'function') fn.call(parser, chunk);
  },
  onComplete(parser, trailers) {
    const onHeaders = parser[HTTPParser.kOnHeaders];
    if (trailers !== undefined && typeof onHeaders === 'function') onHeaders.call(parser, trailers.slice(1).split('\n'), '');
    const fn = parser[HTTPParser.kOnMessageComplete];
    if (typeof fn === 'function') fn.call(parser);
  },
  onFail() {},
  onUpgrade() {},
  onAnswered() {},
};

class HTTPParser extends Parser {
  constructor() {
    super(role, true, maxHeaderSize(), 0, 0);
    this.kind = HTTPParser.REQUEST;
  }

  initialize(type, resource, maxSize, lenient) {
    this.free();
    this.kind = type;
    enterHandle(this, type === HTTPParser.REQUEST ? 'HTTPINCOMINGMESSAGE' : 'HTTPCLIENTREQUEST');
    this.native = native.open(this, type === HTTPParser.REQUEST, maxSize || maxHeaderSize(),
                              lenient ?? lenientFlags(undefined), 0);
  }

  execute(buffer, start, length) {
    if (start !== undefined) buffer = buffer.subarray(start, length === undefined ? undefined : start + length);
    return super.execute(buffer);
  }

  reinitialize(type, ...rest) { this.initialize(type, ...rest); }
  getCurrentBuffer() { return undefined; }
}
Object.assign(HTTPParser, {
  REQUEST: 1,
  RESPONSE: 2,
  kOnMessageBegin: 0,
  kOnHeaders: 1,
  kOnHeadersComplete: 2,
  kOnBody: 3,
  kOnMessageComplete: 4,
  kOnExecute: 5,
  kOnTimeout: 6,
  kLenientNone: 0,
  kLenientHeaders: 1,
  kLenientChunkedLength: 2,
  kLenientKeepAlive: 4,
  kLenientAll: 255,
});

module.exports = { HTTPParser };
