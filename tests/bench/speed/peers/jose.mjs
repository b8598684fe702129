// jose: signature and claims of a token, by a key that it has read already.
import {importJWK, jwtVerify} from 'jose';
import {lists, run} from './timing.mjs';

const given = lists();
const algorithm = JSON.parse(Buffer.from(given.good[0].split('.')[0], 'base64url')).alg;
const key = await importJWK(given.jwk, algorithm);

await run(async token => {
  try {
    await jwtVerify(token, key, {algorithms: [algorithm]});
    return true;
  } catch {
    return false;
  }
}, given, {pads: false});
