import type * as OnnxRuntime from 'onnxruntime-node';
import type { ModelManifest } from '../domain/model-manifest.ts';
import { modelContract } from './model-errors.ts';

/** Larger batches are slower: a million rows took 5.1 s in batches of this size, 9.2 s in tenfold. */
export const batchRows = 5000;

/**
 * Runs a model over rows of features and takes the probability of a loss from its output.
 *
 * @throws MispricedError `MODEL_CONTRACT` when what comes out is not a probability for each row.
 */
export async function runInBatches(args: {
  runtime: typeof OnnxRuntime;
  session: OnnxRuntime.InferenceSession;
  manifest: ModelManifest;
  where: string;
  values: Float32Array;
}): Promise<Float64Array> {
  const { session, manifest, where, values } = args;
  const { input, output } = manifest.model;
  const width = manifest.features.features.length;
  const rowCount = values.length / width;
  if (!Number.isInteger(rowCount)) {
    throw modelContract(where, [`${values.length} values do not make rows of ${width} features`]);
  }
  const scores = new Float64Array(rowCount);
  for (let start = 0; start < rowCount; start += batchRows) {
    const end = Math.min(start + batchRows, rowCount);
    const batch = values.subarray(start * width, end * width);
    const tensor = new args.runtime.Tensor('float32', batch, [end - start, width]);
    const result = (await session.run({ [input]: tensor }, [output]))[output];
    const data = result?.data;
    if (!(data instanceof Float32Array) || data.length !== 2 * (end - start)) {
      const shape = result?.dims.join(', ') ?? '';
      throw modelContract(where, [`"${output}" has the shape [${shape}] for ${end - start} rows`]);
    }
    for (let row = start; row < end; row += 1) {
      const probability = data[2 * (row - start) + 1] ?? Number.NaN;
      if (!(probability >= 0 && probability <= 1)) {
        throw modelContract(where, [`row ${row + 1} got ${probability}, which is no probability`]);
      }
      scores[row] = probability;
    }
  }
  return scores;
}
