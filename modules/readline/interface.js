// SPDX-License-Identifier: MIT
//
// readline: the interface that both APIs share. It reads a stream and tells lines: from plain streams by looking for line ends, from
// terminals by keys (readline/keys, readline/dispatch, readline/editor).
//
// Ordering: a line that arrives goes to the question that waits, else to 'line'. Closing emits 'close' at once; lines that were
// read together with the one that closed the interface still come.
'use strict';

const EventEmitter = require('events');
const { StringDecoder } = require('string_decoder');
const { codes, AbortError } = require('internal/errors');
const { validateAbortSignal, validateArray, validateNumber, validateString, validateUint32 } = require('internal/validators');
const editor = require('readline/editor');

const defaultHistorySize = 30;
const leastCrlfDelay = 100;
const lineEnd = /\r\n|\n|\r|\u2028|\u2029/g;

// Called with `this`, so that subclasses and calls without `new` both work.
function initialize(iface, input, output, completer, terminal) {
  EventEmitter.call(iface);
  let options = {};
  if (input?.input) {
    options = input;
    ({ input, output, completer, terminal } = options);
  }
  const { history, historySize, escapeCodeTimeout, tabSize, prompt, signal } = check(options, completer);
  if (terminal === undefined && output !== null && output !== undefined) terminal = Boolean(output.isTTY);

  Object.defineProperty(iface, '_editing', { value: editor.newState(), enumerable: false });
  iface.isCompletionEnabled = true;
  iface.escapeCodeTimeout = escapeCodeTimeout;
  iface.tabSize = tabSize;
  iface.history = history;
  iface.historyIndex = -1;
  iface.historySize = historySize;
  iface.removeHistoryDuplicates = Boolean(options.removeHistoryDuplicates);
  iface.line = '';
  iface.cursor = 0;
  iface.output = output;
  iface.input = input;
  iface.crlfDelay = options.crlfDelay ? Math.max(leastCrlfDelay, options.crlfDelay) : leastCrlfDelay;
  iface.completer = completer;
  iface.terminal = Boolean(terminal);
  iface.paused = false;
  iface.closed = false;
  for (const [name, value] of [['_prompt', prompt], ['_oldPrompt', prompt], ['_questionCallback', null], ['_line_buffer', null],
    ['_sawReturnAt', 0], ['_sawKeyPress', false], ['_decoder', undefined], ['_questionReject', null], ['_lines', undefined]]) {
    Object.defineProperty(iface, name, { value, writable: true, enumerable: false, configurable: true });
  }

  if (iface.terminal) attachTerminal(iface);
  else attachStream(iface);
  if (signal) followSignal(iface, signal);
  input.resume();
}

function check(options, completer) {
  const { history = [], historySize = defaultHistorySize, escapeCodeTimeout = 500, tabSize = 8, prompt = '> ', signal } = options;
  if (signal) validateAbortSignal(signal, 'options.signal');
  if (completer !== undefined && typeof completer !== 'function') throw new codes.ERR_INVALID_ARG_VALUE('completer', completer);
  validateArray(history, 'history');
  validateNumber(historySize, 'historySize', 0);
  if (!Number.isFinite(escapeCodeTimeout)) throw new codes.ERR_INVALID_ARG_VALUE('input.escapeCodeTimeout', escapeCodeTimeout);
  validateUint32(tabSize, 'tabSize', true);
  return { history, historySize, escapeCodeTimeout, tabSize, prompt, signal };
}

// Listeners that go when the interface closes.
function listen(iface, emitter, listeners) {
  for (const event of Object.keys(listeners)) emitter.on(event, listeners[event]);
  iface.once('close', () => {
    for (const event of Object.keys(listeners)) emitter.removeListener(event, listeners[event]);
  });
}

function attachStream(iface) {
  iface._decoder = new StringDecoder('utf8');
  listen(iface, iface.input, {
    error: (error) => iface.emit('error', error),
    data: (chunk) => iface._normalWrite(chunk),
    end: () => {
      const rest = iface._line_buffer;
      iface._line_buffer = null;
      if (typeof rest === 'string' && rest.length > 0) iface.emit('line', rest);
      iface.close();
    },
  });
}

function attachTerminal(iface) {
  const { input, output } = iface;
  require('readline/keys').emitKeypressEvents(input, iface);
  iface.cursor = 0;
  listen(iface, input, {
    error: (error) => iface.emit('error', error),
    keypress: (text, key) => {
      iface._ttyWrite(text, key);
      // Half of a character cannot be shown; when the other half comes the line must be drawn anew.
      const code = key?.sequence?.codePointAt(0);
      if (code >= 0xd800 && code <= 0xdfff) iface._refreshLine();
    },
    end: () => {
      if (typeof iface.line === 'string' && iface.line.length > 0) iface.emit('line', iface.line);
      iface.close();
    },
  });
  iface._setRawMode(true);
  if (output !== null && output !== undefined && typeof output.on === 'function') {
    listen(iface, output, { resize: () => iface._refreshLine() });
  }
}

function followSignal(iface, signal) {
  if (signal.aborted) {
    process.nextTick(() => iface.close());
    return;
  }
  const handle = EventEmitter.addAbortListener(signal, () => iface.close());
  iface.once('close', () => handle[Symbol.dispose]());
}

function refuseClosed(iface) {
  if (iface.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
}

class Methods extends EventEmitter {
  get columns() {
    return this.output?.columns ? this.output.columns : Infinity;
  }

  // ---- The prompt ----

  setPrompt(prompt) { this._prompt = prompt; }
  getPrompt() { return this._prompt; }

  prompt(preserveCursor) {
    if (this.paused) this.resume();
    if (this.terminal && process.env.TERM !== 'dumb') {
      if (!preserveCursor) this.cursor = 0;
      this._refreshLine();
    } else {
      this._writeToOutput(this._prompt);
    }
  }

  // One question at a time: another one only shows the prompt of the first again.
  _ask(query, callback) {
    refuseClosed(this);
    if (this._questionCallback) {
      this.prompt();
      return;
    }
    this._oldPrompt = this._prompt;
    this.setPrompt(query);
    this._questionCallback = callback;
    this.prompt();
  }

  _cancelQuestion() {
    if (!this._questionCallback) return;
    this._questionCallback = null;
    this.setPrompt(this._oldPrompt);
    this.clearLine();
  }

  _onLine(line) {
    const callback = this._questionCallback;
    if (!callback) {
      this.emit('line', line);
      return;
    }
    this._questionCallback = null;
    this.setPrompt(this._oldPrompt);
    callback(line);
  }

  _writeToOutput(text) {
    validateString(text, 'stringToWrite');
    if (this.output !== null && this.output !== undefined) this.output.write(text);
  }

  // ---- The stream ----

  close() {
    if (this.closed) return;
    this.pause();
    if (this.terminal) this._setRawMode(false);
    this.closed = true;
    this.emit('close');
  }

  pause() {
    refuseClosed(this);
    if (this.paused) return this;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  }

  resume() {
    refuseClosed(this);
    if (!this.paused) return this;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  }

  write(data, key) {
    refuseClosed(this);
    if (this.paused) this.resume();
    if (this.terminal) this._ttyWrite(data, key);
    else this._normalWrite(data);
  }

  _setRawMode(mode) {
    const before = this.input.isRaw;
    if (typeof this.input.setRawMode === 'function') this.input.setRawMode(mode);
    return before;
  }

  // A carriage return ends a line at once; a line feed that follows soon belongs to it.
  _normalWrite(chunk) {
    if (chunk === undefined) return;
    let text = this._decoder.write(chunk);
    if (this._sawReturnAt && Date.now() - this._sawReturnAt <= this.crlfDelay) {
      if (text.charCodeAt(0) === 10) text = text.slice(1);
      this._sawReturnAt = 0;
    }
    lineEnd.lastIndex = 0;
    let match = lineEnd.exec(text);
    if (match === null) {
      if (text !== '') this._line_buffer = (this._line_buffer ?? '') + text;
      return;
    }
    this._sawReturnAt = text.endsWith('\r') ? Date.now() : 0;
    const lines = [];
    let start = 0;
    do {
      lines.push(text.slice(start, match.index));
      start = lineEnd.lastIndex;
      match = lineEnd.exec(text);
    } while (match !== null);
    if (this._line_buffer) lines[0] = this._line_buffer + lines[0];
    this._line_buffer = start < text.length ? text.slice(start) : null;
    for (let i = 0; i < lines.length; i++) this._onLine(lines[i]);
  }

  // ---- Keys ----

  _ttyWrite(text, key) {
    const { write, writeDumb } = require('readline/dispatch');
    if (process.env.TERM === 'dumb') writeDumb(this, text, key ?? {});
    else write(this, text, key ?? {});
  }

  _return() {
    this._sawReturnAt = Date.now();
    this._line();
  }

  _enter() {
    if (this._sawReturnAt === 0 || Date.now() - this._sawReturnAt > this.crlfDelay) this._line();
    this._sawReturnAt = 0;
  }

  _interrupt() {
    if (this.listenerCount('SIGINT') > 0) {
      this.emit('SIGINT');
      return;
    }
    this._abandon('Aborted with Ctrl+C');
  }

  _deleteOrClose() {
    if (this.cursor === 0 && this.line.length === 0) this._abandon('Aborted with Ctrl+D');
    else this._deleteRight();
  }

  // The user leaves: a promise that waits for an answer must know.
  _abandon(reason) {
    const reject = this._questionReject;
    this._questionReject = null;
    if (reject) reject(new AbortError(reason));
    this.close();
  }

  _suspend() {
    if (this.listenerCount('SIGTSTP') > 0) {
      this.emit('SIGTSTP');
      return;
    }
    process.once('SIGCONT', () => {
      if (!this.paused) {
        this.pause();
        this.emit('SIGCONT');
      }
      this._setRawMode(true);
      this._refreshLine();
    });
    this._setRawMode(false);
    process.kill(process.pid, 'SIGTSTP');
  }

  // ---- Iteration ----

  [Symbol.asyncIterator]() {
    if (this._lines === undefined) {
      const { on, kFirst } = require('events/iterator');
      this._lines = on(this, 'line', { close: ['close'], highWaterMark: 1024, [kFirst]: true });
    }
    return this._lines;
  }

  [Symbol.dispose]() { this.close(); }
}

for (const name of Object.keys(editor.methods)) {
  Object.defineProperty(Methods.prototype, name, { value: editor.methods[name], writable: true, configurable: true, enumerable: false });
}
Methods.prototype._getCursorPos = editor.methods.getCursorPos;
Object.defineProperty(Methods.prototype, '_getCursorPos', { enumerable: false });

// The base of both classes, callable without `new` by those who inherit from it.
function Interface(input, output, completer, terminal) {
  initialize(this, input, output, completer, terminal);
}
Object.setPrototypeOf(Interface, EventEmitter);
Interface.prototype = Methods.prototype;
Object.defineProperty(Interface.prototype, 'constructor', { value: Interface, writable: true, configurable: true, enumerable: false });

module.exports = { Interface };
