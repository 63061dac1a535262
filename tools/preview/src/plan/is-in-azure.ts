import type { ResourceChange } from '@mispriced/environment';

/** Whether a change is one of something that exists: what only groups others in the program is not. */
export function isInAzure({ type }: ResourceChange): boolean {
  return type.startsWith('azure-native:');
}
