// SPDX-License-Identifier: MIT
//
// TransformStream (specification section 6): a writable core and a readable core with a function in between. A
// write waits until the readable side wants something ("backpressure").
'use strict';

const { codes } = require('internal/errors');
const {
  kCore, kInspect, coreOf, deferred, callForPromise, invalidState, invalidThis, checkDictionary, methodOf,
  highWaterMarkOf, sizeFunctionOf, inspectAs, dress,
} = require('web/streams/common');
const { createReadable } = require('web/streams/readable_core');
const { createWritable } = require('web/streams/writable_core');

const kConstruct = Symbol('kConstruct');

class TransformCore {
  // Declared, so that setters on Object.prototype stay out of it.
  transform;
  flush;
  cancel;
  readable;
  writable;

  constructor(algorithms, marks) {
    this.transform = algorithms.transform; // (chunk) => anything; undefined: pass on
    this.flush = algorithms.flush;
    this.cancel = algorithms.cancel;
    this.over = false;                     // the algorithms are forgotten
    this.finishing = undefined;            // of the flush or cancel that ends it
    this.backpressure = undefined;
    this.change = undefined;               // resolved when backpressure changes
    this.face = undefined;
    this.controllerFace = undefined;
    this.started = deferred();
    const start = () => this.started.promise;
    this.writable = createWritable(start, (chunk) => this.write(chunk), () => this.close(),
                                   (reason) => this.abort(reason), marks.writable, marks.writableSize);
    this.readable = createReadable(start, () => this.pull(), (reason) => this.cancelReadable(reason),
                                   marks.readable, marks.readableSize);
    this.setBackpressure(true);
  }

  setBackpressure(backpressure) {
    if (this.change !== undefined) this.change.resolve();
    this.change = deferred();
    this.backpressure = backpressure;
  }

  forget() {
    this.over = true;
    this.transform = undefined;
    this.flush = undefined;
    this.cancel = undefined;
  }

  // ---- The writable side ----

  write(chunk) {
    if (!this.backpressure) return this.perform(chunk);
    return this.change.promise.then(() => {
      if (this.writable.state === 'erroring') throw this.writable.storedError;
      return this.perform(chunk);
    });
  }

  perform(chunk) {
    if (this.over) return Promise.resolve(); // cancelled meanwhile: nobody will see it
    if (this.transform === undefined) {
      try {
        this.enqueue(chunk);
        return Promise.resolve();
      } catch (error) {
        this.error(error);
        return Promise.reject(error);
      }
    }
    return callForPromise(this.transform, chunk).then(undefined, (error) => {
      this.error(error);
      throw error;
    });
  }

  close() {
    return this.finish(this.flush, undefined, (outcome) => {
      if (this.readable.state === 'errored') {
        outcome.reject(this.readable.storedError);
        return;
      }
      this.readable.controller.close();
      outcome.resolve();
    }, (error) => this.readable.controller.error(error));
  }

  abort(reason) {
    return this.finish(this.cancel, reason, (outcome) => {
      if (this.readable.state === 'errored') {
        outcome.reject(this.readable.storedError);
        return;
      }
      this.readable.controller.error(reason);
      outcome.resolve();
    }, (error) => this.readable.controller.error(error));
  }

  // Runs the last algorithm, once.
  finish(algorithm, argument, done, failed) {
    if (this.finishing !== undefined) return this.finishing.promise;
    const outcome = this.finishing = deferred();
    const running = algorithm === undefined ? Promise.resolve() :
      new Promise((resolve) => resolve(algorithm(argument)));
    this.forget();
    running.then(() => done(outcome), (error) => {
      failed(error);
      outcome.reject(error);
    });
    return outcome.promise;
  }

  // ---- The readable side ----

  pull() {
    this.setBackpressure(false);
    return this.change.promise;
  }

  cancelReadable(reason) {
    return this.finish(this.cancel, reason, (outcome) => {
      if (this.writable.state === 'errored') {
        outcome.reject(this.writable.storedError);
        return;
      }
      this.writable.controller.errorIfNeeded(reason);
      this.unblock();
      outcome.resolve();
    }, (error) => {
      this.writable.controller.errorIfNeeded(error);
      this.unblock();
    });
  }

  unblock() {
    if (this.backpressure) this.setBackpressure(false);
  }

  // ---- What the controller offers ----

  enqueue(chunk) {
    const { controller } = this.readable;
    if (!controller.mayEnqueue) throw invalidState('Unable to enqueue');
    try {
      controller.enqueue(chunk);
    } catch (error) {
      this.errorWritable(error);
      throw this.readable.storedError;
    }
    if (!controller.shouldPull() && !this.backpressure) this.setBackpressure(true);
  }

  error(error) {
    this.readable.controller.error(error);
    this.errorWritable(error);
  }

  errorWritable(error) {
    this.forget();
    this.writable.controller.errorIfNeeded(error);
    this.unblock();
  }

  terminate() {
    this.readable.controller.close();
    this.errorWritable(invalidState('TransformStream was terminated'));
  }
}

class TransformStream {
  constructor(transformer = {}, writableStrategy = {}, readableStrategy = {}) {
    transformer = checkDictionary(transformer, 'transformer');
    writableStrategy = checkDictionary(writableStrategy, 'writableStrategy');
    readableStrategy = checkDictionary(readableStrategy, 'readableStrategy');
    if (transformer.readableType !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('transformer.readableType', transformer.readableType);
    }
    if (transformer.writableType !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('transformer.writableType', transformer.writableType);
    }
    const marks = {
      readable: highWaterMarkOf(readableStrategy, 0),
      readableSize: sizeFunctionOf(readableStrategy),
      writable: highWaterMarkOf(writableStrategy, 1),
      writableSize: sizeFunctionOf(writableStrategy),
    };
    const start = methodOf(transformer, 'start');
    const transform = methodOf(transformer, 'transform');
    const flush = methodOf(transformer, 'flush');
    const cancel = methodOf(transformer, 'cancel');
    const { apply } = Reflect; // the functions' own call() is not to be trusted
    let controller;
    const core = new TransformCore({
      transform: transform && ((chunk) => apply(transform, transformer, [chunk, controller])),
      flush: flush && (() => apply(flush, transformer, [controller])),
      cancel: cancel && ((reason) => apply(cancel, transformer, [reason])),
    }, marks);
    core.face = this;
    this[kCore] = core;
    controller = new TransformStreamDefaultController(kConstruct, core);
    core.started.resolve(start === undefined ? undefined : apply(start, transformer, [controller]));
  }

  get readable() {
    return require('web/streams/readable').faceOf(checked(this).readable);
  }

  get writable() {
    return require('web/streams/writable').faceOf(checked(this).writable);
  }

  [kInspect](depth, options) {
    const core = checked(this);
    return inspectAs(this, depth, options, {
      readable: this.readable, writable: this.writable, backpressure: core.backpressure,
    });
  }
}
dress(TransformStream, ['readable', 'writable']);

function checked(stream) {
  const core = coreOf(stream, TransformCore);
  if (core === undefined || stream instanceof TransformStreamDefaultController) throw invalidThis('TransformStream');
  return core;
}

class TransformStreamDefaultController {
  constructor(token, core) {
    if (token !== kConstruct) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this[kCore] = core;
    core.controllerFace = this;
  }

  get desiredSize() {
    return checkedController(this).readable.controller.desiredSize;
  }

  enqueue(chunk = undefined) {
    checkedController(this).enqueue(chunk);
  }

  error(reason = undefined) {
    checkedController(this).error(reason);
  }

  terminate() {
    checkedController(this).terminate();
  }

  [kInspect](depth, options) {
    return inspectAs(this, depth, options, { stream: checkedController(this).face });
  }
}
dress(TransformStreamDefaultController, ['desiredSize', 'enqueue', 'error', 'terminate']);

function checkedController(controller) {
  const core = coreOf(controller, TransformCore);
  if (core === undefined || controller instanceof TransformStream) {
    throw invalidThis('TransformStreamDefaultController');
  }
  return core;
}

module.exports = { TransformStream, TransformStreamDefaultController };
