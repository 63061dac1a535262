import { knownKeys, loadConfig, readTextsIn } from '@mispriced/config';
import { containers } from '@mispriced/core';
import { expect, it } from 'vitest';
import { packageRoot } from './config-source.ts';
import { containerNamesOf } from './container-names.ts';

it('gives each container the name that its own setting has', async () => {
  const settings = [...knownKeys.keys()].filter((key) => /^storage\..*_container$/.test(key));
  const config = await loadConfig({
    stage: 'embedded',
    readText: readTextsIn(packageRoot),
    environment: {},
    overrides: settings.map((key) => ({
      key,
      value: `my-${key.replace('storage.', '').replace('_container', '')}`,
    })),
  });
  const names = Object.keys(containers).map((name) => [name, `my-${name}`]);
  expect(containerNamesOf(config.values.storage)).toEqual(Object.fromEntries(names));
});
