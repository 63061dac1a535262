import type { InferenceSession } from 'onnxruntime-node';
import type { ModelManifest } from '../domain/model-manifest.ts';

type Metadata = InferenceSession.ValueMetadata;

/**
 * What in a model's inputs and outputs differs from its manifest: one float32 tensor [any rows,
 * features] in, a float32 tensor [any rows, 2] out.
 */
export function contractProblems(
  session: Pick<InferenceSession, 'inputMetadata' | 'outputMetadata'>,
  manifest: ModelManifest,
): string[] {
  const { input, output } = manifest.model;
  const inputNames = session.inputMetadata.map(({ name }) => name);
  const problems: string[] = [];
  if (inputNames.length !== 1 || inputNames[0] !== input) {
    problems.push(`it must have one input "${input}", but has ${inputNames.join(', ')}`);
  }
  problems.push(
    ...tensorProblems({
      metadata: session.inputMetadata.find(({ name }) => name === input),
      what: `input "${input}"`,
      columns: manifest.features.features.length,
      isColumnCountNeeded: true,
    }),
  );
  const result = session.outputMetadata.find(({ name }) => name === output);
  if (result === undefined) {
    const names = session.outputMetadata.map(({ name }) => name).join(', ');
    problems.push(`it must have an output "${output}", but has ${names}`);
  }
  problems.push(
    ...tensorProblems({
      metadata: result,
      what: `output "${output}"`,
      columns: 2,
      isColumnCountNeeded: false,
    }),
  );
  for (const feature of manifest.features.features) {
    if (typeof feature.missing === 'object' && feature.missing.fill === 'median') {
      problems.push(`feature "${feature.name}" must be filled with a number, not with a median`);
    }
  }
  return problems;
}

function tensorProblems(args: {
  metadata: Metadata | undefined;
  what: string;
  columns: number;
  /** A converter may leave an output's shape open; what comes out is checked at each run. */
  isColumnCountNeeded: boolean;
}): string[] {
  const { metadata, what, columns } = args;
  if (metadata === undefined) return [];
  if (!metadata.isTensor || metadata.type !== 'float32') {
    const type = metadata.isTensor ? metadata.type : 'not a tensor';
    return [`${what} must be a float32 tensor, but is ${type}`];
  }
  const [rowCount, columnCount] = metadata.shape;
  const isOpen = metadata.shape.length === 0 && !args.isColumnCountNeeded;
  const fits =
    metadata.shape.length === 2 &&
    isUnbound(rowCount) &&
    (columnCount === columns || (!args.isColumnCountNeeded && isUnbound(columnCount)));
  if (isOpen || fits) return [];
  return [`${what} must have the shape [any, ${columns}], but has [${metadata.shape.join(', ')}]`];
}

/** Dimensions without a size have a name, or -1. */
function isUnbound(dimension: number | string | undefined): boolean {
  return typeof dimension === 'string' || dimension === -1;
}
