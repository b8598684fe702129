// openbadges-bakery: the text that is baked into a picture.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import bakery from 'openbadges-bakery';
import {at, run} from './timing.mjs';

const right = readFileSync(at('baked.sha256'), 'utf8');

await run(picture => new Promise(resolve => {
  bakery.extract(picture, (error, text) => {
    resolve(!error && createHash('sha256').update(text ?? '').digest('hex') === right);
  });
}), {
  good: [readFileSync(at('picture.png'))],
  bad: [readFileSync(at('bare.png'))],
}, {pads: false});
