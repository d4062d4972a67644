// SPDX-License-Identifier: MIT
//
// An ES module in TypeScript: every request gets an id that follows it through everything asynchronous that it does.
//
//     lode examples/request_ids.mts      and then      curl -i localhost:3000
import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';

const requestId = new AsyncLocalStorage<number>({ name: 'request id' });
let last = 0;

// Knows nothing of requests, and still says which one it works for.
function log(text: string): void {
  console.log(`[${requestId.getStore() ?? '-'}] ${text}`);
}

async function lengthOfThisFile(): Promise<number> {
  const text = await readFile(import.meta.filename, 'utf8');
  log('read the file');
  return text.length;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  log(`${request.method} ${request.url}`);
  const length = await lengthOfThisFile();
  response.setHeader('x-request-id', String(requestId.getStore()));
  response.end(`${length}\n`);
}

const server = createServer((request, response) => {
  requestId.run(++last, () => answer(request, response));
});
server.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`listening on http://localhost:${(server.address() as AddressInfo).port}`);
});
