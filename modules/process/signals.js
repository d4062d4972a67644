// SPDX-License-Identifier: MIT
//
// Signals as events of process: watched while there are listeners.
'use strict';

const native = binding('signals');
const { errnoException } = require('internal/errors');
const { signals } = require('os').constants;

const names = new Map(); // number -> names that were asked for

native.setup((number) => {
  for (const name of names.get(number) ?? []) process.emit(name, name, number);
});

exports.start = function(name) {
  const number = signals[name];
  if (number === undefined) return;
  const error = native.start(number);
  if (error < 0) throw errnoException(error, 'uv_signal_start');
  if (!names.has(number)) names.set(number, new Set());
  names.get(number).add(name);
};

exports.stop = function(name) {
  const number = signals[name];
  const wanted = names.get(number);
  if (wanted === undefined) return;
  wanted.delete(name);
  if (wanted.size > 0) return;
  names.delete(number);
  native.stop(number);
};
