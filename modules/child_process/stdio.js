// SPDX-License-Identifier: MIT
//
// The option `stdio`: from what users write to a list of { type, ... } entries, and to the flat list that C takes.

'use strict';

const { codes } = require('internal/errors');
const { Pipe, Stream, createIpcPipe } = require('runtime/io/handles');
const { IGNORE, PIPE, FD, STREAM } = binding('child_process');

function expand(stdio) {
  switch (stdio) {
    case 'ignore':
    case 'overlapped':
    case 'pipe': return [stdio, stdio, stdio];
    case 'inherit': return [0, 1, 2];
    default: throw new codes.ERR_INVALID_ARG_VALUE('stdio', stdio);
  }
}

// For fork: one word or a list, with the channel appended.
function withChannel(stdio, channel) {
  return expand(stdio).concat(channel);
}

function handleOf(item) {
  if (item instanceof Stream) return item;
  if (item.handle instanceof Stream) return item.handle;
  if (item._handle instanceof Stream) return item._handle;
  return null;
}

// Returns { entries, ipc, ipcFd }. `sync`: for spawnSync, where no handles are made.
function normalizeStdio(stdio, sync) {
  if (typeof stdio === 'string') stdio = expand(stdio);
  else if (!Array.isArray(stdio)) throw new codes.ERR_INVALID_ARG_VALUE('stdio', stdio);
  else stdio = stdio.slice();
  while (stdio.length < 3) stdio.push(undefined);

  const result = { entries: [], ipc: undefined, ipcFd: undefined };
  try {
    for (let i = 0; i < stdio.length; i++) result.entries.push(normalizeEntry(stdio[i], i, sync, result));
  } catch (error) {
    closeMade(result.entries);
    throw error;
  }
  return result;
}

function closeMade(entries) {
  for (const entry of entries) {
    if (entry.type === 'pipe' && entry.handle) entry.handle.close();
  }
}

function normalizeEntry(item, index, sync, result) {
  if (item === undefined || item === null) item = index < 3 ? 'pipe' : 'ignore';
  if (item === 'ignore') return { type: 'ignore' };
  if (item === 'pipe' || item === 'overlapped' || (typeof item === 'number' && item < 0)) {
    return { type: 'pipe', handle: sync ? null : new Pipe(), ipc: false, readable: index === 0, writable: index !== 0 };
  }
  if (item === 'ipc') return channelEntry(index, sync, result);
  if (item === 'inherit') return { type: 'fd', fd: index };
  if (typeof item === 'number' || typeof item.fd === 'number' && !handleOf(item)) {
    return { type: 'fd', fd: typeof item === 'number' ? item : item.fd };
  }
  const handle = typeof item === 'object' ? handleOf(item) : null;
  if (handle) return sync ? { type: 'fd', fd: handle.fd } : { type: 'wrap', handle, stream: item };
  if (ArrayBuffer.isView(item) || typeof item === 'string') {
    if (!sync) throw new codes.ERR_INVALID_SYNC_FORK_INPUT(require('util/inspect').inspect(item));
    return { type: 'pipe', handle: null, ipc: false };
  }
  throw new codes.ERR_INVALID_ARG_VALUE('stdio', item);
}

function channelEntry(index, sync, result) {
  if (sync) throw new codes.ERR_IPC_SYNC_FORK();
  if (result.ipc !== undefined) throw new codes.ERR_IPC_ONE_PIPE();
  result.ipc = createIpcPipe();
  result.ipcFd = index;
  return { type: 'pipe', handle: result.ipc, ipc: true };
}

function toFlat(entries) {
  const flat = [];
  for (const entry of entries) {
    if (entry.type === 'fd') flat.push(FD, entry.fd, undefined);
    else if (entry.type === 'wrap') flat.push(STREAM, entry.handle.native, undefined);
    else if (entry.type === 'pipe') flat.push(PIPE, entry.handle ? entry.handle.native : undefined, entry.input);
    else flat.push(IGNORE, undefined, undefined);
  }
  return flat;
}

module.exports = { closeMade, normalizeStdio, toFlat, withChannel };
