import { describe, expect, it } from 'vitest';
import { configPaths } from '../package/collect-config.ts';
import { describeFiles, type PackageManifest } from '../package/package-manifest.ts';
import { checkContents } from './check-contents.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function packageOf(files: Readonly<Record<string, string>>): {
  files: Map<string, Uint8Array>;
  manifest: PackageManifest;
} {
  const config = Object.fromEntries(configPaths.map((path) => [path, '']));
  const map = new Map(
    Object.entries({ ...config, ...files }).map(([path, text]) => [path, bytes(text)] as const),
  );
  const manifest: PackageManifest = {
    format: 1,
    app: { name: 'app', version: '1.0.0' },
    target: { platform: 'linux', arch: 'x64', nodeVersions: ['24'] },
    functions: [],
    modules: {},
    files: describeFiles(map),
  };
  return { files: map, manifest };
}

describe('checkContents', () => {
  it('finds nothing in a package that is as it was packed', () => {
    const { files, manifest } = packageOf({ 'host.json': '{}', 'dist/main.mjs': '' });
    files.set('package-manifest.json', bytes('{}'));
    expect(checkContents(files, manifest)).toEqual([]);
  });

  it('names what was changed, added and taken away', () => {
    const { files, manifest } = packageOf({ 'host.json': '{}', 'dist/main.mjs': '', 'a.js': '' });
    files.set('host.json', bytes('{"version":"2.0"}'));
    files.set('more.js', bytes(''));
    files.delete('a.js');
    expect(checkContents(files, manifest).map(({ message }) => message.split(' ')[0])).toEqual([
      'host.json',
      'more.js',
      'a.js',
    ]);
  });

  it('misses configuration that every package holds', () => {
    const { files, manifest } = packageOf({ 'host.json': '{}' });
    files.delete('config/defaults.yaml');
    expect(checkContents(files, { ...manifest, files: describeFiles(files) })).toMatchObject([
      { message: expect.stringContaining('config/defaults.yaml is not in the package') as string },
    ]);
  });

  it.each([
    'src/index.ts',
    'dist/main.mjs.map',
    '.env',
    'config/local.yaml',
    'test/x.js',
    'a.ipynb',
  ])('refuses %s even where the manifest lists it', (path) => {
    const { files, manifest } = packageOf({ [path]: '' });
    expect(checkContents(files, manifest)).toMatchObject([
      { message: `${path} is in the package and has no business there.` },
    ]);
  });
});
