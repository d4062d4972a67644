// SPDX-License-Identifier: MIT
//
// Signals as events of process: watched while there are listeners.
'use strict';

const native = binding('signals');
const { errnoException } = require('internal/errors');
const { signals } = require('os').constants;

const names = new Map(); // number -> names that were asked for, each with the async context that it was first asked for in

native.setup((number) => {
  for (const [name, frame] of names.get(number) ?? []) {
    $lode.c = frame;
    process.emit(name, name, number);
  }
  $lode.c = undefined;
});

exports.start = function(name) {
  const number = signals[name];
  if (number === undefined) return;
  const error = native.start(number);
  if (error < 0) throw errnoException(error, 'uv_signal_start');
  if (!names.has(number)) names.set(number, new Map());
  if (!names.get(number).has(name)) names.get(number).set(name, $lode.c);
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
