// Express with verifier-core behind it. It prints its address once it listens.
import express from 'express';
import {verify} from './core.mjs';

const app = express();
app.use(express.json({limit: '5mb'}));
app.post('/api/verify', async (request, response) => {
  response.json(await verify(request.body.credential));
});
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});
