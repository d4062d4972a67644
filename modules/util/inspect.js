// SPDX-License-Identifier: MIT
//
// util.inspect: any value as text, for people. This file owns the options, the walk (depth, cycles, custom
// inspectors, proxies) and properties; util/inspect_kinds knows each kind of object, util/inspect_errors
// errors, util/inspect_layout how pieces are laid out, util/inspect_text strings and colours.
//
// Idea: one Printer per call. It produces text bottom up: every object yields a list of finished pieces and a
// frame (braces and what stands before them), and layout joins them. User code runs only where the
// documentation says so (custom inspectors, getters when asked); the walk never triggers proxy traps.

'use strict';

const { getProxyDetails, kindOf, kinds } = require('util/peek');
const text = require('util/inspect_text');
const { LIST, OBJECT, assemble } = require('util/inspect_layout');

const custom = Symbol.for('nodejs.util.inspect.custom');

const defaultOptions = Object.seal({
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
});

let inspectKinds; // loaded with the first object

// From this depth on, a set answers faster than the list.
const DEEP = 24;

// An output this long stops descending any further, so that memory stays bounded.
const MOST_CHARACTERS = 2 ** 27;
 
const PLAIN_KEY = /^[a-zA-Z_][a-zA-Z_0-9]*$/;
const KEY_ESCAPES = /[\u0000-\u001f'\\\u007f-\u009f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const hasOwn = Object.prototype.hasOwnProperty;
const isEnumerable = Object.prototype.propertyIsEnumerable;

class Printer {
  constructor(options) {
    this.showHidden = defaultOptions.showHidden;
    this.depth = defaultOptions.depth;
    this.colors = defaultOptions.colors;
    this.customInspect = defaultOptions.customInspect;
    this.showProxy = defaultOptions.showProxy;
    this.maxArrayLength = defaultOptions.maxArrayLength;
    this.maxStringLength = defaultOptions.maxStringLength;
    this.breakLength = defaultOptions.breakLength;
    this.compact = defaultOptions.compact;
    this.sorted = defaultOptions.sorted;
    this.getters = defaultOptions.getters;
    this.numericSeparator = defaultOptions.numericSeparator;
    this.stylize = text.plain;
    this.userOptions = undefined; // what the caller passed beyond the known options
    this.indentation = 0; // columns in front of the text being made
    this.deepest = 0; // depth of the last container that was entered
    this.stack = []; // the containers around the current value
    this.open = undefined; // Set of the same, once there are many
    this.protoNames = undefined; // Map: prototype -> name of its constructor, for this call
    this.cycles = undefined; // Map: object that refers to itself -> its number
    this.budget = undefined; // characters made so far, by indentation
    if (options !== undefined && options !== null) this.adopt(options);
    if (this.colors) this.stylize = text.paint;
    if (this.maxArrayLength === null) this.maxArrayLength = Infinity;
    if (this.maxStringLength === null) this.maxStringLength = Infinity;
  }

  adopt(options) {
    for (const key of Object.keys(options)) {
      if (hasOwn.call(defaultOptions, key) || key === 'stylize') this[key] = options[key];
      else this.userOptions ??= options;
    }
  }

  // The options as handed to a custom inspector: a copy, so that changes stay without effect.
  optionsForUser(foreign) {
    const options = {
      stylize: this.stylize,
      showHidden: this.showHidden,
      depth: this.depth,
      colors: this.colors,
      customInspect: this.customInspect,
      showProxy: this.showProxy,
      maxArrayLength: this.maxArrayLength,
      maxStringLength: this.maxStringLength,
      breakLength: this.breakLength,
      compact: this.compact,
      sorted: this.sorted,
      getters: this.getters,
      numericSeparator: this.numericSeparator,
      ...this.userOptions,
    };
    return foreign ? withoutRealm(options, this.stylize) : options;
  }

  // ---- Values ----

  // `inTyped`: the value is the buffer of a typed array that is being shown, which omits its contents.
  print(value, depth, inTyped = false) {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
      return this.primitive(value);
    }
    const shown = value; // what a custom inspector sees as `this`
    let proxied = false;
    let kind = kindOf(value);
    while (kind === kinds.Proxy) {
      const details = getProxyDetails(value, true);
      if (details[0] === null) return this.stylize('<Revoked Proxy>', 'special');
      if (this.showProxy) return this.proxy(details, depth);
      proxied = true;
      value = details[0];
      kind = kindOf(value);
    }
    if (this.customInspect) {
      const out = this.viaCustom(value, shown, depth, proxied);
      if (out !== undefined) return out;
    }
    if (this.isOpen(value)) {
      this.cycles ??= new Map();
      let number = this.cycles.get(value);
      if (number === undefined) {
        number = this.cycles.size + 1;
        this.cycles.set(value, number);
      }
      return this.stylize(`[Circular *${number}]`, 'special');
    }
    return this.object(value, depth, inTyped, kind);
  }

  viaCustom(value, shown, depth, proxied) {
    const inspector = value[custom];
    // A class's prototype inherits the inspector but is no instance.
    if (typeof inspector !== 'function' || inspector === inspect || isPrototype(value)) return undefined;
    const left = this.depth === null ? null : this.depth - depth;
    const foreign = proxied || !(shown instanceof Object);
    const result = inspector.call(shown, left, this.optionsForUser(foreign), inspect);
    if (result === shown) return undefined;
    if (typeof result !== 'object') return `${String(result)}`.replaceAll('\n', `\n${this.margin()}`);
    return this.print(result, depth);
  }

  proxy(details, depth) {
    if (depth > this.depth && this.depth !== null) return this.stylize('Proxy [Array]', 'special');
    depth++;
    this.indentation += 2;
    this.deepest = depth;
    const pieces = [this.print(details[0], depth), this.print(details[1], depth)];
    this.indentation -= 2;
    return assemble(this, pieces, { open: 'Proxy [', close: ']', base: '' }, LIST, depth, details);
  }

  // What is most often no object.
  simple(value, depth) {
    return typeof value === 'function' ? this.print(value, depth) : this.primitive(value);
  }

  primitive(value) {
    const { stylize } = this;
    switch (typeof value) {
      case 'string': return this.string(value);
      case 'number': return stylize(text.numberText(value, this.numericSeparator), 'number');
      case 'bigint': return stylize(text.bigintText(value, this.numericSeparator), 'bigint');
      case 'boolean': return stylize(`${value}`, 'boolean');
      case 'undefined': return stylize('undefined', 'undefined');
      case 'symbol': return stylize(Symbol.prototype.toString.call(value), 'symbol');
      default: return stylize('null', 'null');
    }
  }

  string(value) {
    let trailer = '';
    if (value.length > this.maxStringLength) {
      const left = value.length - this.maxStringLength;
      value = value.slice(0, this.maxStringLength);
      trailer = `... ${left} more character${left > 1 ? 's' : ''}`;
    }
    // Long texts of several lines become a sum of lines.
    if (this.compact !== true && value.length > 16 &&
        value.length > this.breakLength - this.indentation - 4 && value.includes('\n')) {
      const lines = value.split(/(?<=\n)/);
      const glue = ` +\n${' '.repeat(this.indentation + 2)}`;
      return lines.map((line) => this.stylize(text.quote(line), 'string')).join(glue) + trailer;
    }
    return this.stylize(text.quote(value), 'string') + trailer;
  }

  // The same view without colours, for text that is painted as a whole.
  withoutColors() {
    return this.colors ? { __proto__: this, stylize: text.plain } : this;
  }

  // A name that is no string.
  plainText(value) {
    return typeof value === 'symbol' ? Symbol.prototype.toString.call(value) : `${value}`;
  }

  margin() {
    return ' '.repeat(this.indentation);
  }

  // ---- Objects ----

  // Whether the value is one of those around the current one. Deep stacks get a set beside the list.
  isOpen(value) {
    const { stack } = this;
    if (stack.length < DEEP) return stack.includes(value);
    this.open ??= new Set(stack);
    return this.open.has(value);
  }

  object(value, depth, inTyped, kind) {
    inspectKinds ??= require('util/inspect_kinds');
    const inherited = this.showHidden && (depth <= this.depth || this.depth === null) ? [] : undefined;
    const named = inspectKinds.constructorName(this, value, depth, inherited);
    const props = inherited !== undefined && inherited.length !== 0 ? inherited : undefined;
    const tag = tagOf(this, value, named);
    const shape = inspectKinds.classify(this, value, named, tag, props !== undefined, depth, inTyped, kind);
    if (typeof shape === 'string') return shape;
    if (depth > this.depth && this.depth !== null) {
      const name = inspectKinds.prefix(named, tag, inspectKinds.shortName(value)).slice(0, -1);
      return this.stylize(named === null ? name : `[${name}]`, 'special');
    }
    return this.container(value, depth + 1, shape, props);
  }

  container(value, depth, shape, inherited) {
    const { stack } = this;
    const outside = this.indentation;
    stack.push(value);
    if (this.open !== undefined) this.open.add(value);
    this.deepest = depth;
    let pieces;
    let own;
    try {
      pieces = shape.pieces(this, value, depth, shape);
      own = pieces.length;
      const keyed = shape.kind === LIST;
      for (const key of shape.keys) pieces.push(this.property(value, depth, key, keyed));
      if (inherited !== undefined) this.inherited(value, depth, inherited, pieces);
    } catch (error) {
      if (!isStackOverflow(error)) throw error;
      stack.length = stack.lastIndexOf(value);
      this.open = undefined;
      this.indentation = outside;
      const name = require('util/inspect_kinds').shortName(value);
      return this.stylize(
        `[${name}: Inspection interrupted prematurely. Maximum call stack size exceeded.]`, 'special');
    }
    this.markCycle(value, shape);
    stack.pop();
    if (this.open !== undefined) this.open.delete(value);
    if (this.sorted) pieces = this.sort(pieces, own, shape.kind);
    const out = assemble(this, pieces, shape, shape.kind, depth, value);
    this.spend(out);
    return out;
  }

  // Puts <ref *n> in front of an object that something inside refers to.
  markCycle(value, shape) {
    if (this.cycles === undefined) return;
    const number = this.cycles.get(value);
    if (number === undefined) return;
    const mark = this.stylize(`<ref *${number}>`, 'special');
    if (this.compact === true) shape.open = `${mark} ${shape.open}`;
    else shape.base = shape.base === '' ? mark : `${mark} ${shape.base}`;
  }

  sort(pieces, own, kind) {
    const order = this.sorted === true ? undefined : this.sorted;
    if (kind === OBJECT) return pieces.sort(order);
    if (pieces.length - own < 2) return pieces;
    return [...pieces.slice(0, own), ...pieces.slice(own).sort(order)];
  }

  spend(out) {
    this.budget ??= {};
    const total = (this.budget[this.indentation] || 0) + out.length;
    this.budget[this.indentation] = total;
    if (total > MOST_CHARACTERS) this.depth = -1;
  }

  // ---- Properties ----

  property(value, depth, key, inList, receiver = value) {
    const desc = Object.getOwnPropertyDescriptor(value, key) ||
      { value: value[key], configurable: true, enumerable: true };
    return this.describe(desc, depth, key, inList, receiver);
  }

  describe(desc, depth, key, inList, receiver, hiddenName = false) {
    let shown;
    let gap = ' ';
    if (desc.value !== undefined) {
      const step = this.compact !== true || inList ? 2 : 3;
      this.indentation += step;
      shown = this.print(desc.value, depth);
      if (step === 3 && this.breakLength < text.stringWidth(shown, this.colors)) {
        gap = `\n${this.margin()}`;
      }
      this.indentation -= step;
    } else if (desc.get !== undefined) {
      shown = this.accessor(desc, depth, receiver);
    } else if (desc.set !== undefined) {
      shown = this.stylize('[Setter]', 'special');
    } else {
      shown = this.stylize('undefined', 'undefined');
    }
    return `${this.key(key, desc.enumerable && !hiddenName)}:${gap}${shown}`;
  }

  key(key, enumerable) {
    let name;
    if (typeof key === 'symbol') {
      name = Symbol.prototype.toString.call(key);
      if (KEY_ESCAPES.test(name)) name = text.quote(name).slice(1, -1);
      name = this.stylize(name, 'symbol');
    } else if (key === '__proto__') {
      name = "['__proto__']";
    } else if (PLAIN_KEY.test(key)) {
      name = this.stylize(key, 'name');
    } else {
      name = this.stylize(text.quote(key), 'string');
    }
    return enumerable ? name : `[${name}]`;
  }

  accessor(desc, depth, receiver) {
    const { stylize } = this;
    const both = desc.set !== undefined;
    const label = both ? 'Getter/Setter' : 'Getter';
    const wanted = this.getters === true || (this.getters === 'get' && !both) ||
      (this.getters === 'set' && both) || (this.getters && typeof this.getters !== 'string');
    if (!wanted) return stylize(`[${label}]`, 'special');
    this.indentation += 2;
    const outside = this.indentation;
    const height = this.stack.length;
    try {
      const result = desc.get.call(receiver);
      if (typeof result === 'object' && result !== null) {
        return `${stylize(`[${label}]`, 'special')} ${this.print(result, depth)}`;
      }
      return `${stylize(`[${label}:`, 'special')} ${this.print(result, depth)}${stylize(']', 'special')}`;
    } catch (error) {
      this.indentation = outside;
      this.stack.length = height;
      this.open = undefined;
      return stylize(`[${label}: <Inspection threw (${this.print(error, depth)})>]`, 'special');
    } finally {
      this.indentation -= 2;
    }
  }

  // Properties of the prototypes of user classes, shown dim with showHidden.
  inherited(value, depth, entries, pieces) {
    for (const [key, desc] of entries) {
      const line = this.describe(desc, depth, key, false, value);
      pieces.push(this.colors ? `\u001b[2m${line}\u001b[22m` : line);
    }
  }
}

// ---- Helpers of the walk ----

function isPrototype(value) {
  const ctor = value.constructor;
  return Boolean(ctor) && ctor.prototype === value;
}

function isStackOverflow(error) {
  // No regular expression here: there is hardly any stack left.
  return error instanceof RangeError &&
    (error.message === 'Maximum call stack size exceeded.' || error.message === 'Maximum call stack size exceeded');
}

// Symbol.toStringTag, where it says more than the constructor's name and is not shown as a property anyway.
function tagOf(view, value, named) {
  let tag;
  try {
    tag = value[Symbol.toStringTag];
  } catch {
    return '';
  }
  if (typeof tag !== 'string' || tag === '') return '';
  const own = view.showHidden ? hasOwn : isEnumerable;
  if (own.call(value, Symbol.toStringTag)) return '';
  if (named !== null && saysTag(named, tag)) return '';
  return tag;
}

// Whether a class name contains the tag as one of its words: FooSet and SetFoo do, Settings does not.
function saysTag(name, tag) {
  for (let at = name.indexOf(tag); at !== -1; at = name.indexOf(tag, at + 1)) {
    const next = name.charCodeAt(at + tag.length);
    if (next !== next || (next >= 65 && next <= 90)) return true;
  }
  return false;
}

// For inspectors of another realm: nothing of this realm may be reachable from what they get.
function withoutRealm(options, stylize) {
  const bare = Object.setPrototypeOf({ ...options }, null);
  for (const key of Object.keys(bare)) {
    const item = bare[key];
    if ((typeof item === 'object' || typeof item === 'function') && item !== null) delete bare[key];
  }
  bare.stylize = Object.setPrototypeOf((value, flavour) => {
    let out;
    try {
      out = `${stylize(value, flavour)}`;
    } catch {
      // Falls through to the text as it is.
    }
    return typeof out === 'string' ? out : value;
  }, null);
  delete bare.stylize.prototype;
  delete bare.stylize.name;
  delete bare.stylize.length;
  return bare;
}

// ---- The public function ----

function inspect(value, opts) {
  if (arguments.length > 1 && (typeof opts !== 'object' || opts === null)) {
    return legacy(arguments);
  }
  return new Printer(opts).print(value, 0);
}

// The old signature: inspect(value, showHidden, depth, colors).
function legacy(args) {
  const options = {};
  if (args.length >= 3) {
    if (args[2] !== undefined) options.depth = args[2];
    if (args.length >= 4 && args[3] !== undefined) options.colors = args[3];
  }
  if (typeof args[1] === 'boolean') {
    options.showHidden = args[1];
  }
  return new Printer(options).print(args[0], 0);
}

inspect.custom = custom;

Object.defineProperty(inspect, 'defaultOptions', {
  get() { return defaultOptions; },
  set(options) {
    require('internal/validators').validateObject(options, 'options');
    Object.assign(defaultOptions, options);
  },
});

inspect.colors = text.colors;
inspect.styles = text.styles;

// For console and the prompt: the same options, already read.
function inspectWith(value, options) {
  return new Printer(options).print(value, 0);
}

module.exports = {
  Printer,
  inspect,
  inspectDefaultOptions: defaultOptions,
  inspectWith,
  stripVTControlCharacters: stripVT,
  getStringWidth: text.stringWidth,
  get format() { return require('util/format').format; },
  get formatWithOptions() { return require('util/format').formatWithOptions; },
};

function stripVT(value) {
  require('internal/validators').validateString(value, 'str');
  return text.stripControl(value);
}
