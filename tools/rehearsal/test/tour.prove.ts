import { expect, it } from 'vitest';
import { runTour, tourSteps } from '../src/index.ts';

it('the tour comes to its end in five minutes', { timeout: 400_000 }, async () => {
  const lines: string[] = [];
  const end = await runTour(tourSteps, { write: (line) => lines.push(line), colour: false });
  expect(end.steps).toHaveLength(tourSteps.length);
  expect(end.seconds).toBeLessThan(300);
  expect(lines.join('\n')).toMatch(/rotate-keys --stack local --repair/);
});
