// SPDX-License-Identifier: MIT
//
// What the options of the command line are set to: getOptionValue for everyone. The table of options and its parser are
// in internal/command_line.
'use strict';

const values = new Map(); // of the options that were given

// Defaults of what every start asks, so that the table stays unloaded.
const atStart = {
  '__proto__': null,
  '--check': false,
  '--conditions': 'list',
  '--experimental-detect-module': true,
  '--experimental-loader': 'list',
  '--experimental-require-module': true,
  '--experimental-transform-types': false,
  '--import': 'list',
  '--input-type': '',
  '--pending-deprecation': false,
  '--preserve-symlinks': false,
  '--preserve-symlinks-main': false,
  '--require': 'list',
  '--strip-types': true,
  '--trace-exit': false,
  '--trace-require-module': '',
};

function getOptionValue(name) {
  const value = values.get(name);
  if (value !== undefined) return value;
  const known = atStart[name];
  if (known === undefined) return require('internal/command_line').defaultOf(name);
  return known === 'list' ? [] : known;
}

// The work of the command line. Returns { done } when it was all that was asked for, else { action, script, ... }.
function parseCommandLine() {
  const words = binding('env').argv;
  if (words.length > 1 && words[1] !== '' && words[1][0] !== '-' && !process.env.NODE_OPTIONS) {
    process.execArgv = [];
    process.argv = [process.execPath].concat(words.slice(1));
    return { action: 'script', script: words[1] };
  }
  return require('internal/command_line').parseCommandLine();
}

module.exports = { values, getOptionValue, parseCommandLine, setOptionValue(name, value) { values.set(name, value); } };
