import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startLocalCloud } from '../start-local-cloud.ts';
import { trustLocalCloud } from './trust-local-cloud.mjs';

it('believes each of several local clouds, one after the other and side by side', async () => {
  const clouds = [];
  for (let count = 0; count < 3; count += 1) {
    const stateFolder = await mkdtemp(join(tmpdir(), 'trusted-'));
    const cloud = await startLocalCloud({ stateFolder, log: () => undefined, services: [] });
    trustLocalCloud(cloud.certificateFile);
    clouds.push(cloud);
    for (const { addresses } of clouds) {
      const { status } = await fetch(`${addresses.origin}/metadata/endpoints`);
      expect(status).toBeLessThan(500);
    }
  }
  await Promise.all(clouds.map((cloud) => cloud.close()));
});
