import { MispricedError } from '@mispriced/core';
import type { OutputMap } from '@pulumi/pulumi/automation/stack.js';

/**
 * A stack's outputs as plain values. None of them is ever a secret; one that is marked so means that
 * something was added which must not be printed, and so nothing is.
 */
export function plainOutputs(outputs: OutputMap): Record<string, unknown> {
  const secret = Object.entries(outputs).filter(([, { secret: isSecret }]) => isSecret);
  if (secret.length > 0) {
    throw new MispricedError({
      code: 'INTERNAL',
      message: `The outputs ${secret.map(([name]) => name).join(', ')} are secret.`,
      fix: 'Take them out of the program: secrets are read from the vault.',
    });
  }
  return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
}
