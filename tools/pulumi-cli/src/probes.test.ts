import { chmod, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PulumiCommand } from '@pulumi/pulumi/automation/index.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { pulumiCacheFolder } from './cache-folder.ts';
import { pulumiProbes } from './probes.ts';

const temporary = () => mkdtemp(join(tmpdir(), 'probe-'));

async function program(path: string, prints: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\necho ${prints}\n`);
  await chmod(path, 0o755);
}

describe('pulumiProbes', () => {
  it('finds the program on the path with the language host beside it', async () => {
    const folder = await temporary();
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
    const cache = await temporary();
    const environment = { PATH: '', MISPRICED_CACHE: cache };
    const [path, cached] = pulumiProbes(environment);
    expect(await path?.find()).toBeNull();
    expect(await cached?.find()).toBeNull();
    await program(join(pulumiCacheFolder(environment), 'bin', 'pulumi'), 'v3.255.0');
    expect(await cached?.find()).toMatchObject({ source: 'cache', languageHostPath: null });
  });
});

/** A Go that builds nothing: its programs say which module, version flag and target they are from. */
const fakeGo = `#!/bin/sh
[ "$GOFLAGS" = "-mod=mod" ] || { echo "GOFLAGS is $GOFLAGS" >&2; exit 1; }
grep -q "^module" go.mod || exit 1
while [ $# -gt 1 ]; do
  [ "$1" = -o ] && output=$2
  [ "$1" = -ldflags ] && version=\${2##*Version=}
  shift
done
case "$1" in
  github.com/pulumi/pulumi/*) printf '#!/bin/sh\\necho %s\\n' "$version" > "$output" ;;
  *) echo "no such target: $1" >&2; exit 1 ;;
esac
chmod 755 "$output"
`;

describe('building with Go', () => {
  async function goProbe(script: string) {
    const [cache, tools] = [await temporary(), await temporary()];
    await writeFile(join(tools, 'go'), script);
    await chmod(join(tools, 'go'), 0o755);
    const environment = { PATH: tools, MISPRICED_CACHE: cache };
    return { cache, probe: pulumiProbes(environment).find(({ source }) => source === 'go-build') };
  }

  it('makes the command line and its language host, once', async () => {
    const { cache, probe } = await goProbe(fakeGo);
    const bin = join(cache, 'pulumi-3.255.0', 'bin');
    const found = {
      path: join(bin, 'pulumi'),
      version: '3.255.0',
      source: 'go-build',
      languageHostPath: join(bin, 'pulumi-language-nodejs'),
    };
    expect(await probe?.find()).toEqual(found);
    expect((await readdir(join(cache, 'pulumi-3.255.0'))).sort()).toEqual(['bin']);
    expect(await probe?.find()).toEqual(found);
  });

  it('says what Go said, and leaves nothing', async () => {
    const { cache, probe } = await goProbe('#!/bin/sh\necho "no module proxy" >&2\nexit 3\n');
    await expect(probe?.find()).rejects.toThrow('go ended with 3: no module proxy');
    expect(await readdir(cache)).toEqual([]);
  });

  it('says that there is no Go', async () => {
    const probes = pulumiProbes({ PATH: '', MISPRICED_CACHE: await temporary() });
    const probe = probes.find(({ source }) => source === 'go-build');
    await expect(probe?.find()).rejects.toThrow('Go is not installed.');
  });
});

describe('the official installer', () => {
  const installs = (install: typeof PulumiCommand.install) => {
    const spy = vi.spyOn(PulumiCommand, 'install').mockImplementation(install);
    onTestFinished(() => {
      spy.mockRestore();
    });
    return spy;
  };
  const probeIn = (cache: string) =>
    pulumiProbes({ PATH: '', MISPRICED_CACHE: cache }).find(({ source }) => source === 'installer');

  it('is asked for our version, and what it installed is kept in the cache', async () => {
    const cache = await temporary();
    const spy = installs(async (options) => {
      const bin = join(options?.root ?? '', 'bin');
      await program(join(bin, 'pulumi'), 'v3.255.0');
      await program(join(bin, 'pulumi-language-nodejs'), 'v3');
      return PulumiCommand.get({ root: options?.root ?? '', skipVersionCheck: true });
    });
    const bin = join(cache, 'pulumi-3.255.0', 'bin');
    expect(await probeIn(cache)?.find()).toEqual({
      path: join(bin, 'pulumi'),
      version: '3.255.0',
      source: 'installer',
      languageHostPath: join(bin, 'pulumi-language-nodejs'),
    });
    expect(String(spy.mock.calls[0]?.[0]?.version)).toBe('3.255.0');
  });

  it('leaves nothing where it cannot be reached', async () => {
    const cache = await temporary();
    installs(() => Promise.reject(new Error('get.pulumi.com cannot be reached')));
    await expect(probeIn(cache)?.find()).rejects.toThrow('cannot be reached');
    expect(await readdir(cache)).toEqual([]);
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
