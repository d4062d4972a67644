// SPDX-License-Identifier: MIT
//
// How classes of the platform take part in structuredClone and postMessage. A class may have
//   [kClone]() -> a new object with the same contents        (Blob, KeyObject ...)
//   [kTransfer]() -> a new object that takes over; this one becomes unusable   (streams, ports ...)
//   [kUncloneable] === true                                   (URL ...)
// `untransferable` holds ArrayBuffers that must stay where they are (Buffer's pools).
// Nothing is required here, so that classes can import this file for free.

'use strict';

module.exports = {
  kClone: Symbol('lode.clone'),
  kTransfer: Symbol('lode.transfer'),
  kUncloneable: Symbol('lode.uncloneable'),
  untransferable: new WeakSet(),
};
