// SPDX-License-Identifier: MIT
//
// Signals in messages. What arrives aborts when the original does, through a port; the original stays usable and may
// be sent again. Neither end keeps its loop alive.
'use strict';

const { kMove, kMoveList } = require('web/structured_clone/protocol');
const { makeSignal, abortSignal } = require('web/abort');

const underWay = new WeakMap(); // signal -> the channel of the copy that is being sent

function makeTransferable(signal) {
  Object.defineProperties(signal, {
    [kMoveList]: {
      configurable: true,
      value() {
        if (this.aborted) return [];
        const { MessageChannel } = require('worker_threads/ports');
        const channel = new MessageChannel();
        underWay.set(this, channel);
        return [channel.port2];
      },
    },
    [kMove]: {
      configurable: true,
      value() { return { deserializeInfo: 'web/abort/transfer:open', data: describe(this) }; },
    },
  });
  return signal;
}

function describe(signal) {
  const channel = underWay.get(signal);
  underWay.delete(signal);
  if (channel === undefined) return { aborted: signal.aborted, reason: signal.reason, port: undefined };
  signal.addEventListener('abort', () => tell(channel.port1, signal.reason), { once: true });
  return { aborted: false, reason: undefined, port: channel.port2 };
}

function tell(port, reason) {
  try {
    port.postMessage(reason);
  } catch (error) {
    port.postMessage(error);
  }
  port.close();
}

function open({ aborted, reason, port }) {
  const signal = makeSignal(aborted, reason);
  if (port !== undefined) {
    port.onmessage = ({ data }) => {
      abortSignal(signal, data === null ? undefined : data);
      port.close();
    };
    port.unref();
  }
  return makeTransferable(signal);
}

module.exports = { makeTransferable, open };
