import { parseArgs } from 'node:util';
import { checkHistory } from './checker/check-history.ts';
import { drawHistory } from './history/draw-history.ts';
import { playHistory } from './play/play-history.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '1' } },
});
const first = Number(values.seed);
let failed = 0;
for (let seed = first; seed < first + Number(values.count); seed += 1) {
  try {
    const { violations } = checkHistory(await playHistory(drawHistory(seed)));
    if (violations.length === 0) continue;
    failed += 1;
    for (const { promise, facts } of violations) console.log(`seed ${seed}: ${promise}: ${facts}`);
  } catch (error) {
    failed += 1;
    console.log(`seed ${seed}: could not be played: ${String(error)}`);
  }
}
console.log(`${values.count} histories from seed ${first}: ${failed} broke a promise`);
if (failed > 0) process.exitCode = 1;
