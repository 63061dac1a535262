import { MispricedError, type ErrorCode, type ModelManifest } from './domain/index.ts';
import type { OpenedModel } from './pipeline-parts.ts';
import { loadModel, verifyParity, type LoadedModel } from './score/index.ts';
import type { ModelBundleFiles, ModelRegistry } from './stores/index.ts';

const modelFailures: ReadonlySet<ErrorCode> = new Set([
  'MODEL_CONTRACT',
  'MODEL_CORRUPT',
  'MODEL_MISSING',
  'MODEL_PARITY',
]);

/**
 * Loads a bundle and runs its parity set, so that a model which scores differently here than where
 * it was trained never decides anything.
 *
 * @throws MispricedError `MODEL_CORRUPT`, `MODEL_CONTRACT` or `MODEL_PARITY`.
 */
export async function openModel(bundle: ModelBundleFiles, where: string): Promise<LoadedModel> {
  const model = await loadModel({ bundle, where });
  await verifyParity(model, bundle.parityText);
  return model;
}

/**
 * Opens the model that is live in a stage. One that fails its checks is passed over for the last
 * that was live before and still passes; the warning says so, and why.
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
  const failures: MispricedError[] = [];
  for (const version of [live.value.version, ...live.value.previous]) {
    try {
      const model = await openModel(await registry.read(name, version), `${name} ${version}`);
      return { model, manifest: model.manifest, warning: warningOf(failures, model.manifest) };
    } catch (error) {
      if (!(error instanceof MispricedError) || !modelFailures.has(error.code)) throw error;
      failures.push(error);
    }
  }
  throw failures[0] ?? new Error('a live pointer without a version');
}

function warningOf(failures: readonly MispricedError[], used: ModelManifest): string | null {
  const [first] = failures;
  if (first === undefined) return null;
  return `The live model was not used: ${first.message} Version ${used.version}, which was live before, stands in. Promote a good version, or roll back.`;
}
