import type { KeyStack } from './key-stack.ts';

/** Somebody resets both keys in the portal: what runs lives on what it has until it starts anew. */
export async function resetBoth(stack: KeyStack): Promise<void> {
  await stack.regenerate('key1');
  await stack.regenerate('key2');
  await stack.arm('POST', `${stack.appId}/restart`, '2025-05-01');
  await stack.untilStatus((status) => status?.healthy !== true, 'The app does not mind.');
}
