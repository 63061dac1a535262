import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  checkConfig,
  knownKeys,
  loadConfig,
  readTextsIn,
  stages,
  type Stage,
} from '../src/index.ts';
import { marketEnvironment, textsWith } from './texts.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The committed files alone: whatever a person keeps in `config/local.yaml` does not count here. */
const committed = (path: string) =>
  path === 'config/local.yaml' ? Promise.resolve(undefined) : readTextsIn(root)(path);

const blobs = { MISPRICED__STORAGE__ACCOUNT_URL: 'https://mispriced.blob.core.windows.net' };

describe('the committed configuration', () => {
  it.each<[Stage, Record<string, string>]>([
    ['embedded', {}],
    ['local', marketEnvironment],
    ['preview', blobs],
    ['dev', blobs],
    ['staging', { ...marketEnvironment, ...blobs }],
    ['prod', { ...marketEnvironment, ...blobs }],
  ])(
    'of %s is sound once the environment gives what only it can know',
    async (stage, environment) => {
      const check = await checkConfig({ stage, readText: committed, environment });
      expect(check.text).toBe(`The configuration of stage ${stage} is sound.`);
    },
  );

  it('trades on paper everywhere until somebody says otherwise', async () => {
    for (const stage of stages) {
      const environment = { ...marketEnvironment, ...blobs };
      const { values } = await loadConfig({ stage, readText: committed, environment });
      expect(values.run.mode).toBe('paper');
    }
  });

  it('has the defaults that were agreed', async () => {
    const { values } = await loadConfig({
      stage: 'embedded',
      readText: committed,
      environment: {},
    });
    expect(values.run.threshold).toBe(0.04);
    expect(values.limits).toEqual({
      perOrder: '25.00',
      perRun: '1000.00',
      perGroup: {},
      listingShare: '0.25',
      minimumOrder: '25.00',
      step: '25.00',
    });
    expect(values.killSwitch).toBe(false);
    expect(values.venue.account).toBe('main');
    expect(values.run.releaseAfterHours).toBe(24);
    expect(values.run.anyway).toBe(false);
    expect(values.run.settleAfterSeconds).toBeUndefined();
    expect(values.venue.requestsPerSecond).toBeUndefined();
    expect(values.schedule.dailyTrade).toBe('3 25 15 * * *');
    expect(values.storage).toMatchObject({
      modelsContainer: 'models',
      dataContainer: 'data',
      ledgerContainer: 'ledger',
      runsContainer: 'runs',
      packagesContainer: 'packages',
      controlContainer: 'control',
    });
  });

  it('holds a file for each stage that has one, and git ignores the personal one', async () => {
    const files = await readdir(`${root}/config`);
    expect(files.filter((name) => name !== 'local.yaml').toSorted()).toEqual(
      ['defaults', ...stages.filter((stage) => stage !== 'local')]
        .map((name) => `${name}.yaml`)
        .toSorted(),
    );
    const ignored = await readFile(`${root}/.gitignore`, 'utf8');
    expect(ignored.split('\n')).toContain('config/local.yaml');
  });
});

it('docs/configuration.md lists every key with its default', async () => {
  const config = await loadConfig({
    stage: 'embedded',
    readText: textsWith({}),
    environment: {},
  });
  const defaults = new Map(config.explain().map((each) => [each.key, each.value]));
  const page = await readFile(`${root}/docs/configuration.md`, 'utf8');
  const rows = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  for (const known of knownKeys.values()) {
    const value = defaults.get(known.key) ?? null;
    expect(rows).toContainEqual([
      '',
      `\`${known.key}\``,
      value === null ? '' : `\`${value}\``,
      `${known.about}${known.secret ? ' (secret)' : ''}`,
      '',
    ]);
  }
});
