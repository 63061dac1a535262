import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientSecretCredential } from '@azure/identity';
import { trustLocalCloud } from '../src/client/trust-local-cloud.mjs';
import type { SignIn } from '../services/identity/sign-in.ts';
import type { LocalCloud } from '../src/local-cloud.ts';
import { startLocalCloud } from '../src/start-local-cloud.ts';
import type { CloudService } from '../src/service.ts';

/** A local cloud of a test's own, which this process's clients reach and believe. */
export interface TestCloud {
  readonly cloud: LocalCloud;
  readonly folder: string;
  credential(who?: SignIn): ClientSecretCredential;
  /** Options that point an `@azure/arm-*` client here. */
  readonly armOptions: {
    endpoint: string;
    credentialScopes: string[];
    credentials: { scopes: string[] };
    retryOptions: { maxRetries: number };
  };
  close(): Promise<void>;
}

/** Starts it in a fresh folder, or in one given to see what a restart finds. */
export async function startTestCloud(
  args: { folder?: string; clock?: () => Date; services?: readonly CloudService[] } = {},
): Promise<TestCloud> {
  const folder = args.folder ?? (await mkdtemp(join(tmpdir(), 'local-cloud-')));
  const cloud = await startLocalCloud({
    stateFolder: folder,
    ...(args.clock !== undefined && { clock: args.clock }),
    ...(args.services !== undefined && { services: args.services }),
  });
  trustLocalCloud(cloud.certificateFile);
  const { origin } = cloud.addresses;
  const scopes = [`${origin}/.default`];
  return {
    cloud,
    folder,
    credential: (who = cloud.administrator) =>
      new ClientSecretCredential(cloud.tenantId, who.clientId, who.clientSecret, {
        authorityHost: origin,
        disableInstanceDiscovery: true,
      }),
    armOptions: {
      endpoint: origin,
      credentialScopes: scopes,
      credentials: { scopes },
      retryOptions: { maxRetries: 0 },
    },
    close: async () => {
      await cloud.close();
      if (args.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
