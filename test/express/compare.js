// SPDX-License-Identifier: MIT
//
// Runs the same Express application under lode and under Node, asks both the same questions with curl over real
// sockets, and compares the answers byte for byte: status line, headers (bar Date) in their order, and body.
//
// usage: node test/express/compare.js [LODE [NODE]]      Express comes from npm, into build/npm, once a version.
'use strict';

const fs = require('fs');
const path = require('path');
const { spawn, spawnSync } = require('child_process');

const root = path.resolve(__dirname, '../..');
const lode = path.resolve(process.argv[2] || path.join(root, 'build', 'lode'));
const node = process.argv[3] || 'node';

const PACKAGES = ['express@5.1.0', 'cookie-parser@1.4.7'];
const modules = path.join(root, 'build', 'npm', PACKAGES.join('_'));

const json = ['-H', 'Content-Type: application/json'];
const long = `"${'x'.repeat(3000)}"`;

// name -> arguments for curl; the last is the path.
const questions = {
  'a page': ['/'],
  'HEAD of a page': ['-I', '/'],
  'bytes': ['/buffer'],
  'a conditional GET that matches': ['-H', 'If-None-Match: W/"e-aygluNx9l9Tb/PBukTn4mXcvgQ8", "other"', '/'],
  'a missing page': ['/nowhere/%3Cb%3E'],
  'a method that has no route': ['-X', 'PATCH', '/buffer'],
  'OPTIONS': ['-X', 'OPTIONS', '/api/notes'],
  'JSON': ['/api/notes?a=1&b[c]=2&b[d][]=3&e=%C3%BC+x'],
  'JSON posted': [...json, '-d', '{"title":"n\u00fc","deep":{"list":[1,2.5,null,true]}}', '/api/notes'],
  'JSON posted in gzip': [...json, '-H', 'Content-Encoding: gzip', '--data-binary', '@gzip', '/api/notes'],
  'JSON in chunks': [...json, '-H', 'Transfer-Encoding: chunked', '-d', '{"chunked":1}', '/api/notes'],
  'broken JSON': [...json, '-d', '{"title":', '/api/notes'],
  'JSON that is too long': [...json, '-d', long, '/api/notes'],
  'an unknown charset': ['-H', 'Content-Type: application/json; charset=klingon', '-d', '{}', '/api/notes'],
  'a parameter': ['/api/notes/1'],
  'a parameter without a match': ['/api/notes/77'],
  'DELETE': ['-X', 'DELETE', '/api/notes/1'],
  'a form, nested': ['-d', 'user[name]=A%26B&user[langs][]=c&user[langs][]=js&empty=', '/form'],
  'a form, flat': ['-d', 'a=1&a=2&b[c]=3', '/form/simple'],
  'text with Expect': ['-H', 'Expect: 100-continue', '-H', 'Content-Type: text/plain; charset=iso-8859-1', '--data-binary', '@latin1', '/text'],
  'bytes there and back': ['--data-binary', '@gzip', '/raw'],
  'cookies': ['-H', 'Cookie: plain=a%20b; j=j%3A%7B%22k%22%3A1%7D; forged=s%3Ax.yyyy; sid=s%3Atj.tIAYNYDLmiUkEVNJZTn%2BsQ', '/cookies'],
  'a static file': ['/static/notes.txt'],
  'a static index': ['/static/'],
  'a static folder without its slash': ['/static/assets'],
  'a range': ['-H', 'Range: bytes=2-8', '/static/notes.txt'],
  'a range from the end': ['-H', 'Range: bytes=-5', '/static/notes.txt'],
  'a range that cannot be': ['-H', 'Range: bytes=900-', '/static/notes.txt'],
  'a file not modified': ['-H', 'If-Modified-Since: Fri, 01 Jan 2038 00:00:00 GMT', '/static/notes.txt'],
  'a precondition that fails': ['-H', 'If-Match: "nope"', '/static/notes.txt'],
  'a way out of the folder': ['--path-as-is', '/static/../app.js'],
  'a larger file': ['/large/lines.txt'],
  'the middle of a larger file': ['-H', 'Range: bytes=100000-130000', '/large/lines.txt'],
  'sendFile': ['/file'],
  'sendFile, missing': ['/file/missing'],
  'download': ['/download'],
  'a piped stream': ['/stream'],
  'a redirect': ['/redirect'],
  'negotiation': ['-H', 'Accept: text/html;q=0.5, application/json', '/format'],
  'negotiation that fails': ['-H', 'Accept: image/png', '/format'],
  'JSONP': ['/jsonp?callback=f'],
  'headers': ['-H', 'X-Requested-With: XMLHttpRequest', '-H', 'Host: example.org:81', '/headers'],
  'one of two paths': ['/or'],
  'a wildcard': ['/files/a/b%20c/d'],
  'an optional part': ['/user/j%C3%BCrgen/edit'],
  'an async failure': ['/fails'],
  'a failure left to Express': ['/unhandled'],
  'HTTP/1.0': ['--http1.0', '/'],
  'Connection: close': ['-H', 'Connection: close', '/api/notes'],
};

function install() {
  if (fs.existsSync(path.join(modules, 'node_modules', 'cookie-parser', 'package.json'))) return;
  fs.mkdirSync(modules, { recursive: true });
  fs.writeFileSync(path.join(modules, 'package.json'), '{ "private": true }\n');
  const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...PACKAGES],
                        { cwd: modules, stdio: 'inherit' });
  if (npm.status !== 0) throw new Error('npm install failed');
}

// Files that curl sends, and one that takes several reads to serve.
function prepare() {
  const folder = path.join(modules, 'generated');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'gzip'), require('zlib').gzipSync('{"was":"compressed"}'));
  fs.writeFileSync(path.join(folder, 'latin1'), Buffer.from('na\u00efve caf\u00e9', 'latin1'));
  const lines = Array.from({ length: 3000 }, (_, i) => `line ${i} of a file that takes several reads to serve\n`);
  fs.writeFileSync(path.join(folder, 'lines.txt'), lines.join(''));
  return folder;
}

function start(runtime) {
  return new Promise((resolve, reject) => {
    const child = spawn(runtime, [path.join(root, 'test', 'fixtures', 'express', 'app.js')], {
      env: { ...process.env, MODULES: modules, NODE_ENV: 'production' }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stderr.on('data', (data) => { errors += data; });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${runtime} ended with ${code}\n${errors}`)));
    child.stdout.on('data', (data) => {
      output += data;
      const match = /listening (\d+)/.exec(output);
      if (match) resolve({ port: Number(match[1]), stop: () => child.kill('SIGKILL'), errors: () => errors });
    });
  });
}

function ask(server, args, bodies) {
  const target = `http://127.0.0.1:${server.port}${args.at(-1)}`;
  return new Promise((resolve) => {
    const child = spawn('curl', ['-s', '-i', '-g', '--max-time', '5', ...args.slice(0, -1), target],
                        { cwd: bodies, stdio: ['ignore', 'pipe', 'ignore'] });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.on('close', (code) => {
      const text = Buffer.concat(chunks).toString('latin1').replace(/^Date: .*\r\n/gm, '');
      resolve(code === 0 ? text : `curl ended with ${code}\n${text}`);
    });
  });
}

function differences(ours, theirs) {
  const a = ours.split('\n');
  const b = theirs.split('\n');
  const lines = [];
  for (let i = 0; i < Math.max(a.length, b.length) && lines.length < 12; i++) {
    if (a[i] !== b[i]) lines.push(`    lode ${JSON.stringify(a[i])}`, `    node ${JSON.stringify(b[i])}`);
  }
  return lines.join('\n');
}

async function main() {
  install();
  const bodies = prepare();
  const servers = await Promise.all([start(lode), start(node)]);
  let passed = 0;
  let failed = 0;
  try {
    for (const name of Object.keys(questions)) {
      const [ours, theirs] = await Promise.all(servers.map((server) => ask(server, questions[name], bodies)));
      if (ours === theirs && ours.startsWith('HTTP/1.1 ')) {
        passed++;
        if (process.env.VERBOSE) console.log(`ok ${name}: ${ours.slice(9, ours.indexOf('\r'))}`);
      } else {
        failed++;
        console.log(`FAILED ${name}\n${differences(ours, theirs)}`);
      }
    }
  } finally {
    for (const server of servers) server.stop();
  }
  if (failed && servers[0].errors()) console.log(servers[0].errors());
  console.log(`express: ${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}

main().catch((error) => {
  console.log(`${error.stack}\nexpress: 0 passed, 1 failed`);
  process.exit(1);
});
