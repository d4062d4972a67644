// SPDX-License-Identifier: MIT
//
// A worker's beginning: unpacks what its parent sent, makes process what it is in a worker, and runs the program.
'use strict';

const native = binding('worker');
const state = require('worker_threads/state');

function adopt(start) {
  const { setEnvironment } = require('process');
  state.isMainThread = false;
  state.threadId = native.id;
  state.threadName = native.name;
  state.workerData = start.workerData;
  state.environmentData = start.environmentData;
  state.resourceLimits = start.limits;
  state.parentPort = start.open;
  if (start.env !== null) setEnvironment(start.env);
  require('worker_threads/threads').adoptMailbox(start.mailbox);
}

// What the parent sends through the inner port.
function listen(inner, stdio) {
  inner.on('message', (message) => {
    switch (message.type) {
      case 'stdin':
        stdio.onInput(message.chunk);
        break;
      case 'consumed':
        stdio.onConsumed(message.stream, message.bytes);
        break;
      case 'question':
        message.port.postMessage(answers[message.question]());
        message.port.close();
        break;
    }
  });
  inner.unref();
}

const answers = {
  heapStatistics() { return require('v8').getHeapStatistics(); },
  cpuUsage() { return process.threadCpuUsage(); },
};

// The streams load when the program asks for one of them, or the parent sends input.
function lazyStdio(inner, hasStdin) {
  let streams = null;
  const loaded = () => (streams ??= require('worker_threads/worker_stdio').make(inner, hasStdin));
  for (const name of ['stdin', 'stdout', 'stderr']) {
    Object.defineProperty(process, name, {
      __proto__: null, configurable: true, enumerable: true, get() { return loaded().get(name); },
    });
  }
  return {
    onInput(chunk) { loaded().onInput(chunk); },
    onConsumed(name, bytes) { loaded().onConsumed(name, bytes); },
  };
}

// An error that nobody caught is the parent's.
function reportTo(inner) {
  state.reporter = (error) => {
    inner.postMessage({ type: 'error', error: require('worker_threads/errors').describe(error) });
  };
}

function applyOptions({ inherited, execArgv }) {
  const { values } = require('internal/options');
  process.execArgv = execArgv;
  if (inherited !== null && inherited.length === 0) return; // nothing that differs from the defaults
  if (inherited !== null) for (const [name, value] of inherited) values.set(name, value);
  else require('internal/command_line').parseForWorker(execArgv);
  for (const name of ['--eval', '--print', '--check', '--interactive']) values.delete(name);
  require('internal/command_line').applyOptions();
}

function runProgram({ entry, argv }) {
  const { execPath } = process;
  if (entry.kind === 'eval') {
    process.argv = [execPath, '[worker eval]', ...argv];
    return require('runtime/env/eval').runWorker(entry.source);
  }
  process.argv = [execPath, entry.kind === 'url' ? entry.url : entry.path, ...argv];
  if (entry.kind === 'url') return require('runtime/loader/esm').runMain(entry.url, null);
  require('runtime/loader/cjs').runMain(entry.path);
}

exports.run = function() {
  const start = require('worker_threads/ports').unpack(native.takeParcel());
  const { inner } = start;
  reportTo(inner);
  adopt(start);
  require('process/in_worker').restrict(start.title);
  const stdio = lazyStdio(inner, start.stdin);
  listen(inner, stdio);
  if (start.tracksDescriptors) require('worker_threads/descriptors').install();
  applyOptions(start);
  inner.postMessage({ type: 'online' });
  runProgram(start);
};
