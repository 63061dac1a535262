import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { connectToCloud } from '@mispriced/azure';
import { trustLocalCloud } from '../src/client/trust-local-cloud.mjs';
import type { CloudContext } from '../src/azure-services.ts';
import type { CloudService } from '../src/service.ts';
import { writeAtomically } from '@mispriced/loopback-server';
import { startProvider } from './serve.ts';

const name = 'azure-native';

/**
 * The stand-in for azure-native as a service of the local cloud, so that `pulumi` itself, with the
 * local cloud's environment and nothing around it, makes environments there. They are recorded where
 * the project's own commands record those of a local cloud.
 */
export const providerService: CloudService<CloudContext> = {
  name,
  open: async (cloud) => {
    trustLocalCloud(cloud.certificateFile);
    const folder = cloud.folderOf(name);
    const { clientId, clientSecret } = cloud.administrator;
    const connection = await connectToCloud({
      metadataHost: new URL(cloud.addresses.origin).host,
      tenantId: cloud.directory.tenantId,
      subscriptionId: cloud.subscriptionId,
      clientId,
      clientSecret,
    });
    const portFile = join(folder, 'port');
    const preferredPort = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0;
    const provider = await startProvider(connection, { preferredPort });
    writeAtomically(portFile, String(provider.port));
    const records = join(cloud.state.folder, 'environments');
    mkdirSync(records, { recursive: true, mode: 0o700 });
    return {
      environment: {
        ...provider.environment,
        PULUMI_BACKEND_URL: pathToFileURL(records).href,
        // What a local cloud's environment holds is worth nothing, and an empty one asks nobody.
        PULUMI_CONFIG_PASSPHRASE: '',
      },
      close: () => provider.close(),
    };
  },
};
