// SPDX-License-Identifier: MIT
//
// The accessors that stand for a context's global names on the engine's global object, and lead to the program's
// object. They are what most of the context's code meets, so they are short; the compilers inline them. This file is
// sloppy code: writing to what cannot be written is an error only where the writer is strict code.
/* eslint strict: off */

// A name of a context.
function Name(text, builtin) {
  this.text = text;
  this.builtin = builtin; // the descriptor of the built-in that stood under this name, or undefined
  this.declared = false; // by var or function
  this.getter = undefined;
  this.strict = false; // the code that runs now writes to it in strict mode
}

// `missing` and `refused` are the slow ends: a value that is undefined, a write that strict code makes.
function accessorFor(context, name) {
  const { object } = context;
  const { text } = name;
  const accessor = {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const value = object[text];
      if (value === undefined) return context.missing(name);
      return value === object ? context.proxy : value;
    },
    set(value) {
      if (name.strict) context.write(name, value);
      else object[text] = value;
    },
  };
  name.getter = accessor.get;
  return accessor;
}

module.exports = { Name, accessorFor };
