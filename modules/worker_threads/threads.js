// SPDX-License-Identifier: MIT
//
// postMessageToThread: messages to any thread of the process by its id, for its process's 'workerMessage' event.
//
// Each worker has a mailbox, a channel of the process under its thread's id, and so has the main thread as soon as it
// listens. A message takes a port along, through which the receiver answers how it went.
'use strict';

const { codes } = require('internal/errors');
const state = require('worker_threads/state');
const native = binding('ports');

const DONE = 0;
const NO_LISTENER = 1;
const THREW = 2;

// ---- Sending ----

function sendTo(threadId, ...message) {
  return native.postTo(threadId, ...message);
}

async function postMessageToThread(threadId, value, transferList, timeout) {
  const { validateNumber } = require('internal/validators');
  if (typeof transferList === 'number' && timeout === undefined) {
    timeout = transferList;
    transferList = [];
  }
  if (timeout !== undefined) validateNumber(timeout, 'timeout', 0);
  if (threadId === state.threadId) throw new codes.ERR_WORKER_MESSAGING_SAME_THREAD();
  const { MessageChannel } = require('worker_threads/ports');
  const { pack } = require('worker_threads/pack');
  const { port1, port2 } = new MessageChannel();
  const answer = answerFrom(port1, timeout);
  const message = { value, source: state.threadId, reply: port2 };
  const reached = pack(message, [...(transferList ?? []), port2], undefined, sendTo, Number(threadId));
  if (reached === 0) port1.close();
  switch (await answer) {
    case DONE: return undefined;
    case THREW: throw new codes.ERR_WORKER_MESSAGING_ERRORED();
    case undefined: throw new codes.ERR_WORKER_MESSAGING_TIMEOUT();
    default: throw new codes.ERR_WORKER_MESSAGING_FAILED();
  }
}

// How it went; undefined when the time was up.
function answerFrom(port, timeout) {
  const { promise, resolve } = Promise.withResolvers();
  let timer;
  port.on('message', resolve);
  port.on('close', () => resolve(NO_LISTENER)); // or the thread has ended
  if (timeout !== undefined) timer = require('timers').setTimeout(resolve, timeout, undefined);
  return promise.finally(() => {
    if (timer !== undefined) require('timers').clearTimeout(timer);
    port.close();
  });
}

// ---- Receiving ----

function receive({ value, source, reply }) {
  let result = NO_LISTENER;
  try {
    if (process.emit('workerMessage', value, source)) result = DONE;
  } catch {
    result = THREW; // the sender's promise tells of it
  }
  reply.postMessage(result);
  reply.close();
}

// The end of a thread's channel, as a port to be sent to the thread.
function mailboxOf(threadId) {
  return require('worker_threads/ports').adopt(native.joinThread(threadId));
}

// A worker gets its mailbox from its parent, so that messages wait for it; the main thread has one once it listens.
function listen() {
  if (state.mailbox !== null || !state.isMainThread) return;
  adoptMailbox(mailboxOf(state.threadId));
}

function adoptMailbox(port) {
  state.mailbox = port;
  port.on('message', receive);
  port.unref();
}

module.exports = { postMessageToThread, listen, mailboxOf, adoptMailbox };
