// SPDX-License-Identifier: MIT
//
// ReadableStream and its readers, controllers and requests: the public faces of the cores.
'use strict';

const { codes } = require('internal/errors');
const { validateAbortSignal, validateObject } = require('internal/validators');
const {
  kCore, kInspect, coreOf, handled, invalidState, invalidThis, checkDictionary, methodOf, highWaterMarkOf,
  sizeFunctionOf, inspectAs, dress,
} = require('web/streams/common');
const {
  ReadableCore, ReaderCore, PromiseRequest, DefaultControllerCore, readableFromIterable,
} = require('web/streams/readable_core');
const utils = require('stream/utils');

const kConstruct = Symbol('kConstruct'); // lets us construct what users may not

// The public object of a core, made at first need.
function faceOf(core) {
  return core.face ??= new ReadableStream(kConstruct, core);
}

class ReadableStream {
  constructor(source = {}, strategy = {}) {
    if (source === kConstruct) {
      this[kCore] = strategy;
      strategy.face = this;
      return;
    }
    if (source === null || (typeof source !== 'object' && typeof source !== 'function')) {
      throw new codes.ERR_INVALID_ARG_TYPE('source', 'Object', source);
    }
    strategy = checkDictionary(strategy, 'strategy');
    const core = new ReadableCore();
    core.face = this;
    this[kCore] = core;
    const { type } = source;
    if (type !== undefined && `${type}` === 'bytes') setUpBytes(core, source, strategy);
    else if (type === undefined) setUpDefault(core, source, strategy);
    else throw new codes.ERR_INVALID_ARG_VALUE('source.type', type);
  }

  get locked() {
    return checked(this).locked;
  }

  static from(iterable) {
    return faceOf(readableFromIterable(iterable));
  }

  cancel(reason = undefined) {
    const core = coreOf(this, ReadableCore);
    if (core === undefined) return Promise.reject(invalidThis('ReadableStream'));
    if (core.locked) return Promise.reject(invalidState('ReadableStream is locked'));
    return core.cancel(reason);
  }

  getReader(options = {}) {
    checked(this);
    options = checkDictionary(options, 'options');
    const { mode } = options;
    if (mode === undefined) return new ReadableStreamDefaultReader(this);
    if (`${mode}` !== 'byob') throw new codes.ERR_INVALID_ARG_VALUE('options.mode', mode);
    return new ReadableStreamBYOBReader(this);
  }

  pipeThrough(transform, options = {}) {
    const core = checked(this);
    const readable = transform?.readable;
    if (coreOf(readable, ReadableCore) === undefined) {
      throw new codes.ERR_INVALID_ARG_TYPE('transform.readable', 'ReadableStream', readable);
    }
    const dest = writableCoreOf(transform?.writable);
    if (dest === undefined) {
      throw new codes.ERR_INVALID_ARG_TYPE('transform.writable', 'WritableStream', transform?.writable);
    }
    const settings = pipeOptions(options);
    if (core.locked) throw invalidState('The ReadableStream is locked');
    if (dest.locked) throw invalidState('The WritableStream is locked');
    handled(require('web/streams/pipe').pipeTo(core, dest, settings));
    return readable;
  }

  pipeTo(destination, options = {}) {
    try {
      const core = checked(this);
      const dest = writableCoreOf(destination);
      if (dest === undefined) {
        throw new codes.ERR_INVALID_ARG_TYPE('transform.writable', 'WritableStream', destination);
      }
      const settings = pipeOptions(options);
      if (core.locked) throw invalidState('The ReadableStream is locked');
      if (dest.locked) throw invalidState('The WritableStream is locked');
      return require('web/streams/pipe').pipeTo(core, dest, settings);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  tee() {
    const core = checked(this);
    if (core.locked) throw invalidState('ReadableStream is locked');
    return require('web/streams/pipe').tee(core).map(faceOf);
  }

  values(options = {}) {
    const core = checked(this);
    options = checkDictionary(options, 'options');
    const preventCancel = !!options.preventCancel;
    return new ReadableStreamAsyncIterator(core.acquire(false), preventCancel);
  }

  get [utils.kIsDisturbed]() {
    return checked(this).disturbed;
  }

  get [utils.kIsErrored]() {
    return checked(this).state === 'errored';
  }

  get [utils.kIsReadable]() {
    return checked(this).state === 'readable';
  }

  get [utils.kIsClosedPromise]() {
    return checked(this).whenClosed;
  }

  get [utils.kControllerErrorFunction]() {
    const { controller } = checked(this);
    return (error) => controller.error(error);
  }

  [kInspect](depth, options) {
    const core = checked(this);
    return inspectAs(this, depth, options, {
      locked: core.locked, state: core.state, supportsBYOB: isByteStream(core),
    });
  }
}
Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
  value: ReadableStream.prototype.values, configurable: true, enumerable: false, writable: true,
});
dress(ReadableStream, ['locked', 'cancel', 'getReader', 'pipeThrough', 'pipeTo', 'tee', 'values']);
Object.defineProperty(ReadableStream, 'from', { enumerable: true });

function checked(stream) {
  const core = coreOf(stream, ReadableCore);
  if (core === undefined) throw invalidThis('ReadableStream');
  return core;
}

function writableCoreOf(value) {
  const { WritableCore } = require('web/streams/writable_core');
  return coreOf(value, WritableCore);
}

function isByteStream(core) {
  return core.controller !== undefined && !(core.controller instanceof DefaultControllerCore);
}

function pipeOptions(options) {
  options = checkDictionary(options, 'options');
  const settings = {
    preventAbort: !!options.preventAbort,
    preventCancel: !!options.preventCancel,
    preventClose: !!options.preventClose,
    signal: options.signal,
  };
  if (settings.signal !== undefined) validateAbortSignal(settings.signal, 'options.signal');
  return settings;
}

function setUpDefault(core, source, strategy) {
  const size = sizeFunctionOf(strategy);
  const controller = new DefaultControllerCore(core, highWaterMarkOf(strategy, 1), size);
  const face = new ReadableStreamDefaultController(kConstruct, controller);
  startController(controller, face, source);
}

function setUpBytes(core, source, strategy) {
  if (strategy.size !== undefined) {
    throw new codes.ERR_INVALID_ARG_VALUE.RangeError('strategy.size', strategy.size);
  }
  const mark = highWaterMarkOf(strategy, 0);
  const { autoAllocateChunkSize } = source;
  if (autoAllocateChunkSize !== undefined) {
    if (!(Number(autoAllocateChunkSize) > 0)) {
      throw new codes.ERR_INVALID_ARG_VALUE('source.autoAllocateChunkSize', autoAllocateChunkSize);
    }
  }
  const { ByteControllerCore } = require('web/streams/byte_core');
  const allocate = autoAllocateChunkSize === undefined ? undefined : Number(autoAllocateChunkSize);
  const controller = new ByteControllerCore(core, mark, allocate);
  const face = new ReadableByteStreamController(kConstruct, controller);
  startController(controller, face, source);
}

function startController(controller, face, source) {
  const start = methodOf(source, 'start');
  const pull = methodOf(source, 'pull');
  const cancel = methodOf(source, 'cancel');
  // Reflect.apply: the functions' own call() is not to be trusted.
  const { apply } = Reflect;
  controller.start(
    start === undefined ? undefined : () => apply(start, source, [face]),
    pull === undefined ? undefined : () => apply(pull, source, [face]),
    cancel === undefined ? undefined : (reason) => apply(cancel, source, [reason]));
}

// ---- Async iteration ----

const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf((async function* () {}).prototype));

class ReadableStreamAsyncIterator {
  #reader;
  #preventCancel;
  #ongoing = undefined;
  #finished = false;
  #waiting = 0;
  #reading = false;
  #resolve;
  #reject;

  constructor(reader, preventCancel) {
    this.#reader = reader;
    this.#preventCancel = preventCancel;
  }

  next() {
    return this.#ongoing === undefined ? this.#next() : this.#after(() => this.#next());
  }

  return(value) {
    if (this.#ongoing !== undefined) return this.#after(() => this.#return(value));
    const promise = this.#ongoing = this.#return(value);
    return promise;
  }

  // Calls made while one is under way wait their turn.
  #after(operation) {
    this.#waiting++;
    const steps = () => {
      this.#waiting--;
      return operation();
    };
    return this.#ongoing = this.#ongoing.then(steps, steps);
  }

  #settled() {
    if (this.#waiting === 0) this.#ongoing = undefined;
  }

  #next() {
    if (this.#finished) return Promise.resolve({ value: undefined, done: true });
    const reader = this.#reader;
    if (reader.stream === undefined) {
      return Promise.reject(invalidState('The reader is not bound to a ReadableStream'));
    }
    const promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    if (this.#waiting === 0) this.#ongoing = promise;
    this.#reading = true;
    reader.read(this.#request);
    this.#reading = false;
    return promise;
  }

  // At most one read is under way, so one request object serves them all.
  #request = {
    chunk: (value) => {
      if (this.#reading) {
        this.#settled();
        this.#resolve({ value, done: false });
        return;
      }
      // From within pull(): it may finish what it does before the reader hears of it.
      queueMicrotask(() => {
        this.#settled();
        this.#resolve({ value, done: false });
      });
    },
    close: () => {
      this.#settled();
      this.#finished = true;
      this.#reader.release();
      this.#resolve({ value: undefined, done: true });
    },
    error: (error) => {
      this.#settled();
      this.#finished = true;
      this.#reader.release();
      this.#reject(error);
    },
  };

  async #return(value) {
    if (this.#finished) return { value, done: true };
    this.#finished = true;
    const reader = this.#reader;
    if (this.#preventCancel) {
      reader.release();
    } else {
      const cancelling = reader.stream.cancel(value);
      reader.release();
      await cancelling;
    }
    return { value, done: true };
  }
}
Object.setPrototypeOf(ReadableStreamAsyncIterator.prototype, AsyncIteratorPrototype);
delete ReadableStreamAsyncIterator.prototype.constructor;
for (const name of ['next', 'return']) {
  Object.defineProperty(ReadableStreamAsyncIterator.prototype, name, { enumerable: true });
}

// ---- Readers ----

function checkedReader(reader, byob) {
  const core = coreOf(reader, ReaderCore);
  if (core === undefined || core.byob !== byob) {
    throw invalidThis(byob ? 'ReadableStreamBYOBReader' : 'ReadableStreamDefaultReader');
  }
  return core;
}

function cancelThrough(reader, byob, reason) {
  try {
    const core = checkedReader(reader, byob);
    if (core.stream === undefined) throw invalidState('The reader is not attached to a stream');
    return core.stream.cancel(reason);
  } catch (error) {
    return Promise.reject(error);
  }
}

function closedOf(reader, byob) {
  try {
    return checkedReader(reader, byob).closed.promise;
  } catch (error) {
    return Promise.reject(error);
  }
}

class ReadableStreamDefaultReader {
  constructor(stream) {
    const core = coreOf(stream, ReadableCore);
    if (core === undefined) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'ReadableStream', stream);
    this[kCore] = core.acquire(false);
  }

  read() {
    let core;
    try {
      core = checkedReader(this, false);
      if (core.stream === undefined) throw invalidState('The reader is not attached to a stream');
    } catch (error) {
      return Promise.reject(error);
    }
    const { stream } = core;
    const { controller } = stream;
    if (stream.state === 'readable' && controller instanceof DefaultControllerCore && controller.queue.length > 0) {
      stream.disturbed = true;
      return Promise.resolve({ value: controller.takeQueued(), done: false });
    }
    const request = new PromiseRequest();
    core.read(request);
    return request.promise;
  }

  releaseLock() {
    checkedReader(this, false).release();
  }

  get closed() {
    return closedOf(this, false);
  }

  cancel(reason = undefined) {
    return cancelThrough(this, false, reason);
  }

  [kInspect](depth, options) {
    const core = checkedReader(this, false);
    return inspectAs(this, depth, options, {
      stream: core.stream === undefined ? undefined : faceOf(core.stream),
      readRequests: core.requests.length,
      close: core.closed.promise,
    });
  }
}
dress(ReadableStreamDefaultReader, ['read', 'releaseLock', 'closed', 'cancel']);

class ReadableStreamBYOBReader {
  constructor(stream) {
    const core = coreOf(stream, ReadableCore);
    if (core === undefined) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'ReadableStream', stream);
    if (core.locked) throw invalidState('ReadableStream is locked');
    if (!isByteStream(core)) throw new codes.ERR_INVALID_ARG_VALUE('stream', stream, 'must be a byte stream');
    this[kCore] = core.acquire(true);
  }

  async read(view, options = {}) {
    const core = checkedReader(this, true);
    const min = checkView(view, options);
    const { stream } = core;
    if (stream === undefined) throw invalidState('The reader is not attached to a stream');
    stream.disturbed = true;
    if (stream.state === 'errored') throw stream.storedError;
    const request = new PromiseRequest();
    stream.controller.pullInto(view, min, request);
    return request.promise;
  }

  releaseLock() {
    checkedReader(this, true).release();
  }

  get closed() {
    return closedOf(this, true);
  }

  cancel(reason = undefined) {
    return cancelThrough(this, true, reason);
  }

  [kInspect](depth, options) {
    const core = checkedReader(this, true);
    return inspectAs(this, depth, options, {
      stream: core.stream === undefined ? undefined : faceOf(core.stream),
      readIntoRequests: core.requests.length,
      close: core.closed.promise,
    });
  }
}
dress(ReadableStreamBYOBReader, ['read', 'releaseLock', 'closed', 'cancel']);

// Checks a view to read into; gives the least number of elements wanted.
function checkView(view, options) {
  if (!ArrayBuffer.isView(view)) {
    throw new codes.ERR_INVALID_ARG_TYPE('view', ['Buffer', 'TypedArray', 'DataView'], view);
  }
  validateObject(options, 'options', { nullable: true, allowArray: true, allowFunction: true });
  if (view.byteLength === 0 || view.buffer.byteLength === 0) {
    throw invalidState('View or Viewed ArrayBuffer is zero-length or detached');
  }
  const min = options?.min ?? 1;
  if (typeof min !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('options.min', 'number', min);
  if (!Number.isInteger(min)) throw new codes.ERR_INVALID_ARG_VALUE('options.min', min, 'must be an integer');
  if (min <= 0) throw new codes.ERR_INVALID_ARG_VALUE('options.min', min, 'must be greater than 0');
  if (view instanceof DataView ? min > view.byteLength : min > view.length) {
    throw new codes.ERR_OUT_OF_RANGE('options.min',
                                     view instanceof DataView ? '<= view.byteLength' : '<= view.length', min);
  }
  return min;
}

// ---- Controllers ----

class ReadableStreamDefaultController {
  constructor(token, core) {
    if (token !== kConstruct) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[kCore] = core;
    core.face = this;
  }

  get desiredSize() {
    return checkedController(this).desiredSize;
  }

  close() {
    const core = checkedController(this);
    if (!core.mayEnqueue) throw invalidState('Controller is already closed');
    core.close();
  }

  enqueue(chunk = undefined) {
    const core = checkedController(this);
    if (!core.mayEnqueue) throw invalidState('Controller is already closed');
    core.enqueue(chunk);
  }

  error(error = undefined) {
    checkedController(this).error(error);
  }

  [kInspect](depth, options) {
    return inspectAs(this, depth, options, {});
  }
}
dress(ReadableStreamDefaultController, ['desiredSize', 'close', 'enqueue', 'error']);

function checkedController(controller) {
  const core = coreOf(controller, DefaultControllerCore);
  if (core === undefined) throw invalidThis('ReadableStreamDefaultController');
  return core;
}

class ReadableByteStreamController {
  constructor(token, core) {
    if (token !== kConstruct) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[kCore] = core;
    core.face = this;
  }

  get byobRequest() {
    const request = checkedByteController(this).getRequest();
    if (request === null) return null;
    return request.face ??= new ReadableStreamBYOBRequest(kConstruct, request);
  }

  get desiredSize() {
    return checkedByteController(this).desiredSize;
  }

  close() {
    const core = checkedByteController(this);
    if (core.closeRequested) throw invalidState('Controller is already closed');
    if (core.stream.state !== 'readable') throw invalidState('ReadableStream is already closed');
    core.close();
  }

  enqueue(chunk) {
    const core = checkedByteController(this);
    if (!ArrayBuffer.isView(chunk)) {
      throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['Buffer', 'TypedArray', 'DataView'], chunk);
    }
    if (chunk.byteLength === 0 || chunk.buffer.byteLength === 0) {
      throw invalidState('chunk ArrayBuffer is zero-length or detached');
    }
    if (core.closeRequested) throw invalidState('Controller is already closed');
    if (core.stream.state !== 'readable') throw invalidState('ReadableStream is already closed');
    core.enqueue(chunk);
  }

  error(error = undefined) {
    checkedByteController(this).error(error);
  }

  [kInspect](depth, options) {
    return inspectAs(this, depth, options, {});
  }
}
dress(ReadableByteStreamController, ['byobRequest', 'desiredSize', 'close', 'enqueue', 'error']);

function checkedByteController(controller) {
  const core = coreOf(controller, require('web/streams/byte_core').ByteControllerCore);
  if (core === undefined) throw invalidThis('ReadableByteStreamController');
  return core;
}

class ReadableStreamBYOBRequest {
  constructor(token, core) {
    if (token !== kConstruct) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[kCore] = core;
  }

  get view() {
    return checkedRequest(this).view;
  }

  respond(bytesWritten) {
    const core = checkedRequest(this);
    if (core.controller === undefined) throw invalidState('This BYOB request has been invalidated');
    if (core.view.byteLength === 0 && core.view.buffer.byteLength === 0) {
      throw invalidState('Viewed ArrayBuffer is detached');
    }
    core.controller.respond(Number(bytesWritten));
  }

  respondWithNewView(view) {
    const core = checkedRequest(this);
    if (core.controller === undefined) throw invalidState('This BYOB request has been invalidated');
    if (!ArrayBuffer.isView(view)) {
      throw new codes.ERR_INVALID_ARG_TYPE('view', ['Buffer', 'TypedArray', 'DataView'], view);
    }
    if (view.buffer.detached) throw invalidState('Viewed ArrayBuffer is detached');
    core.controller.respondWithNewView(view);
  }

  [kInspect](depth, options) {
    const core = checkedRequest(this);
    return inspectAs(this, depth, options, { view: core.view, controller: core.controller?.face });
  }
}
dress(ReadableStreamBYOBRequest, ['view', 'respond', 'respondWithNewView']);

function checkedRequest(request) {
  const core = request === null || typeof request !== 'object' ? undefined : request[kCore];
  if (core?.isByobRequest !== true) throw invalidThis('ReadableStreamBYOBRequest');
  return core;
}

module.exports = {
  ReadableStream, ReadableStreamDefaultReader, ReadableStreamBYOBReader, ReadableStreamBYOBRequest,
  ReadableByteStreamController, ReadableStreamDefaultController, faceOf,
};
