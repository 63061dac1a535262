import { gunzipSync } from 'node:zlib';
import { ClientSecretCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';
import type { BootstrapResult, PipelineStage } from '@mispriced/bootstrap';
import type { Rehearsal } from '@mispriced/rehearsal';

const blobReader = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1';

/** What Pulumi keeps of a stage, null where it has no stack, read by somebody who was given a role on its container. */
export async function readState(args: {
  rehearsal: Rehearsal;
  made: BootstrapResult;
  stage: PipelineStage;
}): Promise<{ names: readonly string[]; stack: unknown }> {
  const { cloud } = args.rehearsal;
  const url = args.made.variables[args.stage]?.['PULUMI_BACKEND_URL'] ?? '';
  const [, container = '', account = ''] =
    /^azblob:\/\/(.+)\?storage_account=(.+)$/.exec(url) ?? [];
  const reader = cloud.createServicePrincipal({ displayName: `reads the state of ${args.stage}` });
  const subscription = `/subscriptions/${cloud.subscriptionId}`;
  const scope = `${subscription}/resourceGroups/mispriced-pipeline/providers/Microsoft.Storage/storageAccounts/${account}`;
  const assignment = `${scope}/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}`;
  await cloud.request('PUT', `${assignment}?api-version=2022-04-01`, {
    properties: {
      roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${blobReader}`,
      principalId: reader.objectId,
      principalType: 'ServicePrincipal',
    },
  });
  const credential = new ClientSecretCredential(
    cloud.tenantId,
    reader.clientId,
    reader.clientSecret,
    { authorityHost: cloud.addresses.origin, disableInstanceDiscovery: true },
  );
  const service = new BlobServiceClient(cloud.addresses.hosted('blob', account), credential);
  const blobs = service.getContainerClient(container);
  const names: string[] = [];
  for await (const { name } of blobs.listBlobsFlat()) names.push(name);
  const file = names.find((name) => /stacks\/mispriced\/[\w-]+\.json(\.gz)?$/.test(name));
  if (file === undefined) return { names, stack: null };
  const bytes = await blobs.getBlobClient(file).downloadToBuffer();
  const text = file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  return { names, stack: JSON.parse(text.toString('utf8')) as unknown };
}
