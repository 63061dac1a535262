import { createHash, randomBytes } from 'node:crypto';
import type { Json, TypeSpec } from './type-spec.ts';

/** Stands among a resource's inputs when its name is one that was made here. */
export const autoNamedMarker = '__autonamed';

/**
 * The name of a resource that the program gave none: the old one where there is one, else the
 * program's own name for it with eight hexadecimal digits, or a UUID where Azure wants that. `seed`
 * is the engine's, and makes a preview and the update after it agree.
 */
export function withName(args: {
  spec: TypeSpec;
  inputs: Json;
  oldInputs: Json;
  urn: string;
  seed: Uint8Array;
}): Json {
  const { spec, inputs, oldInputs } = args;
  if (spec.name === undefined || inputs[spec.name.input] !== undefined) return inputs;
  const old = oldInputs[spec.name.input];
  const named = (name: string) => ({
    ...inputs,
    [spec.name?.input ?? '']: name,
    [autoNamedMarker]: true,
  });
  if (typeof old === 'string' && oldInputs[autoNamedMarker] === true) return named(old);
  const random = (
    args.seed.length > 0
      ? createHash('sha256').update(args.seed).update(args.urn).digest()
      : randomBytes(32)
  ).toString('hex');
  const programName = args.urn.split('::').at(-1) ?? '';
  const name = spec.name.auto === 'uuid' ? uuidFrom(random) : programName + random.slice(0, 8);
  return named(name);
}

function uuidFrom(hex: string): string {
  const variant = ((Number.parseInt(hex.charAt(16), 16) % 4) + 8).toString(16);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`];
  return [...parts, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
