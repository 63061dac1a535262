import { asMispricedError } from '@mispriced/core';
import { runTour } from './run-tour.ts';
import { tourSteps } from './tour-steps.ts';

const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

try {
  await runTour(tourSteps, { write, colour: process.stdout.isTTY });
} catch (error) {
  const { message, fix } = asMispricedError(error);
  process.stderr.write(`${message}\n${fix}\n`);
  process.exitCode = 1;
}
