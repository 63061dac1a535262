import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolderOnce } from '@mispriced/core';
import { pulumiCacheFolder } from './cache-folder.ts';
import type { PulumiProbe } from './found-pulumi.ts';
import { buildWithGo } from './go-build.ts';
import { findOnPath, inspectPulumi, pulumiIn } from './inspect-binary.ts';
import { pulumiVersion } from './versions.ts';

/** The four places a command line comes from, cheapest first, for this machine's environment. */
export function pulumiProbes(environment: NodeJS.ProcessEnv = process.env): PulumiProbe[] {
  const searchPath = environment['PATH'] ?? '';
  const folder = pulumiCacheFolder(environment);
  const cached = (source: 'cache' | 'installer' | 'go-build') =>
    inspectPulumi({ path: pulumiIn(join(folder, 'bin')), source, searchPath });
  return [
    {
      source: 'path',
      async find() {
        const path = await findOnPath('pulumi', searchPath);
        return path === null ? null : inspectPulumi({ path, source: 'path', searchPath });
      },
    },
    { source: 'cache', find: () => cached('cache') },
    {
      source: 'installer',
      async find() {
        await makeFolderOnce({ folder, make: installOfficially });
        return cached('installer');
      },
    },
    {
      source: 'go-build',
      async find() {
        const go = await findOnPath('go', searchPath);
        if (go === null) throw new Error('Go is not installed.');
        await makeFolderOnce({ folder, make: (staging) => buildWithGo({ folder: staging, go }) });
        return cached('go-build');
      },
    },
  ];
}

async function installOfficially(staging: string): Promise<void> {
  // Loaded here, for it takes a second and is needed once on a machine.
  const { PulumiCommand } = await import('@pulumi/pulumi/automation/index.js');
  const { SemVer } = await import('semver');
  const root = `${staging}/installed`;
  await PulumiCommand.install({ root, version: new SemVer(pulumiVersion) });
  await rename(join(root, 'bin'), join(staging, 'bin'));
}
