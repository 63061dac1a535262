import type { KeyStack } from './key-stack.ts';

/** Somebody resets both keys in the portal: what runs lives on what it has until it starts anew. */
export async function resetBoth(stack: KeyStack): Promise<void> {
  await stack.regenerate('key1');
  await stack.regenerate('key2');
  await stack.arm('POST', `${stack.appId}/restart`, '2025-05-01');
  const giveUpAt = Date.now() + 30_000;
  while ((await stack.status())?.healthy === true) {
    if (Date.now() > giveUpAt) throw new Error('The app does not mind.');
    await new Promise((done) => setTimeout(done, 50));
  }
}
