import { secretsIn } from '@mispriced/testing';
import type { KeyStack } from './key-stack.ts';

/** Where a key of the environment stands that should not: what was said, and every blob. */
export async function findSecrets(stack: KeyStack): Promise<readonly string[]> {
  const { everSecret, heard, blobs } = stack;
  if (everSecret.size < 4) throw new Error('There were too few secrets to look for.');
  const found: string[] = [];
  if (secretsIn(heard.join('\n'), everSecret).length > 0) found.push('what was said');
  for await (const { name: container } of blobs.listContainers()) {
    if (container === 'deployments') continue;
    const client = blobs.getContainerClient(container);
    for await (const { name } of client.listBlobsFlat()) {
      const text = (await client.getBlobClient(name).downloadToBuffer()).toString('utf8');
      if (secretsIn(text, everSecret).length > 0) found.push(`${container}/${name}`);
    }
  }
  return found;
}
