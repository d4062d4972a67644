// SPDX-License-Identifier: MIT
//
// Who hears of descriptors that a program opens and closes by number, if anybody: a worker does (worker_threads/descriptors).
'use strict';

module.exports = { opened: null, closed: null };
