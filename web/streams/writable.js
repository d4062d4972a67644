// SPDX-License-Identifier: MIT
//
// WritableStream, its writer and its controller: the public faces of the cores.
'use strict';

const { codes } = require('internal/errors');
const {
  kCore, kInspect, coreOf, invalidState, invalidThis, checkDictionary, methodOf, highWaterMarkOf, sizeFunctionOf,
  inspectAs, dress,
} = require('web/streams/common');
const { WritableCore, WriterCore, WritableControllerCore } = require('web/streams/writable_core');
const utils = require('stream/utils');

const kConstruct = Symbol('kConstruct');

function faceOf(core) {
  return core.face ??= new WritableStream(kConstruct, core);
}

class WritableStream {
  constructor(sink = {}, strategy = {}) {
    if (sink === kConstruct) {
      this[kCore] = strategy;
      strategy.face = this;
      return;
    }
    sink = checkDictionary(sink, 'sink');
    strategy = checkDictionary(strategy, 'strategy');
    if (sink.type !== undefined) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('type', sink.type);
    const size = sizeFunctionOf(strategy);
    const core = new WritableCore();
    core.face = this;
    this[kCore] = core;
    setUp(core, sink, highWaterMarkOf(strategy, 1), size);
  }

  get locked() {
    return checked(this).locked;
  }

  abort(reason = undefined) {
    const core = coreOf(this, WritableCore);
    if (core === undefined) return Promise.reject(invalidThis('WritableStream'));
    if (core.locked) return Promise.reject(invalidState('WritableStream is locked'));
    return core.abort(reason);
  }

  close() {
    const core = coreOf(this, WritableCore);
    if (core === undefined) return Promise.reject(invalidThis('WritableStream'));
    if (core.locked) return Promise.reject(invalidState('WritableStream is locked'));
    if (core.closing) return Promise.reject(invalidState('Failure closing WritableStream'));
    return core.close();
  }

  getWriter() {
    checked(this);
    return new WritableStreamDefaultWriter(this);
  }

  get [utils.kIsErrored]() {
    return checked(this).state === 'errored';
  }

  get [utils.kIsWritable]() {
    return checked(this).state === 'writable';
  }

  get [utils.kIsClosedPromise]() {
    return checked(this).whenClosed;
  }

  get [utils.kControllerErrorFunction]() {
    const { controller } = checked(this);
    return (error) => controller.errorIfNeeded(error);
  }

  [kInspect](depth, options) {
    const core = checked(this);
    return inspectAs(this, depth, options, { locked: core.locked, state: core.state });
  }
}
dress(WritableStream, ['locked', 'abort', 'close', 'getWriter']);

function checked(stream) {
  const core = coreOf(stream, WritableCore);
  if (core === undefined) throw invalidThis('WritableStream');
  return core;
}

function setUp(core, sink, highWaterMark, size) {
  const controller = new WritableControllerCore(core, highWaterMark, size);
  const face = new WritableStreamDefaultController(kConstruct, controller);
  const start = methodOf(sink, 'start');
  const write = methodOf(sink, 'write');
  const close = methodOf(sink, 'close');
  const abort = methodOf(sink, 'abort');
  // Reflect.apply: the functions' own call() is not to be trusted.
  const { apply } = Reflect;
  controller.start(
    start === undefined ? undefined : () => apply(start, sink, [face]),
    write === undefined ? undefined : (chunk) => apply(write, sink, [chunk, face]),
    close === undefined ? undefined : () => apply(close, sink, []),
    abort === undefined ? undefined : (reason) => apply(abort, sink, [reason]));
}

class WritableStreamDefaultWriter {
  constructor(stream) {
    const core = coreOf(stream, WritableCore);
    if (core === undefined) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'WritableStream', stream);
    this[kCore] = core.acquire();
  }

  get closed() {
    const core = coreOf(this, WriterCore);
    return core === undefined ? Promise.reject(invalidThis('WritableStreamDefaultWriter')) : core.closed.promise;
  }

  get desiredSize() {
    const core = coreOf(this, WriterCore);
    if (core === undefined) throw invalidThis('WritableStreamDefaultWriter');
    if (core.stream === undefined) throw invalidState('Writer is not bound to a WritableStream');
    return core.desiredSize;
  }

  get ready() {
    const core = coreOf(this, WriterCore);
    return core === undefined ? Promise.reject(invalidThis('WritableStreamDefaultWriter')) : core.ready.promise;
  }

  abort(reason = undefined) {
    return withStream(this, (core) => core.stream.abort(reason));
  }

  close() {
    return withStream(this, (core) => {
      if (core.stream.closing) throw invalidState('Failure to close WritableStream');
      return core.stream.close();
    });
  }

  releaseLock() {
    const core = coreOf(this, WriterCore);
    if (core === undefined) throw invalidThis('WritableStreamDefaultWriter');
    core.release();
  }

  write(chunk = undefined) {
    const core = coreOf(this, WriterCore);
    if (core === undefined) return Promise.reject(invalidThis('WritableStreamDefaultWriter'));
    if (core.stream === undefined) return Promise.reject(invalidState('Writer is not bound to a WritableStream'));
    return core.write(chunk);
  }

  [kInspect](depth, options) {
    const core = coreOf(this, WriterCore);
    if (core === undefined) throw invalidThis('WritableStreamDefaultWriter');
    return inspectAs(this, depth, options, {
      stream: core.stream === undefined ? undefined : faceOf(core.stream),
      close: core.closed.promise,
      ready: core.ready.promise,
      desiredSize: core.stream === undefined ? undefined : core.desiredSize,
    });
  }
}
dress(WritableStreamDefaultWriter, ['closed', 'desiredSize', 'ready', 'abort', 'close', 'releaseLock', 'write']);

function withStream(writer, operation) {
  try {
    const core = coreOf(writer, WriterCore);
    if (core === undefined) throw invalidThis('WritableStreamDefaultWriter');
    if (core.stream === undefined) throw invalidState('Writer is not bound to a WritableStream');
    return operation(core);
  } catch (error) {
    return Promise.reject(error);
  }
}

class WritableStreamDefaultController {
  constructor(token, core) {
    if (token !== kConstruct) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[kCore] = core;
    core.face = this;
  }

  get signal() {
    return checkedController(this).signal;
  }

  error(error = undefined) {
    checkedController(this).errorIfNeeded(error);
  }

  [kInspect](depth, options) {
    return inspectAs(this, depth, options, { stream: faceOf(checkedController(this).stream) });
  }
}
dress(WritableStreamDefaultController, ['signal', 'error']);

function checkedController(controller) {
  const core = coreOf(controller, WritableControllerCore);
  if (core === undefined) throw invalidThis('WritableStreamDefaultController');
  return core;
}

module.exports = { WritableStream, WritableStreamDefaultWriter, WritableStreamDefaultController, faceOf };
