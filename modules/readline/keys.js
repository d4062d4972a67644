// SPDX-License-Identifier: MIT
//
// readline: 'keypress' events. A machine takes the characters of a terminal's input one at a time and finds the keys in them: single
// characters, control characters, and the escape sequences of xterm, gnome-terminal, rxvt, putty and the Linux console.
//
// A lone escape character may be the start of a sequence or the Escape key: the caller decides by time and calls flush().
'use strict';

const { StringDecoder } = require('string_decoder');

const kDecoder = Symbol('keypressDecoder');
const kKeys = Symbol('keys');
const ESCAPE = '\x1b';

// By the sequence without its modifiers.
const names = {
  '__proto__': null,
  'OP': 'f1', 'OQ': 'f2', 'OR': 'f3', 'OS': 'f4', // xterm, gnome
  '[P': 'f1', '[Q': 'f2', '[R': 'f3', '[S': 'f4',
  '[11~': 'f1', '[12~': 'f2', '[13~': 'f3', '[14~': 'f4', // xterm, rxvt
  '[[A': 'f1', '[[B': 'f2', '[[C': 'f3', '[[D': 'f4', '[[E': 'f5', // Linux console
  '[15~': 'f5', '[17~': 'f6', '[18~': 'f7', '[19~': 'f8', '[20~': 'f9', '[21~': 'f10', '[23~': 'f11', '[24~': 'f12',
  '[200~': 'paste-start', '[201~': 'paste-end',
  '[A': 'up', '[B': 'down', '[C': 'right', '[D': 'left', '[E': 'clear', '[F': 'end', '[H': 'home',
  'OA': 'up', 'OB': 'down', 'OC': 'right', 'OD': 'left', 'OE': 'clear', 'OF': 'end', 'OH': 'home',
  '[1~': 'home', '[2~': 'insert', '[3~': 'delete', '[4~': 'end', '[5~': 'pageup', '[6~': 'pagedown',
  '[[5~': 'pageup', '[[6~': 'pagedown', // putty
  '[7~': 'home', '[8~': 'end', // rxvt
  '[a': 'up', '[b': 'down', '[c': 'right', '[d': 'left', '[e': 'clear', // rxvt with shift
  '[2$': 'insert', '[3$': 'delete', '[5$': 'pageup', '[6$': 'pagedown', '[7$': 'home', '[8$': 'end',
  'Oa': 'up', 'Ob': 'down', 'Oc': 'right', 'Od': 'left', 'Oe': 'clear', // rxvt with control
  '[2^': 'insert', '[3^': 'delete', '[5^': 'pageup', '[6^': 'pagedown', '[7^': 'home', '[8^': 'end',
  '[Z': 'tab',
};
const shifted = /^\[(?:[a-eZ]|[2-8]\$)$/;
const controlled = /^(?:O[a-e]|\[[2-8]\^)$/;

// What single characters are called.
const plain = { '__proto__': null, '\r': 'return', '\n': 'enter', '\t': 'tab', '\b': 'backspace', '\x7f': 'backspace', '\x1b': 'escape', ' ': 'space' };

// The states of the machine: where in a sequence the next character is.
const START = 0;
const ESCAPED = 1; // after one escape character
const ESCAPED_TWICE = 2;
const SS3 = 3; // after ESC O
const SS3_MODIFIED = 4; // after ESC O digit
const CSI = 5; // after ESC [
const CSI_CONSOLE = 6; // after ESC [ [
const CSI_NUMBER = 7; // in the digits
const CSI_MODIFIER = 8; // after the semicolon

class KeyMachine {
  constructor(stream) {
    this.stream = stream;
    this.reset();
  }

  reset() {
    this.state = START;
    this.sequence = '';
    this.escaped = false;
    this.code = '';
    this.command = ''; // what follows the code: digits, semicolon, final character
    this.modifier = 0;
  }

  // May throw what a listener throws; the machine is then at its start.
  feed(character) {
    this.sequence += character;
    switch (this.state) {
      case START:
        if (character !== ESCAPE) return this.single(character);
        this.escaped = true;
        this.state = ESCAPED;
        return;
      case ESCAPED:
        if (character === ESCAPE) {
          this.state = ESCAPED_TWICE;
          return;
        }
        return this.afterEscape(character);
      case ESCAPED_TWICE: return this.afterEscape(character);
      case SS3:
        if (character >= '0' && character <= '9') {
          this.modifier = character - 1;
          this.state = SS3_MODIFIED;
          return;
        }
        return this.function(`O${character}`);
      case SS3_MODIFIED: return this.function(`O${character}`);
      default: return this.inCsi(character);
    }
  }

  // No more characters came: an escape character alone is the Escape key.
  flush() {
    if (this.state === ESCAPED || this.state === ESCAPED_TWICE) this.single('');
  }

  afterEscape(character) {
    if (character === 'O') this.state = SS3;
    else if (character === '[') {
      this.code = '[';
      this.state = CSI;
    } else this.single(character);
  }

  inCsi(character) {
    if (this.state === CSI && character === '[') {
      this.code = '[[';
      this.state = CSI_CONSOLE;
      return;
    }
    this.command += character;
    const digit = character >= '0' && character <= '9';
    if (this.state === CSI_MODIFIER ? digit && this.command.at(-2) === ';' : digit && this.command.length <= 3) {
      if (this.state !== CSI_MODIFIER) this.state = CSI_NUMBER;
      return;
    }
    if (this.state === CSI_NUMBER && character === ';') {
      this.state = CSI_MODIFIER;
      return;
    }
    this.finishCsi();
  }

  // number [; modifier] final, or [number ;] modifier letter
  finishCsi() {
    const { command } = this;
    let match = /^(?:(\d\d?)(?:;(\d))?([~^$])|(\d{3}~))$/.exec(command);
    if (match !== null) {
      if (match[4] !== undefined) return this.function(this.code + match[4]);
      this.modifier = (match[2] ?? 1) - 1;
      return this.function(this.code + match[1] + match[3]);
    }
    match = /^(?:(?:\d;)?(\d))?([A-Za-z])$/.exec(command);
    if (match === null) return this.function(this.code + command);
    this.modifier = (match[1] ?? 1) - 1;
    return this.function(this.code + match[2]);
  }

  function(code) {
    const { sequence, modifier } = this;
    const key = {
      sequence,
      name: names[code] ?? 'undefined',
      ctrl: (modifier & 4) !== 0 || controlled.test(code),
      meta: (modifier & 10) !== 0,
      shift: (modifier & 1) !== 0 || shifted.test(code),
      code,
    };
    this.reset();
    this.stream.emit('keypress', undefined, key);
  }

  single(character) {
    const { sequence, escaped } = this;
    const key = { sequence, name: undefined, ctrl: false, meta: false, shift: false };
    if (character in plain) {
      key.name = plain[character];
      key.meta = escaped;
    } else if (!escaped && character <= '\x1a' && character !== '') {
      key.name = String.fromCharCode(character.charCodeAt(0) + 96);
      key.ctrl = true;
    } else if (/^[0-9A-Za-z]$/.test(character)) {
      key.name = character.toLowerCase();
      key.shift = character >= 'A' && character <= 'Z';
      key.meta = escaped;
    } else if (escaped) {
      key.name = character === '' ? 'escape' : undefined;
      key.meta = true;
    }
    this.reset();
    this.stream.emit('keypress', escaped ? undefined : sequence, key);
  }
}

// `iface` is the interface that reads the stream, if any: it learns whether a character came alone (typed) or not (pasted).
function emitKeypressEvents(stream, iface = {}) {
  if (stream[kDecoder]) return;
  const decoder = stream[kDecoder] = new StringDecoder('utf8');
  const machine = stream[kKeys] = new KeyMachine(stream);
  let timer;

  function onData(chunk) {
    if (stream.listenerCount('keypress') === 0) {
      // Nobody listens any more. Look out for somebody who does.
      stream.removeListener('data', onData);
      stream.on('newListener', onNewListener);
      return;
    }
    const text = decoder.write(chunk);
    if (!text) return;
    clearTimeout(timer);
    iface._sawKeyPress = text.length === (text.codePointAt(0) > 0xffff ? 2 : 1);
    iface.isCompletionEnabled = false;
    let done = 0;
    for (const character of text) {
      done += character.length;
      const last = done === text.length;
      if (last) iface.isCompletionEnabled = true;
      try {
        machine.feed(character);
      } catch (error) {
        machine.reset();
        throw error;
      }
      if (last && character === ESCAPE) timer = setTimeout(() => machine.flush(), iface.escapeCodeTimeout ?? 500);
    }
  }

  function onNewListener(event) {
    if (event !== 'keypress') return;
    stream.on('data', onData);
    stream.removeListener('newListener', onNewListener);
  }

  if (stream.listenerCount('keypress') > 0) stream.on('data', onData);
  else stream.on('newListener', onNewListener);
}

module.exports = { emitKeypressEvents };
