// SPDX-License-Identifier: MIT
//
// A report as text: a headline, then the stacks by the time that they took.
'use strict';

const MOST_STACKS = 5;
const LEAST_SHARE = 0.005; // what is less counts among the rest
const MOST_LINES = 8; // of a stack
const WIDEST_NAME = 40;
const LOADING = 'loading the program';
const INDENT = ' '.repeat(19);

function colours() {
  const { isatty } = require('tty');
  const on = isatty(2) && process.stderr.hasColors?.();
  const paint = (code, end) => (on ? (text) => `\x1b[${code}m${text}\x1b[${end}m` : (text) => text);
  return { bold: paint(1, 22), dim: paint(2, 22), yellow: paint(33, 39) };
}

function ms(time) {
  return time < 10 ? `${time.toFixed(1)} ms` : time < 10000 ? `${Math.round(time)} ms` : `${(time / 1000).toFixed(1)} s`;
}

function clock(startTime) {
  const date = new Date(require('perf_hooks').performance.timeOrigin + startTime);
  const two = (number) => String(number).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

// ---- Places ----

function fileName(file) {
  let name = file;
  if (name.startsWith('file://')) {
    try {
      name = require('url').fileURLToPath(name);
    } catch {
      return file;
    }
  }
  if (name[0] !== '/') return name;
  let relative;
  try {
    relative = require('path').relative(process.cwd(), name);
  } catch {
    return name; // the working directory is gone
  }
  return relative.length < name.length ? relative : name;
}

function place({ file, line, column, native }) {
  if (native) return '[native]';
  return file.startsWith('node:') ? file : `${fileName(file)}:${line}:${column}`;
}

// ---- Lines ----

function headline(report, { bold, yellow }) {
  const { threadId, isMainThread } = require('worker_threads');
  const whose = isMainThread ? 'The event loop' : `The event loop of worker ${threadId}`;
  let why = '';
  if (report.cause === LOADING || (report.cause === undefined && report.phase === 'loading')) why = ' while loading the program';
  else if (report.callbacks > 1 && !(report.longestCallback >= 0.7 * report.duration)) why = ` by ${report.callbacks} callbacks${longest(report)}`;
  else if (report.cause !== undefined) why = ` by ${report.cause}`;
  const waited = report.cpu !== undefined && report.cpu < report.duration / 2 ? `, waiting: ${ms(report.cpu)} of processor time` : '';
  return `${yellow('lode:')} ${bold(`${whose} was blocked for ${ms(report.duration)}${why}`)} (at ${clock(report.startTime)}${waited})\n`;
}

function longest({ longestCallback }) {
  return longestCallback >= 1 ? `, the longest took at least ${ms(longestCallback)}` : '';
}

function row(time, share, text) {
  return `${ms(time).padStart(10)} ${`${Math.round(100 * share)} %`.padStart(6)}  ${text}\n`;
}

function stackText(stack, report, width, { dim }) {
  const list = stack.callee === undefined ? stack.frames : [stack.callee, ...stack.frames];
  const lines = list.slice(0, MOST_LINES).map((frame) => `${frame.functionName.slice(0, width).padEnd(width)}  ${dim(place(frame))}`);
  if (list.length > MOST_LINES) lines.push(dim(`and ${list.length - MOST_LINES} more`));
  if (stack.cause !== '' && stack.cause !== report.cause) lines.push(dim(`from ${stack.cause}`));
  return row(stack.time, stack.share, lines[0]) + lines.slice(1).map((line) => `${INDENT}${line}\n`).join('');
}

function nameWidth(stacks) {
  let width = 0;
  for (const { frames, callee } of stacks) {
    for (const { functionName } of frames.slice(0, MOST_LINES)) width = Math.max(width, functionName.length);
    if (callee !== undefined) width = Math.max(width, callee.functionName.length);
  }
  return Math.min(width, WIDEST_NAME);
}

function reportText(report) {
  const paint = colours();
  const { duration } = report;
  const stacks = report.stacks.slice(0, MOST_STACKS).filter(({ share }) => share >= LEAST_SHARE);
  const width = nameWidth(stacks);
  let text = headline(report, paint);
  for (const stack of stacks) text += stackText(stack, report, width, paint);
  let rest = 0;
  for (const { time } of report.stacks.slice(stacks.length)) rest += time;
  const others = report.stacks.length - stacks.length;
  if (others > 0) text += row(rest, rest / duration, paint.dim(`in ${others} other stack${others === 1 ? '' : 's'}`));
  if (stacks.length === 0) text += `${INDENT}no JavaScript was seen running\n`;
  else if (report.unsampled >= 1 && report.unsampled > duration / 100) text += row(report.unsampled, report.unsampled / duration, paint.dim('before stacks were taken'));
  return text;
}

function untoldText({ count, total, longest: most }) {
  const turns = count === 1 ? 'One more blocked turn was' : `${count} more blocked turns were`;
  return `lode: ${turns} not shown: ${ms(total)} in all${count === 1 ? '' : `, the longest ${ms(most)}`}\n`;
}

module.exports = { reportText, untoldText };
