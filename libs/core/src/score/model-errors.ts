import { createHash } from 'node:crypto';
import { MispricedError } from '../domain/errors.ts';

/** A file of the bundle is not the one its manifest describes. */
export function modelCorrupt(where: string, problem: string, cause?: unknown): MispricedError {
  return new MispricedError({
    code: 'MODEL_CORRUPT',
    message: `The model ${where} is damaged: ${problem}.`,
    fix: 'Publish the bundle again from where it was trained, all three files together.',
    cause,
  });
}

/** The model is whole, but not of the kind the strategy can use. */
export function modelContract(
  where: string,
  problems: readonly string[],
  cause?: unknown,
): MispricedError {
  return new MispricedError({
    code: 'MODEL_CONTRACT',
    message: [`The model ${where} breaks its contract:`, ...problems].join('\n  '),
    fix: 'Train it again with `npx mispriced train`; docs/train-a-model.md says what a model must be.',
    cause,
  });
}

/**
 * Proves that bytes are the ones a manifest names.
 *
 * @throws MispricedError `MODEL_CORRUPT`
 */
export function checkSha256(args: {
  where: string;
  file: string;
  content: Uint8Array | string;
  expected: string;
}): void {
  const actual = createHash('sha256').update(args.content).digest('hex');
  if (actual === args.expected) return;
  throw modelCorrupt(
    args.where,
    `${args.file} has the SHA-256 ${actual}, where the manifest names ${args.expected}`,
  );
}
