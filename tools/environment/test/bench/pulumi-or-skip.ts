import { findPulumi, type FoundPulumi } from '@mispriced/pulumi-cli';

/**
 * The Pulumi command line, or null, said loudly, where this machine has none and can get none. In CI
 * that is a failure, never a skip: a green build must mean that the real engine was tested.
 */
export async function pulumiOrSkip(
  args: { find?: () => Promise<FoundPulumi>; environment?: NodeJS.ProcessEnv } = {},
): Promise<FoundPulumi | null> {
  const { find = findPulumi, environment = process.env } = args;
  try {
    return await find();
  } catch (error) {
    if (environment['CI'] === 'true') throw error;
    const why = error instanceof Error ? error.message : String(error);
    console.warn(`\n  SKIPPED: tests with the Pulumi engine. ${why}\n`);
    return null;
  }
}
