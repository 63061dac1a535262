// Has the checker of workflows ready before tests begin, since no test builds it. Where it is not to
// be had this says so and is no failure: the tests say so as well.
import { prepareActionlint } from './find-actionlint.ts';

try {
  process.stdout.write(`actionlint: ${await prepareActionlint()}\n`);
} catch (error) {
  process.stdout.write(
    `No actionlint: ${error instanceof Error ? error.message : String(error)}\n`,
  );
}
