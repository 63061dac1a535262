// Has the Pulumi command line ready before tests begin, since building it takes longer than any of
// them may wait. Where it is not to be had this says so and is no failure: the tests say so as well.
import { asMispricedError } from '@mispriced/core';
import { findPulumi } from './find-pulumi.ts';

const report = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

try {
  await findPulumi({ report });
} catch (error) {
  const { message, fix } = asMispricedError(error);
  report(`${message} ${fix}`);
}
