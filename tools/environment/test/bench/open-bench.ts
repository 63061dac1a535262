import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type LocalCloud,
  type SignIn,
  startLocalCloud,
  trustLocalCloud,
} from '@mispriced/local-cloud';
import type { FoundPulumi } from '@mispriced/pulumi-cli';
import type { Cloud } from '../../src/cloud.ts';
import { localCloud } from '../../src/index.ts';

/** A local cloud with an engine before it, and all that was ever said or kept secret there. */
export interface Bench {
  readonly local: LocalCloud;
  readonly localFolder: string;
  readonly cloud: Cloud;
  readonly pulumi: FoundPulumi;
  readonly passphrase: string;
  readonly operatorsGroupObjectId: string;
  /** One of the operators, who may write secrets. */
  readonly operator: SignIn;
  /** What the hybrid way signs in as. */
  readonly hybrid: SignIn;
  /** Values that must stand nowhere. */
  readonly secrets: Set<string>;
  /** Every line that was reported or logged. */
  readonly heard: string[];
  close(): Promise<void>;
}

/** Starts it in fresh folders. */
export async function openBench(pulumi: FoundPulumi): Promise<Bench> {
  const heard: string[] = [];
  const localFolder = await mkdtemp(join(tmpdir(), 'local-cloud-'));
  const local = await startLocalCloud({
    stateFolder: localFolder,
    log: (line) => heard.push(line),
  });
  trustLocalCloud(local.certificateFile);
  local.setSettings({ operationSeconds: 0 });
  // Its work is done at once, and only told later; clients are to wait a second for that.
  const cloud = await localCloud(local.environment, {
    clock: { now: () => new Date(), sleep: () => Promise.resolve() },
  });
  const operatorsGroupObjectId = local.createGroup('operators');
  const memberOf = [operatorsGroupObjectId];
  const operator = local.createServicePrincipal({ displayName: 'operator', memberOf });
  const hybrid = local.createServicePrincipal({ displayName: 'hybrid' });
  const passphrase = randomBytes(18).toString('base64');
  const signIns = [local.administrator, operator, hybrid];
  return {
    local,
    localFolder,
    cloud,
    passphrase,
    operatorsGroupObjectId,
    operator,
    hybrid,
    heard,
    pulumi,
    secrets: new Set([passphrase, ...signIns.map(({ clientSecret }) => clientSecret)]),
    close: async () => {
      await cloud.close();
      await local.close();
    },
  };
}
