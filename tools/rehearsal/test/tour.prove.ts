import { expect, it } from 'vitest';
import { runTour, tourSteps } from '../src/index.ts';

it('the tour comes to its end', { timeout: 900_000 }, async () => {
  const lines: string[] = [];
  const end = await runTour(tourSteps, { write: (line) => lines.push(line), colour: false });
  expect(end.steps).toHaveLength(tourSteps.length);
  // By itself it takes less than five minutes; beside other proofs it may take longer.
  console.log(`The tour took ${Math.round(end.seconds)} seconds.`);
  const said = lines.join('\n');
  expect(said).toMatch(/rotate-keys --stack local --repair/);
  expect(said.match(/pr-12 is live/g)).toHaveLength(2);
  expect(said).toMatch(/the comment on 12 was created[^]*the comment on 12 was updated/);
  expect(said).toContain('| ### Decisions against `main`');
  expect(said).toMatch(/\| #### Bought by `main`, not here: \d+/);
  expect(said.match(/each stands in the ledger of local/g)).toHaveLength(2);
});
