// SPDX-License-Identifier: MIT
//
// The Express application that test/express/compare.js runs under two runtimes. MODULES names the folder where its
// packages were installed. Nothing in an answer may depend on the time, the port or the engine's own error texts.
'use strict';

const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');

const fromPackages = createRequire(path.join(process.env.MODULES, 'package.json'));
const express = fromPackages('express');
const cookieParser = fromPackages('cookie-parser');

const publicFolder = path.join(__dirname, 'public');
const generated = path.join(process.env.MODULES, 'generated'); // made by compare.js
const app = express();

app.disable('x-powered-by');
app.set('query parser', 'extended');
app.use(cookieParser('a secret'));
app.use('/static', express.static(publicFolder, { maxAge: '1h', index: 'index.html' }));
app.use('/large', express.static(generated));

// ---- A JSON API ----

const notes = new Map([[1, { id: 1, title: 'first', tags: ['a', 'b'] }]]);
const api = express.Router();

api.use(express.json({ limit: '2kb' }));
api.param('id', (req, res, next, id) => {
  req.note = notes.get(Number(id));
  if (req.note) next();
  else next(Object.assign(new Error('no such note'), { status: 404 }));
});
api.route('/notes')
  .get((req, res) => res.json({ notes: [...notes.values()], query: req.query }))
  .post((req, res) => {
    const id = notes.size + 1;
    res.status(201).location(`/api/notes/${id}`).json({ id, ...req.body, type: req.get('content-type') });
  });
api.get('/notes/:id', (req, res) => res.json(req.note));
api.delete('/notes/:id', (req, res) => res.sendStatus(204));
app.use('/api', api);

// ---- Forms, cookies, files ----

app.post('/form', express.urlencoded({ extended: true }), (req, res) => res.json(req.body));
app.post('/form/simple', express.urlencoded({ extended: false }), (req, res) => res.json(req.body));
app.post('/text', express.text({ type: '*/*' }), (req, res) => res.send(req.body.toUpperCase()));
app.post('/raw', express.raw({ type: () => true }), (req, res) => res.type('bin').send(req.body));

app.get('/cookies', (req, res) => {
  res.cookie('plain', 'a b;c', { httpOnly: true, sameSite: 'lax' });
  res.cookie('signed', { n: 1 }, { signed: true, path: '/cookies' });
  res.clearCookie('gone');
  res.json({ cookies: req.cookies, signed: req.signedCookies });
});

app.get('/file', (req, res) => res.sendFile('notes.txt', { root: publicFolder, headers: { 'X-From': 'sendFile' } }));
app.get('/file/missing', (req, res, next) => res.sendFile('nothing.txt', { root: publicFolder }, next));
app.get('/download', (req, res) => res.download(path.join(publicFolder, 'notes.txt'), 'na\u00efve "name".txt'));
app.get('/stream', (req, res) => fs.createReadStream(path.join(generated, 'lines.txt')).pipe(res));

// ---- Answers of all kinds ----

app.get('/', (req, res) => res.send('<h1>Hello</h1>'));
app.get('/buffer', (req, res) => res.send(Buffer.from([0, 1, 2, 253, 254, 255])));
app.get('/redirect', (req, res) => res.redirect(301, '/somewhere?x=1&y=\u00fc'));
app.get('/format', (req, res) => res.format({
  text: () => res.send('text'),
  html: () => res.send('<p>html</p>'),
  json: () => res.json({ json: true }),
}));
app.get('/jsonp', (req, res) => res.jsonp({ line: '\u2028' }));
app.get('/headers', (req, res) => {
  res.set({ 'X-One': '1', 'X-Many': ['a', 'b'] }).append('X-Many', 'c').vary('Accept').vary('Origin').links({ next: '/2' });
  res.json({ ip: req.ip.replace('::ffff:', ''), fresh: req.fresh, xhr: req.xhr, host: req.hostname, accepts: req.accepts('json', 'html') });
});
app.get(['/either', '/or'], (req, res) => res.send(req.path));
app.get('/files/*rest', (req, res) => res.json(req.params));
app.get('/user/:name{/:action}', (req, res) => res.json({ params: req.params, url: req.originalUrl }));

// ---- Errors ----

app.get('/fails', async () => {
  await new Promise((resolve) => setImmediate(resolve));
  throw Object.assign(new Error('failed later'), { status: 503, headers: { 'Retry-After': '7' } });
});
app.get('/unhandled', () => {
  throw Object.assign(new Error('left to Express'), { status: 418, plain: true });
});

app.use((error, req, res, next) => {
  if (error.plain) return next(error);
  res.status(error.status || 500).set(error.headers || {}).json({ error: error.type || error.code || error.message });
});

const server = app.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`));
