// Asks a server for verdicts over some connections, no two with the same bytes, and counts.
// node load.mjs ADDRESS FILE CONNECTIONS SECONDS TOKEN
import {readFileSync} from 'node:fs';
import autocannon from 'autocannon';

const [address, file, connections, seconds, token] = process.argv.slice(2);
const {good} = JSON.parse(readFileSync(file, 'utf8'));
let asked = 0;
const result = await autocannon({
  url: `${address}/api/verify`,
  connections: +connections,
  duration: +seconds,
  requests: [{
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token ? {authorization: `Bearer ${token}`} : {}),
    },
    setupRequest: request => {
      const credential = good[asked % good.length] + ' '.repeat(asked++ % 4096);
      return {...request, body: JSON.stringify({credential})};
    },
  }],
});
process.stdout.write(`${JSON.stringify({
  answered: result['2xx'],
  failed: result.non2xx + result.errors + result.timeouts,
  per_second: result.requests.average,
  p50_ms: result.latency.p50,
  p99_ms: result.latency.p99,
})}\n`);
