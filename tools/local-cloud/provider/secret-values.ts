import { isObject } from '@mispriced/azure';
import type { Json } from './type-spec.ts';

/** The key, and its value, by which the engine marks an object as a wrapped secret. */
const signatureKey = '4dabf18193072939515e22adb298388d';
const secretSignature = '1b47061264138c4ac30d75fd1eb44270';

/** Whether a value is a secret that the engine has wrapped. */
function isSecret(value: unknown): value is { value: unknown } {
  return isObject(value) && value[signatureKey] === secretSignature;
}

/** A value with every secret in it laid open: for a request, never for a state or a message. */
export function reveal(value: unknown): unknown {
  if (isSecret(value)) return reveal(value.value);
  if (Array.isArray(value)) return value.map((item) => reveal(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, reveal(item)]));
}

/**
 * Outputs in which everything that was a secret among the inputs is one again. A secret deep within
 * an input makes the whole output of that name one: rather too much than too little.
 */
export function hideAgain(outputs: Json, inputs: Json): Json {
  return Object.fromEntries(
    Object.entries(outputs).map(([key, value]) => [
      key,
      holdsSecret(inputs[key]) ? { [signatureKey]: secretSignature, value } : value,
    ]),
  );
}

function holdsSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  if (Array.isArray(value)) return value.some((item) => holdsSecret(item));
  return isObject(value) && Object.values(value).some((item) => holdsSecret(item));
}
