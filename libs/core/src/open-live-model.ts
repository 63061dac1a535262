import { MispricedError, type ErrorCode } from './domain/index.ts';
import type { OpenedModel } from './pipeline-parts.ts';
import { loadModel } from './score/index.ts';
import type { ModelRegistry } from './stores/index.ts';

/** Failures of a model itself, for which an older version can stand in. */
const modelFailures: ReadonlySet<ErrorCode> = new Set([
  'MODEL_CONTRACT',
  'MODEL_CORRUPT',
  'MODEL_MISSING',
  'MODEL_PARITY',
]);

/**
 * Opens the model that is live in a stage, proven on its parity set. One that fails its checks is
 * passed over for the last that was live before and passes; the warning says so, and why.
 *
 * @throws MispricedError The live model's own failure where no earlier one can stand in.
 */
export async function openLiveModel(args: {
  registry: ModelRegistry;
  name: string;
  stage: string;
}): Promise<OpenedModel> {
  const { registry, name, stage } = args;
  const live = await registry.live(name, stage);
  if (live === null) {
    throw new MispricedError({
      code: 'MODEL_MISSING',
      message: `No version of the model ${name} is live in ${stage}.`,
      fix: `Publish one and make it live: \`npx mispriced model publish DIR\`, then \`npx mispriced model promote VERSION --stage ${stage}\`.`,
    });
  }
  const versions = [live.value.version, ...live.value.previous];
  let failure: MispricedError | null = null;
  for (const version of versions) {
    try {
      const bundle = await registry.read(name, version);
      const model = await loadModel({ bundle, where: `${name} ${version}` });
      const warning =
        failure === null
          ? null
          : `The live model was not used: ${failure.message} Version ${version}, which was live before, stands in; promote a good version, or roll back.`;
      return { model, warning };
    } catch (error) {
      if (!(error instanceof MispricedError) || !modelFailures.has(error.code)) throw error;
      failure ??= error;
    }
  }
  throw failure ?? new Error('the live pointer names no version');
}
