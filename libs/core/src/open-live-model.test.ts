import { describe, expect, it } from 'vitest';
import { MispricedError, type ModelManifest } from './domain/index.ts';
import { openLiveModel } from './open-live-model.ts';
import { tinyBundle } from './score/test/tiny-bundle.ts';
import type { ModelBundle } from './score/index.ts';
import type { ModelBundleFiles, ModelRegistry } from './stores/index.ts';

/** Bundles without a parity set, which loading leaves unproven: what is tested here is the choice. */
type Bundles = Readonly<Record<string, ModelBundle | MispricedError>>;

const good = (version: string): ModelBundle =>
  tinyBundle({ change: (manifest): ModelManifest => ({ ...manifest, version }) });

/** Its bytes are not those its manifest names. */
const corrupt = (version: string): ModelBundle => ({
  ...good(version),
  modelBytes: new Uint8Array([1, 2, 3]),
});

const failure = (code: MispricedError['code']): MispricedError =>
  new MispricedError({ code, message: `${code} happened.`, fix: 'do something' });

/** A registry that is only read. */
function registryOf(live: readonly string[], bundles: Bundles) {
  const asked: string[] = [];
  const notAsked = () => Promise.reject(new Error('not asked'));
  const [version, ...previous] = live;
  const value = { version: version ?? '', previous, promotedAt: '2026-01-01T00:00:00.000Z' };
  const registry: ModelRegistry = {
    publish: notAsked,
    listNames: notAsked,
    listVersions: notAsked,
    promote: notAsked,
    rollback: notAsked,
    live: (name, stage) => {
      asked.push(`live ${name} in ${stage}`);
      return Promise.resolve(version === undefined ? null : { value, etag: '1' });
    },
    read: (name, wanted) => {
      asked.push(`read ${name} ${wanted}`);
      const bundle = bundles[wanted] ?? failure('MODEL_MISSING');
      if (bundle instanceof MispricedError) return Promise.reject(bundle);
      // Without a parity set, which a registry's bundles always have, loading proves the rest.
      return Promise.resolve(bundle as ModelBundleFiles);
    },
  };
  return { registry, asked };
}

const open = (registry: ModelRegistry) => openLiveModel({ registry, name: 'tiny', stage: 'prod' });

describe('openLiveModel', () => {
  it('opens the live version', async () => {
    const { registry, asked } = registryOf(['2', '1'], { '2': good('2'), '1': good('1') });
    const { model, warning } = await open(registry);
    expect(model.manifest.version).toBe('2');
    expect(warning).toBeNull();
    expect(asked).toEqual(['live tiny in prod', 'read tiny 2']);
    await model.close();
  });

  it('says what to do where none is live', async () => {
    await expect(open(registryOf([], {}).registry)).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      fix: expect.stringContaining('mispriced model promote VERSION --stage prod') as string,
    });
  });

  it('lets the last good version stand in, and says so and why', async () => {
    const { registry } = registryOf(['4', '3', '2', '1'], {
      '4': corrupt('4'),
      '2': good('2'),
      '1': good('1'),
    });
    const { model, warning } = await open(registry);
    expect(model.manifest.version).toBe('2');
    expect(warning).toMatch(/^The live model was not used: The model tiny 4 is damaged: .*SHA-256/);
    expect(warning).toContain('Version 2, which was live before, stands in');
    await model.close();
  });

  it('fails as the live version does where no earlier one is any better', async () => {
    const { registry } = registryOf(['2', '1'], { '2': corrupt('2') });
    await expect(open(registry)).rejects.toMatchObject({
      code: 'MODEL_CORRUPT',
      message: expect.stringContaining('tiny 2') as string,
    });
  });

  it('does not take a store that cannot be reached for a bad model', async () => {
    const { registry, asked } = registryOf(['2', '1'], {
      '2': failure('STORE_UNAVAILABLE'),
      '1': good('1'),
    });
    await expect(open(registry)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(asked).not.toContain('read tiny 1');
  });
});
