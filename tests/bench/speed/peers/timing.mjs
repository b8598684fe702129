// One peer: proved, then timed turn by turn, as asked.py and looped.py do it.
import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {blanks} from './blanks.mjs';

const [folder, name] = process.argv.slice(2);
export const at = file => `${folder}/${file}`;
export const lists = () => JSON.parse(readFileSync(at(`${name}.json`), 'utf8'));
// Peers write to the console as they verify.
const say = console.log;
console.log = console.warn = console.error = console.info = () => {};

function giveUp(why) {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}

let number = 0;

async function turn(takes, good, pads, seconds) {
  const times = [];
  const before = process.cpuUsage();
  const worked = () => {
    const {user, system} = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  let look = performance.now() + seconds * 1000;
  for(let left = 1; left > 0; number++) {
    const started = performance.now();
    const given = good[number % good.length];
    if(!await takes(pads ? given + blanks(number) : given)) {
      giveUp('it changed its mind while it was timed');
    }
    const now = performance.now();
    times.push(now - started);
    if(now >= look) {
      left = seconds * 1000 - worked();
      look = now + left;
    }
  }
  return {times, cpu: worked()};
}

/** Times `takes`, which says whether it holds what it is given. */
export async function run(takes, {good, bad}, {pads = true} = {}) {
  for(const one of good) if(!await takes(one)) giveUp('it refused one that holds');
  for(const one of bad) if(await takes(one)) giveUp('it took one that does not hold');
  for await(const line of createInterface({input: process.stdin})) {
    const {times, cpu} = await turn(takes, good, pads, +line);
    const sorted = times.sort((a, b) => a - b);
    say(JSON.stringify({
      calls: times.length,
      cpu_ms: cpu / times.length,
      wall_ms: sorted[sorted.length >> 1],
      memory_mb: process.resourceUsage().maxRSS / 1024,
    }));
  }
}
