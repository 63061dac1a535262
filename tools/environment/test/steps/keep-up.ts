import { environmentProgram } from '@mispriced/infra/program';
import * as pulumi from '@pulumi/pulumi';
import { expect } from 'vitest';
import { findDrift, previewChanges, upEnvironment } from '../../src/index.ts';
import type { TestedEnvironment } from '../bench/tested-environment.ts';

/** A second update changes nothing, and writes nothing to Azure. */
export async function changeNothing({ args, bench }: TestedEnvironment): Promise<void> {
  const before = bench.local.requests().length;
  const { changes } = await upEnvironment(args);
  expect(Object.keys(changes)).toEqual(['same']);
  const writes = bench.local
    .requests()
    .slice(before)
    .filter(({ service, method }) => service === 'resource-manager' && isWrite(method));
  expect(writes).toEqual([]);
}

const later = { schedule: '3 35 15 * * *' };

/** The change of one setting updates one resource. */
export async function changeOneSetting({ args, bench }: TestedEnvironment): Promise<void> {
  const before = bench.heard.length;
  const { changes } = await upEnvironment({ ...args, config: later });
  expect(Object.entries(changes).filter(([kind]) => kind !== 'same')).toEqual([['update', 1]]);
  const updated = bench.heard.slice(before).filter((line) => line.startsWith('update '));
  expect(updated).toEqual([expect.stringMatching(/:WebAppApplicationSettings app-settings$/)]);
}

/** A preview says which property of which resource the change of a setting would change. */
export async function previewOneSetting({ args }: TestedEnvironment): Promise<void> {
  expect(await previewChanges({ ...args, config: later })).toEqual([
    {
      operation: 'update',
      type: 'azure-native:web:WebAppApplicationSettings',
      name: 'app-settings',
      properties: ['properties.MISPRICED__SCHEDULE__DAILY_TRADE'],
    },
  ]);
}

/** An account of another name is another account, and what it holds would go: the preview says so. */
export async function previewRename({ args, one }: TestedEnvironment): Promise<void> {
  const program = () => {
    pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
      type === 'azure-native:storage:StorageAccount'
        ? { props: { ...(props as object), accountName: 'mprenamed' }, opts }
        : undefined,
    );
    return environmentProgram();
  };
  const preview = previewChanges({ ...args, program });
  if (one.stackName === 'prod') {
    await expect(preview).rejects.toMatchObject({
      code: 'ENVIRONMENT_FAILED',
      message: expect.stringMatching(/protect/) as string,
    });
    return;
  }
  const changes = await preview;
  expect(
    changes.filter(({ type }) => type === 'azure-native:storage:StorageAccount'),
  ).toMatchObject([{ operation: 'replace', properties: ['accountName'] }]);
  expect(
    changes.filter(({ operation, name }) => operation === 'replace' && name === 'ledger'),
  ).toHaveLength(1);
}

/** Where nobody changed anything, no drift is shown. */
export async function showNoDrift({ args }: TestedEnvironment): Promise<void> {
  expect(await findDrift(args)).toEqual([]);
}

/** What was changed and what was deleted behind Pulumi's back is seen, and nothing else. */
export async function showDrift(
  { args, bench }: TestedEnvironment,
  outputs: Record<string, unknown>,
): Promise<void> {
  const { local } = bench;
  const settings = `${String(outputs['appId'])}/config/appsettings`;
  const listed = await local.request('POST', `${settings}/list?api-version=2024-04-01`);
  const { properties } = listed.body as { properties: Record<string, string> };
  const put = await local.request('PUT', `${settings}?api-version=2024-04-01`, {
    properties: { ...properties, EXTRA: 'by hand' },
  });
  expect(put.status).toBe(200);
  const runs = `${String(outputs['storageAccountId'])}/blobServices/default/containers/runs`;
  const gone = await local.request('DELETE', `${runs}?api-version=2024-01-01`);
  expect(gone.status).toBe(200);
  const drift = await findDrift(args);
  expect(drift.map(({ operation, name, properties: paths }) => [operation, name, paths])).toEqual(
    expect.arrayContaining([
      ['delete', 'runs', []],
      ['update', 'app-settings', ['properties.EXTRA']],
    ]),
  );
  expect(drift).toHaveLength(2);
}

/** An update puts right what was changed by hand. */
export async function mendDrift({ args }: TestedEnvironment): Promise<void> {
  expect((await upEnvironment(args)).changes).toMatchObject({ create: 1, update: 1 });
}

function isWrite(method: string): boolean {
  return ['PUT', 'PATCH', 'DELETE'].includes(method);
}
