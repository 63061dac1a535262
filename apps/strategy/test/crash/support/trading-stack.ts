import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  containers,
  createBlobObjectStore,
  createLedgerStore,
  createModelRegistry,
  createOwnDataStore,
  type LedgerStore,
  type ObjectStore,
} from '@mispriced/core';
import {
  type GeneratedMarket,
  stateUnemploymentToCsv,
  zip3IncomeToCsv,
} from '@mispriced/market/lendingclub/generator';
import { startTestAzurite } from '@mispriced/testing';
import { openFolder, readModelFolder } from '../../../src/index.ts';
import { workspaceRoot } from './run-once.ts';

/** A place where strategies keep what they have, with a live model and own data in it. */
export interface TradingStack {
  readonly objects: ObjectStore;
  /** The settings that lead a strategy to it. */
  readonly settings: Readonly<Record<string, string>>;
  ledgerOf(strategy: string): LedgerStore;
  /**
   * Does what fifteen seconds do by themselves: ends the lease of a run that was killed. A test
   * beside the kill points waits for the real thing.
   */
  breakLease(strategy: string): Promise<void>;
  close(): Promise<void>;
}

const modelName = 'lendingclub';

/** A folder as such a place. */
export async function openFileStack(generated: GeneratedMarket): Promise<TradingStack> {
  const folder = await mkdtemp(join(tmpdir(), 'mispriced-crash-'));
  const objects = openFolder(folder);
  await furnish(objects, generated);
  return {
    objects,
    settings: { MISPRICED__STORAGE__KIND: 'file', MISPRICED__STORAGE__PATH: folder },
    ledgerOf: (account) => createLedgerStore({ objects, account }),
    breakLease: (account) => rm(join(folder, 'control', account, 'run.lease'), { force: true }),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Blob storage, as Azurite gives it, as such a place. */
export async function openBlobStack(
  generated: GeneratedMarket,
): Promise<TradingStack & { readonly connectionString: string }> {
  const { service, connectionString, stop } = await startTestAzurite(Object.values(containers));
  const objects = createBlobObjectStore({ service });
  await furnish(objects, generated);
  return {
    objects,
    connectionString,
    settings: {
      MISPRICED__STORAGE__KIND: 'blob',
      MISPRICED__STORAGE__CONNECTION_STRING: connectionString,
    },
    ledgerOf: (account) => createLedgerStore({ objects, account }),
    breakLease: async (account) => {
      const blob = service.getContainerClient('control').getBlobClient(`${account}/run.lease`);
      if (!(await blob.exists())) return;
      const { leaseState } = await blob.getProperties();
      if (leaseState === 'leased') await blob.getBlobLeaseClient().breakLease(0);
    },
    close: stop,
  };
}

async function furnish(objects: ObjectStore, generated: GeneratedMarket): Promise<void> {
  const now = (): Date => new Date();
  const registry = createModelRegistry({ objects, now });
  const bundle = await readModelFolder(join(workspaceRoot, 'tools/train/demo-model'));
  const { version } = await registry.publish(bundle);
  await registry.promote({ name: modelName, version, stage: 'embedded' });
  const store = createOwnDataStore({ objects, now });
  // Hundreds of runs read it; none looks further back.
  const recent = generated.stateUnemployment.filter(({ month }) => month >= '2010-06');
  const files = {
    'state-unemployment': stateUnemploymentToCsv(recent),
    'zip3-income': zip3IncomeToCsv(generated.zip3Income),
  };
  for (const [set, text] of Object.entries(files)) {
    await store.publish({ set, bytes: new TextEncoder().encode(text), format: 'csv' });
  }
}
