// SPDX-License-Identifier: MIT
//
// process.report: a diagnostic report of the process, as an object or as a file, when it is asked for, at a signal and
// at an uncaught exception.
'use strict';

const native = binding('report');
const { validateBoolean, validateString, validateObject, validateSignalName } = require('internal/validators');
const { getOptionValue } = require('internal/options');

const REPORT_VERSION = 5;

// What the properties hold; the options of the command line are their first values.
const settings = {
  directory: getOptionValue('--report-directory'),
  filename: getOptionValue('--report-filename'),
  compact: getOptionValue('--report-compact'),
  excludeNetwork: getOptionValue('--report-exclude-network'),
  excludeEnv: getOptionValue('--report-exclude-env'),
  signal: getOptionValue('--report-signal'),
  reportOnFatalError: getOptionValue('--report-on-fatalerror'),
  reportOnSignal: getOptionValue('--report-on-signal'),
  reportOnUncaughtException: getOptionValue('--report-uncaught-exception'),
};
let sequence = 0;

// ---- Sections ----

const two = (number) => String(number).padStart(2, '0');

function networkInterfaces() {
  const list = [];
  const interfaces = require('os').networkInterfaces();
  for (const name in interfaces) {
    for (const { internal, mac, address, netmask, family, scopeid } of interfaces[name]) {
      list.push({ name, internal, mac, address, netmask, family, scopeid });
    }
  }
  return list;
}

function header(event, trigger, filename, date) {
  const os = require('os');
  const { threadId } = require('worker_threads');
  return {
    reportVersion: REPORT_VERSION,
    event,
    trigger,
    filename,
    dumpEventTime: date.toISOString().replace(/\.\d+Z$/, 'Z'),
    dumpEventTimeStamp: String(date.getTime()),
    processId: process.pid,
    threadId,
    cwd: process.cwd(),
    commandLine: binding('env').argv.slice(),
    nodejsVersion: process.version,
    glibcVersionRuntime: native.libcVersion(),
    glibcVersionCompiler: native.libcAtBuild,
    wordSize: 64,
    arch: process.arch,
    platform: process.platform,
    componentVersions: { ...process.versions },
    release: { ...process.release },
    osName: os.type(),
    osRelease: os.release(),
    osVersion: os.version(),
    osMachine: os.machine(),
    cpus: os.cpus().map(({ model, speed, times }) => ({ model, speed, ...times })),
    networkInterfaces: settings.excludeNetwork ? undefined : networkInterfaces(),
    host: os.hostname(),
  };
}

// Names, and values as text, of what an error carries beside its stack.
function propertiesOf(error) {
  const properties = {};
  for (const key of Object.keys(error)) {
    if (key === 'stack' || key === 'message') continue;
    try {
      properties[key] = String(error[key]);
    } catch {
      properties[key] = '';
    }
  }
  return properties;
}

function javascriptStack(error) {
  if ((typeof error !== 'object' && typeof error !== 'function') || error === null) {
    return { message: String(error), stack: ['Unavailable.'], errorProperties: {} };
  }
  const { stack } = error;
  if (typeof stack !== 'string') return { message: String(error?.message ?? ''), stack: ['Unavailable.'], errorProperties: propertiesOf(error) };
  const [message, ...lines] = stack.split('\n');
  return { message, stack: lines.map((line) => line.trim()), errorProperties: propertiesOf(error) };
}

// What V8 calls its heap. Where the engine has no such figure it is 0.
function javascriptHeap() {
  const { rss } = process.memoryUsage;
  const { heapTotal, heapUsed, external } = process.memoryUsage();
  const { totalmem } = require('os');
  return {
    totalMemory: heapTotal,
    executableMemory: 0,
    totalCommittedMemory: heapTotal,
    availableMemory: Math.max(0, totalmem() - rss()),
    totalGlobalHandlesMemory: 0,
    usedGlobalHandlesMemory: 0,
    usedMemory: heapUsed,
    memoryLimit: totalmem(),
    mallocedMemory: 0,
    externalMemory: external,
    peakMallocedMemory: 0,
    nativeContextCount: 1,
    detachedContextCount: 0,
    doesZapGarbage: 0,
    heapSpaces: {},
  };
}

function consumption(user, system) {
  const percent = (seconds) => seconds / Math.max(process.uptime(), 1e-3) * 100;
  return {
    userCpuSeconds: user,
    kernelCpuSeconds: system,
    cpuConsumptionPercent: percent(user + system),
    userCpuConsumptionPercent: percent(user),
    kernelCpuConsumptionPercent: percent(system),
  };
}

function resourceUsage() {
  const used = process.resourceUsage();
  const { freemem, totalmem } = require('os');
  return {
    free_memory: freemem(),
    total_memory: totalmem(),
    rss: process.memoryUsage.rss(),
    constrained_memory: process.constrainedMemory(),
    available_memory: process.availableMemory(),
    ...consumption(used.userCPUTime / 1e6, used.systemCPUTime / 1e6),
    maxRss: used.maxRSS * 1024,
    pageFaults: { IORequired: used.majorPageFault, IONotRequired: used.minorPageFault },
    fsActivity: { reads: used.fsRead, writes: used.fsWrite },
  };
}

function threadUsage() {
  const { user, system, reads, writes } = native.threadUsage();
  return { ...consumption(user, system), fsActivity: { reads, writes } };
}

function libuv() {
  const list = native.handles(!settings.excludeNetwork);
  const { signals } = require('os').constants;
  for (const handle of list) {
    if (handle.signum !== undefined) handle.signal = Object.keys(signals).find((name) => signals[name] === handle.signum);
  }
  return list;
}

// Of a worker no more than who it is: its thread may be busy, and its engine and loop are its own.
function workerReports(trigger, date) {
  const workers = require.cache.get('worker_threads/worker');
  if (workers === undefined) return [];
  return Array.from(workers.exports.running, ({ threadId, threadName }) => ({
    header: { ...header(`Worker thread subreport [${threadName}]`, trigger, null, date), threadId },
    javascriptStack: { message: 'No stack.', stack: ['Unavailable.'], errorProperties: {} },
    nativeStack: [],
    resourceUsage: resourceUsage(),
    libuv: [],
    workers: [],
    environmentVariables: settings.excludeEnv ? undefined : {},
    userLimits: native.limits(),
    sharedObjects: [],
  }));
}

// The order of Node's sections.
function make(event, trigger, filename, error, date = new Date()) {
  return {
    header: header(event, trigger, filename, date),
    javascriptStack: javascriptStack(error),
    javascriptHeap: javascriptHeap(),
    nativeStack: native.nativeStack(),
    resourceUsage: resourceUsage(),
    uvthreadResourceUsage: threadUsage(),
    libuv: libuv(),
    workers: workerReports(trigger, date),
    environmentVariables: settings.excludeEnv ? undefined : { ...process.env },
    userLimits: native.limits(),
    sharedObjects: native.sharedObjects(),
  };
}

// ---- Files ----

function newName(date) {
  const { threadId } = require('worker_threads');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  const time = `${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
  return `report.${day}.${time}.${process.pid}.${threadId}.${String(++sequence).padStart(3, '0')}.json`;
}

function say(text) {
  binding('env').writeRaw(2, text);
}

function writeFile(name, text) {
  const path = settings.directory === '' ? name : require('path').resolve(settings.directory, name);
  try {
    require('fs').writeFileSync(path, text);
    return true;
  } catch (error) {
    say(`\nFailed to open Node.js report file: ${name}${settings.directory === '' ? '' : ` directory: ${settings.directory}`} (errno: ${-error.errno})\n`);
    return false;
  }
}

// Returns the name of the file, '' where it could not be written.
function write(event, trigger, file, error) {
  const date = new Date();
  const name = file || settings.filename || newName(date);
  const text = `${JSON.stringify(make(event, trigger, name, error, date), null, settings.compact ? undefined : 2)}\n`;
  if (name === 'stdout' || name === 'stderr') {
    binding('env').writeRaw(name === 'stdout' ? 1 : 2, text);
    if (name === 'stderr') say('\nNode.js report completed\n');
    return name;
  }
  say(`\nWriting Node.js report to file: ${name}`);
  if (!writeFile(name, text)) return '';
  say('\nNode.js report completed\n');
  return name;
}

// ---- What programs call ----

function callStack(below) {
  const { codes } = require('internal/errors');
  const error = new codes.ERR_SYNTHETIC();
  require('internal/stack').captureAs(error, below, 'Error [ERR_SYNTHETIC]');
  return error;
}

function checkError(error) {
  // Any object will do.
  validateObject(error, 'err');
  return error;
}

function getReport(err) {
  return JSON.parse(JSON.stringify(make('JavaScript API', 'GetReport', null, err === undefined ? callStack(getReport) : checkError(err))));
}

function writeReport(file, err) {
  if (typeof file === 'object' && file !== null) {
    err = file;
    file = undefined;
  } else if (file !== undefined) {
    validateString(file, 'file');
  }
  return write('JavaScript API', 'API', file, err === undefined ? callStack(writeReport) : checkError(err));
}

function onSignal(signal) {
  write('Signal', signal, undefined, callStack(onSignal));
}

function listen(on) {
  process.removeListener(settings.signal, onSignal);
  if (on) process.on(settings.signal, onSignal);
}

// Each checks and takes a new value.
const setters = {
  directory(value) { validateString(value, 'directory'); },
  filename(value) { validateString(value, 'filename'); },
  compact(value) { validateBoolean(value, 'compact'); },
  excludeNetwork(value) { validateBoolean(value, 'excludeNetwork'); },
  signal(value) { validateSignalName(value, 'signal'); },
  reportOnFatalError(value) { validateBoolean(value, 'trigger'); },
  reportOnSignal(value) { validateBoolean(value, 'trigger'); },
  reportOnUncaughtException(value) { validateBoolean(value, 'trigger'); },
  excludeEnv(value) { validateBoolean(value, 'excludeEnv'); },
};

const report = { writeReport, getReport };
for (const name in setters) {
  Object.defineProperty(report, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return settings[name]; },
    set(value) {
      setters[name](value);
      if (name === 'signal' && settings.reportOnSignal) listen(false);
      settings[name] = value;
      if (name === 'signal' || name === 'reportOnSignal') listen(settings.reportOnSignal);
    },
  });
}

// At the start, where the command line says that a signal asks for reports.
function start() {
  if (settings.reportOnSignal) listen(true);
}

function onUncaught(error) {
  if (settings.reportOnUncaughtException) write('Exception', 'Exception', undefined, error);
}

module.exports = { report, start, onUncaught };
