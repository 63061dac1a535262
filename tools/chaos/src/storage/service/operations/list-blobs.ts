import { isLocked, leaseAt } from '../blob-lease.ts';
import { requireContainer, type Operation } from '../operation.ts';
import type { StoredBlob } from '../stored-blob.ts';
import { StorageRefusal } from '../storage-refusal.ts';
import { textInXml } from '../text-in-xml.ts';

/**
 * List Blobs, flat, in pages: https://learn.microsoft.com/rest/api/storageservices/list-blobs. A
 * page may be shorter than was asked. Each is listed as things are when it is asked for, so what is
 * written between two pages may or may not appear.
 */
export const listBlobs: Operation = (context) => {
  const { call, pageLength } = context;
  const container = requireContainer(context);
  const from = nameIn(call.query.get('marker') ?? '');
  const asked = Number(call.query.get('maxresults') ?? pageLength);
  if (!Number.isInteger(asked) || asked < 1) throw new StorageRefusal('OutOfRangeInput');
  const found = [...container.blobs]
    .filter(([name]) => name.startsWith(call.path) && name >= from)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const length = Math.min(asked, pageLength);
  const next = found[length];
  const body = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<EnumerationResults ServiceEndpoint="https://simulated.blob.core.windows.net/" ContainerName="${textInXml(container.name)}">`,
    `<Prefix>${textInXml(call.path)}</Prefix><MaxResults>${asked}</MaxResults><Blobs>`,
    ...found.slice(0, length).map(([name, blob]) => listed(name, blob, context.now.getTime())),
    `</Blobs><NextMarker>${next === undefined ? '' : markerOf(next[0])}</NextMarker>`,
    '</EnumerationResults>',
  ].join('');
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: Buffer.from(body),
    changed: false,
  };
};

function listed(name: string, blob: StoredBlob, now: number): string {
  const lease = leaseAt(blob.lease, now);
  const properties: Readonly<Record<string, string>> = {
    'Creation-Time': blob.createdAt.toUTCString(),
    'Last-Modified': blob.modifiedAt.toUTCString(),
    Etag: blob.etag.replaceAll('"', ''),
    'Content-Length': String(blob.contentLength),
    'Content-Type': blob.contentType,
    BlobType: blob.type,
    LeaseStatus: isLocked(lease) ? 'locked' : 'unlocked',
    LeaseState: lease.state,
    ServerEncrypted: 'true',
  };
  const elements = Object.entries(properties).map(
    ([key, value]) => `<${key}>${textInXml(value)}</${key}>`,
  );
  return `<Blob><Name>${textInXml(name)}</Name><Properties>${elements.join('')}</Properties></Blob>`;
}

/** Opaque to clients, as Azure's are. */
function markerOf(name: string): string {
  return Buffer.from(name).toString('base64url');
}

function nameIn(marker: string): string {
  return Buffer.from(marker, 'base64url').toString();
}
