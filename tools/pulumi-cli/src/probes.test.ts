import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pulumiCacheFolder } from './cache-folder.ts';
import { pulumiProbes } from './probes.ts';

async function program(path: string, prints: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\necho ${prints}\n`);
  await chmod(path, 0o755);
}

describe('pulumiProbes', () => {
  it('finds the program on the path with the language host beside it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'probe-'));
    await program(join(folder, 'pulumi'), 'v3.300.1');
    await program(join(folder, 'pulumi-language-nodejs'), 'v3');
    const [path] = pulumiProbes({ PATH: folder, MISPRICED_CACHE: folder });
    expect(await path?.find()).toEqual({
      path: join(folder, 'pulumi'),
      version: '3.300.1',
      source: 'path',
      languageHostPath: join(folder, 'pulumi-language-nodejs'),
    });
  });

  it('finds the program in the cache and says when there is no language host', async () => {
    const cache = await mkdtemp(join(tmpdir(), 'probe-'));
    const environment = { PATH: '', MISPRICED_CACHE: cache };
    const [path, cached] = pulumiProbes(environment);
    expect(await path?.find()).toBeNull();
    expect(await cached?.find()).toBeNull();
    await program(join(pulumiCacheFolder(environment), 'bin', 'pulumi'), 'v3.255.0');
    expect(await cached?.find()).toMatchObject({ source: 'cache', languageHostPath: null });
  });
});

describe('pulumiCacheFolder', () => {
  it('is named by our own variable, then by the one that desktops share', () => {
    expect(pulumiCacheFolder({ MISPRICED_CACHE: '/a', XDG_CACHE_HOME: '/b' })).toBe(
      '/a/pulumi-3.255.0',
    );
    expect(pulumiCacheFolder({ XDG_CACHE_HOME: '/b' })).toBe('/b/mispriced/pulumi-3.255.0');
  });
});
