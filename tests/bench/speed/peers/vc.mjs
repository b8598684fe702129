// @digitalbazaar/vc with eddsa-rdfc-2022, contexts and keys at hand.
import {readFileSync} from 'node:fs';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {driver as didKey} from '@digitalbazaar/did-method-key';
import * as multikey from '@digitalbazaar/ed25519-multikey';
import {at, lists, run} from './timing.mjs';

const contexts = JSON.parse(readFileSync(at('contexts.json'), 'utf8'));
const keys = didKey();
keys.use({multibaseMultikeyHeader: 'z6Mk', fromMultibase: multikey.from});
const suite = new DataIntegrityProof({cryptosuite});

async function documentLoader(url) {
  const document = contexts[url] ?? (url.startsWith('did:key:') ? await keys.get({url}) : null);
  if(!document) throw new Error(`${url} is not at hand`);
  return {contextUrl: null, documentUrl: url, document};
}

await run(async text => {
  const {verified} = await vc.verifyCredential({
    credential: JSON.parse(text), suite, documentLoader,
  });
  return verified;
}, lists());
