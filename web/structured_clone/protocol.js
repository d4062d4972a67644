// SPDX-License-Identifier: MIT
//
// How classes of the platform take part in structuredClone and postMessage. A class may have
//   [kPack]() -> { open: 'module:export', data }    a copy elsewhere: `data` is cloned, the module required there (in
//                                                   another thread perhaps), and its export called with the data
//   [kMove]() -> { open: 'module:export', data }    the same for objects that move: this one becomes unusable
//   [kMoveList]() -> [...]                          what moves with it, before kMove is called; may throw
//   [kUncloneable] === true                         never (URL ...)
// Nothing is required here, so that classes can import this file for free.

'use strict';

// A file descriptor on its way, within the data of kMove: the other side gets a number. One that never arrives is closed.
class Descriptor {
  constructor(fd) { this.fd = fd; }
}

module.exports = {
  Descriptor,
  kPack: Symbol('lode.pack'),
  kMove: Symbol('lode.move'),
  kMoveList: Symbol('lode.moveList'),
  kUncloneable: Symbol('lode.uncloneable'),
  untransferable: new WeakSet(), // marked by the program, and Buffer's pools
  uncloneable: new WeakSet(), // marked by the program
  marks: { uncloneable: false }, // whether there are any of those
};
