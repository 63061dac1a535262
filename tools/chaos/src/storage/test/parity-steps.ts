import { RestError, type BlobServiceClient } from '@azure/storage-blob';
import fc from 'fast-check';

/** One of two storages that are given the same. */
export interface Side {
  readonly service: BlobServiceClient;
  readonly container: string;
  /** The etag that each blob was last known by, for conditions; etags themselves differ. */
  readonly etags: Map<string, string>;
}

const ids = [1, 2].map((digit) =>
  '11111111-1111-4111-8111-111111111111'.replaceAll('1', String(digit)),
);
const [one = '', two = ''] = ids;
const id = fc.constantFrom(one, one, two);
const names = ['blocks/a', 'appended/a', 'appended/b & <c>'] as const;
const name = fc.constantFrom(...names);
const content = fc.constantFrom('', 'x', 'some more', 'Ümläute', 'and so on');
const rarely = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });
const condition = fc.record({
  only: fc.constantFrom(null, 'absent', 'unchanged', 'never'),
  leaseId: rarely(id),
});
const appendCondition = fc.record({
  only: fc.constantFrom(null, 'unchanged', 'never'),
  leaseId: rarely(id),
});

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ operation: fc.constant('put'), name, content, condition }) },
  {
    weight: 4,
    arbitrary: fc.record({
      operation: fc.constant('append'),
      name,
      content,
      condition: appendCondition,
      position: fc.constantFrom('end', 'end', 'beyond', 'none'),
    }),
  },
  {
    arbitrary: fc.record({
      operation: fc.constant('get'),
      name,
      range: fc.option(fc.tuple(fc.nat(12), fc.option(fc.integer({ min: 1, max: 12 })))),
    }),
    weight: 2,
  },
  { weight: 1, arbitrary: fc.record({ operation: fc.constant('properties'), name }) },
  {
    weight: 1,
    arbitrary: fc.record({
      operation: fc.constant('list'),
      prefix: fc.constantFrom('', 'blocks/', 'appended/b', 'none'),
      pageSize: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ operation: fc.constant('acquire'), name, id }) },
  { weight: 2, arbitrary: fc.record({ operation: fc.constant('renew'), name, id }) },
  { weight: 2, arbitrary: fc.record({ operation: fc.constant('release'), name, id }) },
  { weight: 1, arbitrary: fc.record({ operation: fc.constant('break'), name }) },
);

const always = { only: null, leaseId: null } as const;
const filled = names.map((each) => ({
  operation: 'put' as const,
  name: each,
  content: 'some more' as const,
  condition: always,
}));

/** Sequences of requests as the product's stores might send them, and some more. */
export const steps = fc
  .tuple(
    // Half of them begin where nothing is.
    fc.constantFrom<readonly Step[]>([], filled),
    fc.array(step, { minLength: 20, maxLength: 50, size: 'max' }),
  )
  .map(([first, then]) => [...first, ...then]);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** What came of a request, without what two storages may name differently. */
interface Outcome {
  readonly status: number;
  readonly code?: string;
  readonly told?: unknown;
}

/** Sends one request with the SDK. */
export async function requestOf(side: Side, asked: Step): Promise<Outcome> {
  try {
    return await send(side, asked);
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    return { status: error.statusCode ?? 0, code: error.code ?? '' };
  }
}

async function send(side: Side, asked: Step): Promise<Outcome> {
  const container = side.service.getContainerClient(side.container);
  if ('pageSize' in asked) {
    const found: unknown[] = [];
    const pages = container
      .listBlobsFlat({ prefix: asked.prefix })
      .byPage({ maxPageSize: asked.pageSize });
    for await (const page of pages) {
      found.push(
        page.segment.blobItems.map((item) => [
          item.name,
          item.properties.contentLength,
          item.properties.blobType,
          item.properties.leaseState,
        ]),
      );
    }
    return { status: 200, told: found };
  }
  const blob = container.getBlobClient(asked.name);
  if ('content' in asked) return write(side, asked);
  if ('range' in asked) {
    const answer = await blob.download(asked.range?.[0], asked.range?.[1] ?? undefined);
    const chunks: Buffer[] = [];
    for await (const chunk of answer.readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
    const { contentLength, contentRange, blobType, leaseState, leaseStatus } = answer;
    const text = Buffer.concat(chunks).toString('base64');
    return {
      status: answer._response.status,
      told: { contentLength, contentRange, blobType, leaseState, leaseStatus, text },
    };
  }
  if (asked.operation === 'properties') {
    const answer = await blob.getProperties();
    const { contentLength, contentType, blobType, blobCommittedBlockCount } = answer;
    const { leaseState, leaseStatus, leaseDuration } = answer;
    return {
      status: answer._response.status,
      told: [
        [contentLength, contentType, blobType, blobCommittedBlockCount],
        [leaseState, leaseStatus, leaseDuration],
      ],
    };
  }
  const lease = blob.getBlobLeaseClient('id' in asked ? asked.id : undefined);
  const answer =
    asked.operation === 'break'
      ? await lease.breakLease(0)
      : asked.operation === 'acquire'
        ? await lease.acquireLease(-1)
        : asked.operation === 'renew'
          ? await lease.renewLease()
          : await lease.releaseLease();
  const isSame = answer.etag === side.etags.get(asked.name);
  const { leaseTime, _response } = answer as {
    readonly leaseTime?: number;
    readonly _response: { readonly status: number };
  };
  return { status: _response.status, told: { leaseTime, isSame } };
}

/** Block blobs and append blobs are each put in their own way. */
async function write(side: Side, asked: Extract<Step, { content: string }>): Promise<Outcome> {
  const { name: path, content: sent, condition: wanted } = asked;
  const container = side.service.getContainerClient(side.container);
  const known = side.etags.get(path) ?? '"0x0"';
  const conditions = {
    // A blob that is not there yet has no lease, and the model does not say what Azure would.
    ...(wanted.leaseId !== null && side.etags.has(path) && { leaseId: wanted.leaseId }),
    ...(wanted.only === 'absent' && { ifNoneMatch: '*' }),
    ...(wanted.only === 'unchanged' && { ifMatch: known }),
    ...(wanted.only === 'never' && { ifMatch: '"0x8DEADDEADDEADDE"' }),
  };
  const appended = container.getAppendBlobClient(path);
  const isAppended = path.startsWith('appended/');
  if ('position' in asked) {
    const properties = await appended.getProperties().catch(() => ({ contentLength: 0 }));
    const end = properties.contentLength ?? 0;
    const appendPosition = { end, beyond: end + 1, none: undefined }[asked.position];
    const answer = await appended.appendBlock(sent, Buffer.byteLength(sent), {
      conditions: { ...conditions, ...(appendPosition !== undefined && { appendPosition }) },
    });
    if (answer.etag !== undefined) side.etags.set(path, answer.etag);
    const { blobAppendOffset, blobCommittedBlockCount } = answer;
    return { status: answer._response.status, told: { blobAppendOffset, blobCommittedBlockCount } };
  }
  const answer = isAppended
    ? await appended.create({ conditions })
    : await container
        .getBlockBlobClient(path)
        .upload(sent, Buffer.byteLength(sent), { conditions });
  if (answer.etag !== undefined) side.etags.set(path, answer.etag);
  return { status: answer._response.status };
}
