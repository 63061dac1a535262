import type * as OnnxRuntime from 'onnxruntime-node';
import { MispricedError } from '../domain/errors.ts';
import { type ModelManifest, parseModelManifest } from '../domain/model-manifest.ts';
import type { Model, ModelBundle } from './model.ts';
import { contractProblems } from './model-contract.ts';
import { checkSha256, modelContract } from './model-errors.ts';
import { runInBatches } from './run-in-batches.ts';
import { verifyParity } from './verify-parity.ts';

/**
 * Loads a model and proves it: the bytes are the manifest's, its inputs and outputs are what the
 * features promise and, where the bundle has a parity set, its results are those of training.
 *
 * @param where The folder or blob it came from, for messages.
 * @throws MispricedError `MODEL_CORRUPT`, `MODEL_CONTRACT` or `MODEL_PARITY`.
 */
export async function loadModel(args: { bundle: ModelBundle; where: string }): Promise<Model> {
  const { bundle, where } = args;
  const manifest = readManifest(bundle.manifestText, where);
  checkSha256({
    where,
    file: manifest.model.file,
    content: bundle.modelBytes,
    expected: manifest.model.sha256,
  });
  const runtime = await importRuntime();
  const session = await openSession(runtime, bundle.modelBytes, where);
  const model: Model = {
    manifest,
    where,
    score: (values) => runInBatches({ runtime, session, manifest, where, values }),
    close: () => session.release(),
  };
  try {
    const problems = contractProblems(session, manifest);
    if (problems.length > 0) throw modelContract(where, problems);
    if (bundle.parityText !== undefined) await verifyParity(model, bundle.parityText);
  } catch (thrown) {
    await model.close();
    throw thrown;
  }
  return model;
}

function readManifest(text: string, where: string): ModelManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw modelContract(where, ['manifest.json is not JSON'], thrown);
  }
  return parseModelManifest(value, `${where}/manifest.json`);
}

/** Imported when first needed: its native library takes longer to load than all the rest. */
async function importRuntime(): Promise<typeof OnnxRuntime> {
  try {
    return await import('onnxruntime-node');
  } catch (thrown) {
    throw new MispricedError({
      code: 'INTERNAL',
      message: `onnxruntime cannot be loaded on ${process.platform}/${process.arch}.`,
      fix: 'No further order was sent. Install the dependencies on this kind of machine, or build the package for it.',
      cause: thrown,
    });
  }
}

async function openSession(
  runtime: typeof OnnxRuntime,
  bytes: Uint8Array,
  where: string,
): Promise<OnnxRuntime.InferenceSession> {
  const errorsOnly = 3;
  try {
    return await runtime.InferenceSession.create(bytes, {
      executionProviders: ['cpu'],
      logSeverityLevel: errorsOnly,
    });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw modelContract(where, [`onnxruntime cannot load it: ${reason}`], thrown);
  }
}
