// SPDX-License-Identifier: MIT
//
// The Express hello-world server. EXPRESS names the folder that Express was installed in.
'use strict';

const express = require(require.resolve('express', { paths: [process.env.EXPRESS] }));

const app = express();
app.get('/', (req, res) => res.send('Hello, World!\n'));

const server = app.listen(0, '127.0.0.1', () => console.log(`listening ${server.address().port}`));
