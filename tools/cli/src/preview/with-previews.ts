import type { PreviewDependencies } from '@mispriced/preview';
import { cloudEnvironment, type Target } from '../cloud-environment.ts';
import type { CommandDependencies } from '../command-dependencies.ts';
import type { Output } from '../output.ts';

/** Does some work on previews, with the cloud that `--target` names open for its time. */
export async function withPreviews<Result>(
  options: { readonly target?: Target },
  dependencies: CommandDependencies,
  output: Output,
  work: (previews: PreviewDependencies) => Promise<Result>,
): Promise<Result> {
  const stack = { stack: 'pr-1', ...(options.target && { target: options.target }) };
  const environment = await cloudEnvironment(stack, dependencies);
  // Pulumi's SDK takes a second to load, which no other command should spend.
  const { openPreviewDependencies } = await import('@mispriced/preview');
  const previews = await openPreviewDependencies({
    environment,
    report: (line) => {
      output.progress(line);
    },
  });
  try {
    return await work(previews);
  } finally {
    await previews.close();
  }
}
