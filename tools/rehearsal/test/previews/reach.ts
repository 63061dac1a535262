import type { PreviewRehearsal } from './rehearse.ts';

/** What a preview gives out, as `mispriced outputs` has it. */
export type PreviewOutputs = Readonly<Record<string, string>>;

/** What was asked for, and the status that was answered. */
export type Reached = Readonly<Record<string, number>>;

const containerVersion = '2025-05-05';

/**
 * Asks with somebody's identity for all that an environment keeps: every container, to list and to
 * write, its queues, its secrets, and what the resource manager would give to who may manage it.
 */
export async function reach(
  { rehearsal }: PreviewRehearsal,
  identity: PreviewOutputs,
  target: PreviewOutputs,
): Promise<Reached> {
  const { cloud } = rehearsal;
  const { directory, tokens, resources } = cloud.context;
  const principal = directory
    .all()
    .find(({ objectId }) => objectId === identity['identityPrincipalId']);
  if (principal === undefined) throw new TypeError('There is no such identity.');
  const ask = async (audience: string, method: string, url: string): Promise<number> => {
    const { token } = await tokens.issue(principal, audience);
    const answer = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'x-ms-version': containerVersion,
        ...(method === 'PUT' && { 'x-ms-blob-type': 'BlockBlob', 'content-type': 'text/plain' }),
      },
      ...(method === 'PUT' && { body: 'taken' }),
    });
    await answer.body?.cancel();
    return answer.status;
  };
  const reached: Record<string, number> = {};
  const [storage, vault] = ['https://storage.azure.com', 'https://vault.azure.net'];
  const account = target['storageAccountId'] ?? '';
  const blobs = target['blobEndpoint'] ?? '';
  const containers = resources
    .ofType('Microsoft.Storage/storageAccounts/blobServices/containers')
    .filter(({ id }) => id.toLowerCase().startsWith(`${account}/`.toLowerCase()));
  for (const { name } of containers) {
    const url = `${blobs}${name}`;
    reached[`GET ${name}`] = await ask(storage, 'GET', `${url}?restype=container&comp=list`);
    reached[`PUT ${name}`] = await ask(storage, 'PUT', `${url}/left-by-another`);
  }
  reached['GET listing'] = await ask(storage, 'GET', `${blobs}data/replay/listing.json`);
  const queues = blobs.replace('blob.', 'queue.');
  reached['GET queues'] = await ask(storage, 'GET', `${queues}?comp=list`);
  const secrets = `${target['keyVaultUri'] ?? ''}secrets`;
  reached['GET secrets'] = await ask(vault, 'GET', `${secrets}?api-version=7.6`);
  const secret = `${secrets}/trading-api-key?api-version=7.6`;
  reached['GET secret'] = await ask(vault, 'GET', secret);
  const manage = (method: string, path: string, version: string) =>
    ask(cloud.addresses.origin, method, `${cloud.addresses.origin}${path}?api-version=${version}`);
  const app = target['appId'] ?? '';
  reached['keys of the account'] = await manage('POST', `${account}/listKeys`, '2024-01-01');
  reached['settings of the app'] = await manage(
    'POST',
    `${app}/config/appsettings/list`,
    '2025-05-01',
  );
  reached['keys of the app'] = await manage('POST', `${app}/host/default/listKeys`, '2025-05-01');
  reached['the group'] = await manage('GET', target['resourceGroupId'] ?? '', '2024-03-01');
  return reached;
}
