// One peer: proved, then timed over and over, then told in a line of JSON, as looped.py does.
import {readFileSync} from 'node:fs';

const [folder, name, seconds] = process.argv.slice(2);
export const at = file => `${folder}/${file}`;
export const lists = () => JSON.parse(readFileSync(at(`${name}.json`), 'utf8'));
// Peers write to the console as they verify.
const say = console.log;
console.log = console.warn = console.error = console.info = () => {};

function giveUp(why) {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}

async function loop(takes, good, pads, long) {
  const times = [];
  const before = process.cpuUsage();
  const until = performance.now() + long * 1000;
  for(let started; (started = performance.now()) < until || times.length === 0;) {
    const given = good[times.length % good.length];
    if(!await takes(pads ? given + ' '.repeat(times.length % 4096) : given)) {
      giveUp('it changed its mind while it was timed');
    }
    times.push(performance.now() - started);
  }
  const {user, system} = process.cpuUsage(before);
  return {times, cpu: (user + system) / 1000};
}

/** Times `takes`, which says whether it holds what it is given. */
export async function run(takes, {good, bad}, {pads = true} = {}) {
  for(const one of good) if(!await takes(one)) giveUp('it refused one that holds');
  for(const one of bad) if(await takes(one)) giveUp('it took one that does not hold');
  await loop(takes, good, pads, +seconds);
  const {times, cpu} = await loop(takes, good, pads, +seconds);
  const sorted = times.slice().sort((a, b) => a - b);
  say(JSON.stringify({
    calls: times.length,
    cpu_ms: cpu / times.length,
    wall_ms: sorted[sorted.length >> 1],
    memory_mb: process.resourceUsage().maxRSS / 1024,
  }));
}
