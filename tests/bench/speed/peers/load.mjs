// Asks a server for verdicts over some connections, no two with the same bytes, and counts. Each
// line that comes in is for how many seconds, and is answered with one of JSON.
// node load.mjs ADDRESS FILE CONNECTIONS TOKEN
import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import autocannon from 'autocannon';
import {blanks} from './blanks.mjs';

const [address, file, connections, token] = process.argv.slice(2);
const {good} = JSON.parse(readFileSync(file, 'utf8'));
let asked = 0;

const load = seconds => autocannon({
  url: `${address}/api/verify`,
  connections: +connections,
  duration: seconds,
  requests: [{
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token ? {authorization: `Bearer ${token}`} : {}),
    },
    setupRequest: request => {
      const credential = good[asked % good.length] + blanks(asked++);
      return {...request, body: JSON.stringify({credential})};
    },
  }],
});

for await(const line of createInterface({input: process.stdin})) {
  const result = await load(+line);
  process.stdout.write(`${JSON.stringify({
    answered: result['2xx'],
    failed: result.non2xx + result.errors + result.timeouts,
    per_second: result.requests.average,
    p50_ms: result.latency.p50,
    p99_ms: result.latency.p99,
  })}\n`);
}
