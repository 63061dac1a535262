import { MispricedError } from '@mispriced/core';
import type { FoundPulumi, PulumiProbe } from './found-pulumi.ts';
import { pulumiProbes } from './probes.ts';

/**
 * The Pulumi command line of this machine: on the path, in our cache, from the official installer,
 * or built with Go, in that order. `report` hears one line about each place that is passed over.
 * The last two write to the cache folder and may take minutes.
 *
 * @throws MispricedError TOOL_MISSING, with what was wrong at each place.
 */
export async function findPulumi(
  options: { probes?: PulumiProbe[]; report?: (line: string) => void } = {},
): Promise<FoundPulumi> {
  const report = options.report ?? (() => undefined);
  const reasons: string[] = [];
  for (const probe of options.probes ?? pulumiProbes()) {
    const found = await tryProbe(probe);
    if (typeof found !== 'string') {
      report(`Pulumi ${found.version} from ${probe.source}: ${found.path}`);
      return found;
    }
    reasons.push(`${probe.source}: ${found}`);
    report(`No Pulumi from ${probe.source}: ${found}`);
  }
  throw new MispricedError({
    code: 'TOOL_MISSING',
    message: `The Pulumi command line is not to be had here. ${reasons.join(' ')}`,
    fix: 'Install it (https://www.pulumi.com/docs/install/), or install Go, and try again.',
  });
}

async function tryProbe(probe: PulumiProbe): Promise<FoundPulumi | string> {
  try {
    const found = await probe.find();
    if (found === null) return 'none there.';
    if (found.version.startsWith('3.')) return found;
    return `version ${found.version} is not a version 3.`;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.trim().split('\n').slice(-3).join(' ');
  }
}
