import type { PreviewRehearsal } from './rehearse.ts';

/** What a preview gives out, as `mispriced outputs` has it. */
export type PreviewOutputs = Readonly<Record<string, string>>;

/** Whether somebody's identity opens what a preview keeps: its blobs and its secrets. */
export async function reach(
  { rehearsal }: PreviewRehearsal,
  identity: PreviewOutputs,
  target: PreviewOutputs,
): Promise<{ listing: number; blobs: number; secret: number; secrets: number }> {
  const { directory, tokens } = rehearsal.cloud.context;
  const principal = directory
    .all()
    .find(({ objectId }) => objectId === identity['identityPrincipalId']);
  if (principal === undefined) throw new TypeError('There is no such identity.');
  const ask = async (audience: string, url: string): Promise<number> => {
    const { token } = tokens.issue(principal, audience);
    const headers = { authorization: `Bearer ${token}`, 'x-ms-version': '2025-05-05' };
    const answer = await fetch(url, { headers });
    await answer.body?.cancel();
    return answer.status;
  };
  const [storage, vault] = ['https://storage.azure.com', 'https://vault.azure.net'];
  const blobs = target['blobEndpoint'] ?? '';
  const secrets = `${target['keyVaultUri'] ?? ''}secrets`;
  return {
    listing: await ask(storage, `${blobs}data/replay/listing.json`),
    blobs: await ask(storage, `${blobs}data?restype=container&comp=list`),
    secret: await ask(vault, `${secrets}/trading-api-key?api-version=7.6`),
    secrets: await ask(vault, `${secrets}?api-version=7.6`),
  };
}
