// SPDX-License-Identifier: MIT
//
// How classes of the platform take part in structuredClone and postMessage. A class may have
//   [kPack]() -> { deserializeInfo, data }   a copy elsewhere: `data` is cloned, and what deserializeInfo names as
//                                            'module:export', one of `openers`, called there (in another thread
//                                            perhaps) with the data
//   [kMove]() -> { deserializeInfo, data }   the same for objects that move: this one becomes unusable
//   [kMoveList]() -> [...]                   what moves with it, before kMove is called; may throw
//   [kUncloneable] === true                  never (URL ...)
// Nothing is required here, so that classes can import this file for free.

'use strict';

// A file descriptor on its way, within the data of kMove: the other side gets a number. One that never arrives is closed.
class Descriptor {
  constructor(fd) { this.fd = fd; }
}

module.exports = {
  Descriptor,
  // Programs can reach the symbols: nothing else may be called by name.
  openers: new Set([
    'fs/filehandle:openMoved',
    'net/address:openSocketAddress',
    'net/blocklist:openBlockList',
    'perf_hooks/histogram:openHistogram',
    'web/abort/transfer:open',
    'web/blob/file:openFile',
    'web/blob:openBlob',
    'web/streams/transfer:readableFrom',
    'web/streams/transfer:transformOf',
    'web/streams/transfer:writableTo',
    'worker_threads/context_port:open',
  ]),
  kPack: Symbol('messaging_clone_symbol'),
  kMove: Symbol('messaging_transfer_symbol'),
  kMoveList: Symbol('messaging_transfer_list_symbol'),
  kUncloneable: Symbol('lode.uncloneable'),
  untransferable: new WeakSet(), // marked by the program, and Buffer's pools
  uncloneable: new WeakSet(), // marked by the program
  marks: { uncloneable: false }, // whether there are any of those
};
