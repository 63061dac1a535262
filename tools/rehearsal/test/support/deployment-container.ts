import { createHash } from 'node:crypto';
import { RestError } from '@azure/storage-blob';
import { unzipSync } from 'fflate';
import { openStackBlobs, type Rehearsal, type RehearsedStack } from '../../src/index.ts';

/** Where the platform keeps the one package that the app runs. */
const place = { container: 'app-package', blob: 'released-package.zip' } as const;

/**
 * The SHA-256 of the package in the app's deployment container; null while there is none.
 *
 * @throws Error where what lies there is no whole package
 */
export async function releasedPackage(
  rehearsal: Rehearsal,
  stack: RehearsedStack,
): Promise<string | null> {
  const blob = blobsOf(rehearsal, stack)
    .getContainerClient(place.container)
    .getBlobClient(place.blob);
  let bytes: Buffer;
  try {
    bytes = await blob.downloadToBuffer();
  } catch (error) {
    if (error instanceof RestError && error.statusCode === 404) return null;
    throw error;
  }
  const files = unzipSync(bytes, { filter: ({ name }) => name === 'package-manifest.json' });
  if (files['package-manifest.json'] === undefined) throw new Error('The package has no manifest.');
  return createHash('sha256').update(bytes).digest('hex');
}

/** Makes an environment as it was before anything was published or deployed, and its app stop. */
export async function emptyStores(rehearsal: Rehearsal, stack: RehearsedStack): Promise<void> {
  const blobs = blobsOf(rehearsal, stack);
  for await (const { name } of blobs.listContainers()) {
    // The functions host's own, which it makes as it needs them.
    if (name.startsWith('azure-webjobs-')) continue;
    const container = blobs.getContainerClient(name);
    for await (const blob of container.listBlobsFlat()) await container.deleteBlob(blob.name);
  }
  const path = `${stack.outputs['appId'] ?? ''}/restart?api-version=2025-05-01`;
  const { status, body } = await rehearsal.cloud.request('POST', path);
  if (status >= 300) throw new Error(JSON.stringify(body));
}

function blobsOf({ cloud }: Rehearsal, { outputs }: RehearsedStack) {
  return openStackBlobs({ cloud, blobEndpoint: outputs['blobEndpoint'] ?? '' });
}
