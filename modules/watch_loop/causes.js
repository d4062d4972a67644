// SPDX-License-Identifier: MIT
//
// What called the author's code, told from the outermost frames of a stack: those of lode's and of the engine's that lie
// below the author's first function.
'use strict';

// The first that fits any of these frames is taken: an HTTP request is also a socket's event.
const causes = [
  ['an exit listener', /^(?:emitExit|emitToListeners)@node:process$/],
  ['loading the program', /^runMain@node:internal\/runtime\/loader\/|@node:internal\/runtime\/env\/(?:main|eval)/],
  ['an HTTP/2 event', /@node:(?:internal\/)?http2/],
  ['an HTTP request', /@node:internal\/http\/connection/],
  ['an HTTP response', /@node:internal\/http\/(?:exchange|common)/],
  ['a message', /@node:internal\/worker_threads|@node:worker_threads/],
  ['an event of a child process', /@node:(?:internal\/)?(?:child_process|cluster)/],
  ['a signal', /@node:internal\/process\/signals/],
  ['an event of a terminal', /@node:(?:internal\/)?(?:readline|tty)/],
  ['a file operation', /@node:(?:internal\/)?fs/],
  ['compression', /@node:(?:internal\/)?zlib/],
  ['cryptography', /@node:(?:internal\/)?crypto/],
  ['a DNS answer', /@node:(?:internal\/)?dns/],
  ['a datagram', /@node:(?:internal\/)?dgram/],
  ['a new connection', /^onconnection@/],
  ['an event of a socket', /@node:(?:internal\/)?(?:net|tls|runtime\/io)/],
  ['an immediate', /^run(?:One)?Immediate/],
  ['a timer', /^run(?:One|Timer)@node:timers/],
  ['code after an await', /^async(?:Function|Generator)Resume/],
  ['a promise reaction', /^promiseReactionJob/],
  ['a tick', /@node:internal\/ticks/],
];

function causeOf(frames, isAuthors) {
  let texts = '';
  for (let i = frames.length - 1; i >= 0 && !isAuthors(frames[i]); i--) {
    const { fn, native, url } = frames[i];
    texts += `${fn}@${native ? '' : url}\n`;
  }
  if (texts === '') return '';
  const lines = texts.split('\n');
  for (const [cause, pattern] of causes) if (lines.some((line) => pattern.test(line))) return cause;
  return '';
}

module.exports = { causeOf };
