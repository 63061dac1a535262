import type { PreviewWorld } from '@mispriced/preview';
import { cloudEnvironment, type Target } from '../cloud-environment.ts';
import type { CommandWorld } from '../command-world.ts';
import type { Output } from '../output.ts';

/** Any preview's stack: which cloud it is in does not depend on its number. */
const anyPreview = 'pr-1';

/** Does some work on previews, with the cloud that `--target` names open for its time. */
export async function withPreviews<Result>(
  options: { readonly target?: Target },
  world: CommandWorld,
  output: Output,
  work: (previews: PreviewWorld) => Promise<Result>,
): Promise<Result> {
  const stack = { stack: anyPreview, ...(options.target && { target: options.target }) };
  const environment = await cloudEnvironment(stack, world);
  // Pulumi's SDK takes a second to load, which no other command should spend.
  const [{ cloudOf }, { previewCredential }] = await Promise.all([
    import('@mispriced/environment'),
    import('@mispriced/preview'),
  ]);
  const cloud = await cloudOf(anyPreview, environment);
  try {
    return await work({
      ...{ cloud, environment, fetch, credential: previewCredential(environment) },
      now: () => new Date(),
      sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
      report: (line) => {
        output.progress(line);
      },
    });
  } finally {
    await cloud.close();
  }
}
