// SPDX-License-Identifier: MIT
//
// Named channels for diagnostics, and tracing channels that bundle five of them. Idea: publishing must cost nothing
// without subscribers, so a channel keeps one list (undefined while nobody listens) that is replaced, never changed;
// a publish in progress keeps its own list. A channel lives as long as somebody holds it or listens to it.

'use strict';

const { codes } = require('internal/errors');

// ---- The registry: name -> weak reference; `active` keeps channels with listeners alive ----

const channels = new Map();
const active = new Set();
const collected = new FinalizationRegistry((name) => {
  if (channels.get(name)?.deref() === undefined) channels.delete(name);
});

class Channel {
  constructor(name) {
    this._subscribers = undefined;
    this._stores = undefined;
    this.name = name;
    channels.set(name, new WeakRef(this));
    collected.register(this, name);
  }

  get hasSubscribers() {
    return this._subscribers !== undefined || this._stores !== undefined;
  }

  subscribe(subscription) {
    require('internal/validators').validateFunction(subscription, 'subscription');
    this._subscribers = this._subscribers === undefined ? [subscription] : [...this._subscribers, subscription];
    active.add(this);
  }

  unsubscribe(subscription) {
    const list = this._subscribers;
    const at = list === undefined ? -1 : list.indexOf(subscription);
    if (at === -1) return false;
    this._subscribers = list.length === 1 ? undefined : list.toSpliced(at, 1);
    if (!this.hasSubscribers) active.delete(this);
    return true;
  }

  bindStore(store, transform) {
    this._stores = new Map(this._stores).set(store, transform);
    active.add(this);
  }

  unbindStore(store) {
    if (this._stores === undefined || !this._stores.has(store)) return false;
    const stores = new Map(this._stores);
    stores.delete(store);
    this._stores = stores.size === 0 ? undefined : stores;
    if (!this.hasSubscribers) active.delete(this);
    return true;
  }

  publish(data) {
    const list = this._subscribers;
    if (list === undefined) return;
    for (let i = 0; i < list.length; i++) {
      const onMessage = list[i];
      try {
        onMessage(data, this.name);
      } catch (error) {
        throwLater(error);
      }
    }
  }

  // fn inside the stores that are bound, after publishing inside them too.
  runStores(data, fn, thisArg, ...args) {
    let run = () => {
      this.publish(data);
      return Reflect.apply(fn, thisArg, args);
    };
    if (this._stores !== undefined) {
      for (const [store, transform] of this._stores) run = within(run, store, transform, data);
    }
    return run();
  }
}

function within(next, store, transform, data) {
  return () => {
    let context = data;
    if (transform) {
      try {
        context = transform(data);
      } catch (error) {
        throwLater(error);
        return next();
      }
    }
    return store.run(context, next);
  };
}

// A listener that throws stops neither the others nor who published: its error is uncaught at the next tick.
function throwLater(error) {
  process.nextTick(() => {
    throw error;
  });
}

function channel(name) {
  const known = channels.get(name)?.deref();
  if (known !== undefined) return known;
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    throw new codes.ERR_INVALID_ARG_TYPE('channel', ['string', 'symbol'], name);
  }
  return new Channel(name);
}

function subscribe(name, subscription) {
  return channel(name).subscribe(subscription);
}

function unsubscribe(name, subscription) {
  return channel(name).unsubscribe(subscription);
}

function hasSubscribers(name) {
  return channels.get(name)?.deref()?.hasSubscribers ?? false;
}

// ---- Tracing ----

const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

function partOf(nameOrChannels, event) {
  if (typeof nameOrChannels === 'string') return channel(`tracing:${nameOrChannels}:${event}`);
  if (typeof nameOrChannels === 'object' && nameOrChannels !== null) {
    const part = nameOrChannels[event];
    // As documented by its error: an empty bundle is no object to take a channel from.
    if (part === undefined) throw new TypeError('Cannot convert undefined or null to object');
    if (!(part instanceof Channel)) {
      throw new codes.ERR_INVALID_ARG_TYPE(`nameOrChannels.${event}`, ['Channel'], part);
    }
    return part;
  }
  throw new codes.ERR_INVALID_ARG_TYPE('nameOrChannels', ['string', 'TracingChannel', 'Object'], nameOrChannels);
}

class TracingChannel {
  constructor(nameOrChannels) {
    for (const event of EVENTS) {
      Object.defineProperty(this, event, { value: partOf(nameOrChannels, event) });
    }
  }

  get hasSubscribers() {
    return this.start.hasSubscribers || this.end.hasSubscribers || this.asyncStart.hasSubscribers ||
      this.asyncEnd.hasSubscribers || this.error.hasSubscribers;
  }

  subscribe(handlers) {
    for (const event of EVENTS) if (handlers[event]) this[event].subscribe(handlers[event]);
  }

  unsubscribe(handlers) {
    let done = true;
    for (const event of EVENTS) {
      if (handlers[event] && !this[event].unsubscribe(handlers[event])) done = false;
    }
    return done;
  }

  traceSync(fn, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const { start, end, error } = this;
    return start.runStores(context, () => {
      try {
        const result = Reflect.apply(fn, thisArg, args);
        context.result = result;
        return result;
      } catch (thrown) {
        context.error = thrown;
        error.publish(context);
        throw thrown;
      } finally {
        end.publish(context);
      }
    });
  }

  tracePromise(fn, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const { start, end, asyncStart, asyncEnd, error } = this;
    const settled = () => {
      asyncStart.publish(context);
      // A continuation has no place of its own to end in.
      asyncEnd.publish(context);
    };
    return start.runStores(context, () => {
      try {
        let promise = Reflect.apply(fn, thisArg, args);
        if (!(promise instanceof Promise)) promise = Promise.resolve(promise);
        return promise.then((result) => {
          context.result = result;
          settled();
          return result;
        }, (reason) => {
          context.error = reason;
          error.publish(context);
          settled();
          return Promise.reject(reason);
        });
      } catch (thrown) {
        context.error = thrown;
        error.publish(context);
        throw thrown;
      } finally {
        end.publish(context);
      }
    });
  }

  traceCallback(fn, position = -1, context = {}, thisArg, ...args) {
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const { start, end, asyncStart, asyncEnd, error } = this;
    const callback = args.at(position);
    require('internal/validators').validateFunction(callback, 'callback');
    function traced(failure, result) {
      if (failure) {
        context.error = failure;
        error.publish(context);
      } else {
        context.result = result;
      }
      asyncStart.runStores(context, () => {
        try {
          return Reflect.apply(callback, this, arguments);
        } finally {
          asyncEnd.publish(context);
        }
      });
    }
    args.splice(position, 1, traced);
    return start.runStores(context, () => {
      try {
        return Reflect.apply(fn, thisArg, args);
      } catch (thrown) {
        context.error = thrown;
        error.publish(context);
        throw thrown;
      } finally {
        end.publish(context);
      }
    });
  }
}

function tracingChannel(nameOrChannels) {
  return new TracingChannel(nameOrChannels);
}

module.exports = { channel, hasSubscribers, subscribe, tracingChannel, unsubscribe, Channel };

require('internal/diagnostics').loaded(module.exports);
