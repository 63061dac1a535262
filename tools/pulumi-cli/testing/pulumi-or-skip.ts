import { findPulumi } from '../src/find-pulumi.ts';
import type { FoundPulumi } from '../src/found-pulumi.ts';
import { pulumiProbes } from '../src/probes.ts';

/**
 * For tests of the real engine: the Pulumi command line of the path, the cache or the official
 * installer; or null, said loudly, where this machine has none. No test builds one with Go, which
 * takes minutes: `npx nx prepare pulumi-cli` does. In CI its absence is a failure, never a skip: a
 * green build must mean that the real engine was tested.
 *
 * @throws MispricedError TOOL_MISSING in CI, with what was wrong at each place.
 */
export async function pulumiOrSkip(
  args: { find?: () => Promise<FoundPulumi>; environment?: NodeJS.ProcessEnv } = {},
): Promise<FoundPulumi | null> {
  const { find = findWithoutBuilding, environment = process.env } = args;
  try {
    return await find();
  } catch (error) {
    if (environment['CI'] === 'true') throw error;
    const why = error instanceof Error ? error.message : String(error);
    console.warn(
      `\n  SKIPPED: tests with the Pulumi engine. ${why} To get one: npx nx prepare pulumi-cli\n`,
    );
    return null;
  }
}

function findWithoutBuilding(): Promise<FoundPulumi> {
  return findPulumi({ probes: pulumiProbes().filter(({ source }) => source !== 'go-build') });
}
