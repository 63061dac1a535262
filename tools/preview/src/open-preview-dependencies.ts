import { systemClock } from '@mispriced/azure';
import { cloudOf } from '@mispriced/environment';
import { findPulumi } from '@mispriced/pulumi-cli';
import { previewCredential } from './cloud/preview-credential.ts';
import type { PreviewDependencies } from './preview-dependencies.ts';

/** Any preview's stack: which cloud it is in does not depend on its number. */
const anyPreview = 'pr-1';

/**
 * Opens the cloud that an environment's variables name for work on previews.
 *
 * @throws MispricedError CONFIG_INVALID where the variables do not tell; TOOL_MISSING without Pulumi.
 */
export async function openPreviewDependencies(args: {
  environment: Readonly<Record<string, string | undefined>>;
  report: (line: string) => void;
}): Promise<PreviewDependencies & { close(): Promise<void> }> {
  const { environment, report } = args;
  const pulumi = await findPulumi({ report });
  const cloud = await cloudOf(anyPreview, environment);
  return {
    cloud,
    environment,
    report,
    pulumi,
    fetch,
    credential: previewCredential(environment),
    ...systemClock,
    close: () => cloud.close(),
  };
}
