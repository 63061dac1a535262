import type { TypedData } from '../worker/protocol.ts';

/** The value in what a function returned: parsed where it is JSON, null where there is none. */
export function decodeTypedData(data: TypedData | null | undefined): unknown {
  if (data === null || data === undefined) return null;
  if (typeof data.json === 'string') return JSON.parse(data.json) as unknown;
  return data.string ?? data.bytes ?? data.int ?? data.double ?? data.http ?? null;
}
