import type { z } from 'zod';
import { MispricedError } from '../domain/index.ts';
import type { ObjectStore, StoredObject, WriteCondition } from './object-store.ts';

/** A small JSON object that says which of many immutable things is live. */
export interface Pointer<Value> {
  readonly value: Value;
  readonly etag: string;
}

/** Reads a pointer; null where none was ever written. Throws `DATA_INVALID` for one that is broken. */
export async function readPointer<Value>(args: {
  objects: ObjectStore;
  container: string;
  path: string;
  schema: z.ZodType<Value>;
}): Promise<Pointer<Value> | null> {
  const stored = await args.objects.read(args.container, args.path);
  if (stored === null) return null;
  return { value: parsePointer(stored, args), etag: stored.etag };
}

/**
 * Moves a pointer from the state that was read to another: of two movers at once one wins.
 *
 * @throws MispricedError `STORE_CONFLICT` for the one that loses.
 */
export async function movePointer(args: {
  objects: ObjectStore;
  container: string;
  path: string;
  from: Pointer<unknown> | null;
  value: object;
}): Promise<void> {
  const bytes = new TextEncoder().encode(`${JSON.stringify(args.value, null, 2)}\n`);
  const condition: WriteCondition = args.from === null ? 'absent' : { etag: args.from.etag };
  await args.objects.write(args.container, args.path, bytes, condition);
}

function parsePointer<Value>(
  stored: StoredObject,
  args: { objects: ObjectStore; container: string; path: string; schema: z.ZodType<Value> },
): Value {
  try {
    return args.schema.parse(JSON.parse(new TextDecoder().decode(stored.bytes)));
  } catch (error) {
    throw new MispricedError({
      code: 'DATA_INVALID',
      message: `${args.objects.locate(args.container, args.path)} is not a pointer that can be read.`,
      fix: 'Point it at a version again: `npx mispriced model promote` or `npx mispriced data publish`.',
      cause: error,
    });
  }
}
