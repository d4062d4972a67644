// SPDX-License-Identifier: MIT
//
// How many colours a terminal shows, judged by the environment: 1, 4, 8 or 24 bits.

'use strict';

const { validateInteger } = require('internal/validators');

const NONE = 1;
const SIXTEEN = 4;
const MANY = 8;
const TRUE_COLOR = 24;

const byTerm = {
  __proto__: null,
  eterm: SIXTEEN, cons25: SIXTEEN, console: SIXTEEN, cygwin: SIXTEEN, dtterm: SIXTEEN, gnome: SIXTEEN, hurd: SIXTEEN,
  jfbterm: SIXTEEN, konsole: SIXTEEN, kterm: SIXTEEN, mlterm: TRUE_COLOR, mosh: TRUE_COLOR, putty: SIXTEEN, st: SIXTEEN,
  'rxvt-unicode-24bit': TRUE_COLOR, terminator: TRUE_COLOR, 'xterm-kitty': TRUE_COLOR,
};
const termPatterns = [/ansi/, /color/, /linux/, /direct/, /^con[0-9]*x[0-9]/, /^rxvt/, /^screen/, /^xterm/, /^vt100/, /^vt220/];

const byCi = [
  ['APPVEYOR', MANY], ['BUILDKITE', MANY], ['CIRCLECI', TRUE_COLOR], ['DRONE', MANY], ['GITEA_ACTIONS', TRUE_COLOR],
  ['GITHUB_ACTIONS', TRUE_COLOR], ['GITLAB_CI', MANY], ['TRAVIS', MANY],
];

let warned = false;
function warnOnce(env) {
  if (warned || (env.NODE_DISABLE_COLORS === undefined && env.NO_COLOR === undefined)) return;
  warned = true;
  const name = env.NO_COLOR !== undefined ? 'NO_COLOR' : 'NODE_DISABLE_COLORS';
  process.emitWarning(`The '${name}' env is ignored due to the 'FORCE_COLOR' env being set.`, 'Warning');
}

function forced(env) {
  switch (env.FORCE_COLOR) {
    case '': case '1': case 'true': warnOnce(env); return SIXTEEN;
    case '2': warnOnce(env); return MANY;
    case '3': warnOnce(env); return TRUE_COLOR;
    default: return NONE;
  }
}

function byProgram(env) {
  switch (env.TERM_PROGRAM) {
    case 'iTerm.app':
      return !env.TERM_PROGRAM_VERSION || /^[0-2]\./.test(env.TERM_PROGRAM_VERSION) ? MANY : TRUE_COLOR;
    case 'HyperTerm':
    case 'MacTerm': return TRUE_COLOR;
    case 'Apple_Terminal': return MANY;
    default: return 0;
  }
}

function getColorDepth(env = process.env) {
  if (env.FORCE_COLOR !== undefined) return forced(env);
  if (env.NODE_DISABLE_COLORS !== undefined && env.NODE_DISABLE_COLORS !== '') return NONE;
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return NONE;
  if (env.TERM === 'dumb') return NONE;
  if (env.TMUX) return TRUE_COLOR;
  if ('TF_BUILD' in env && 'AGENT_NAME' in env) return SIXTEEN;
  if ('CI' in env) {
    for (const [name, depth] of byCi) if (name in env) return depth;
    return env.CI_NAME === 'codeship' ? MANY : NONE;
  }
  if ('TEAMCITY_VERSION' in env) {
    return /^(9\.(0*[1-9]\d*)\.|\d{2,}\.)/.test(env.TEAMCITY_VERSION) ? SIXTEEN : NONE;
  }
  const program = byProgram(env);
  if (program) return program;
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') return TRUE_COLOR;
  return byTermName(env);
}

function byTermName(env) {
  if (env.TERM) {
    if (/truecolor/.test(env.TERM)) return TRUE_COLOR;
    if (/^xterm-256/.test(env.TERM)) return MANY;
    const term = env.TERM.toLowerCase();
    if (byTerm[term]) return byTerm[term];
    if (termPatterns.some((pattern) => pattern.test(term))) return SIXTEEN;
  }
  return env.COLORTERM ? SIXTEEN : NONE;
}

function hasColors(count, env) {
  if (env === undefined && (count === undefined || (typeof count === 'object' && count !== null))) {
    env = count;
    count = 16;
  } else {
    validateInteger(count, 'count', 2);
  }
  return count <= 2 ** getColorDepth(env);
}

module.exports = { getColorDepth, hasColors };
