import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoModelFolder } from '@mispriced/train';
import { beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedStorage } from '../src/run/embedded-storage.ts';
import { runCommand, type CommandEnd } from './support/run-command.ts';
import { newFolder, runEmbedded } from './support/run-once.ts';

let stateFolder: string;
let bundles: string;
const [one, two, three] = ['2026-01-01-one', '2026-01-02-two', '2026-01-03-three'];

/** The demo model under another version: as good as it, and another one to the registry. */
async function bundleOf(version: string): Promise<string> {
  const folder = join(bundles, version);
  await cp(demoModelFolder, folder, { recursive: true });
  const path = join(folder, 'manifest.json');
  const text = (await readFile(path, 'utf8')).replace(
    /"version": "[^"]+"/,
    `"version": "${version}"`,
  );
  await writeFile(path, text);
  return folder;
}

const model = (...words: readonly string[]): Promise<CommandEnd> =>
  runCommand(['model', ...words, '--state', stateFolder]);

async function jsonOf(...words: readonly string[]): Promise<unknown> {
  const { exitCode, stdout, stderr } = await model(...words, '--json');
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout);
}

async function failureOf(...words: readonly string[]): Promise<unknown> {
  const { exitCode, stdout, stderr } = await model(...words, '--json');
  expect(exitCode).toBe(1);
  const { error } = JSON.parse(stdout) as { error: { code: string; fix: string } };
  expect(stderr).toContain(`${error.code}: `);
  expect(stderr).toContain(`What to do: ${error.fix}`);
  return error;
}

beforeAll(async () => {
  stateFolder = await newFolder();
  bundles = await newFolder();
});

describe('mispriced model', () => {
  it('has nothing to list at first, and nothing to promote or roll back to', async () => {
    expect(await jsonOf('list')).toEqual({
      name: 'lendingclub',
      stage: 'embedded',
      live: null,
      versions: [],
    });
    expect((await model('list')).stdout).toBe('no version of lendingclub was published\n');
    expect(await failureOf('promote', one)).toMatchObject({ code: 'MODEL_MISSING' });
    expect(await failureOf('rollback')).toMatchObject({ code: 'MODEL_MISSING' });
    expect(await failureOf('show', one)).toMatchObject({ code: 'MODEL_MISSING' });
  });

  it('publishes a bundle that is whole, once and for ever', async () => {
    for (const version of [one, two]) {
      const published = await jsonOf('publish', await bundleOf(version));
      expect(published).toEqual({ name: 'lendingclub', version });
    }
    const again = await model('publish', join(bundles, one));
    expect(again).toMatchObject({ exitCode: 0, stdout: `published lendingclub ${one}\n` });
    expect(await jsonOf('list')).toMatchObject({ live: null, versions: [one, two] });

    const changed = await bundleOf(one);
    const manifest = await readFile(join(changed, 'manifest.json'), 'utf8');
    await writeFile(join(changed, 'manifest.json'), `${manifest}\n`);
    expect(await failureOf('publish', changed)).toMatchObject({ code: 'STORE_CONFLICT' });
  });

  it('publishes nothing that does not prove itself', async () => {
    const folder = await bundleOf('2026-01-04-bad');
    const bytes = await readFile(join(folder, 'model.onnx'));
    bytes.writeUInt8(bytes.readUInt8(5000) ^ 1, 5000);
    await writeFile(join(folder, 'model.onnx'), bytes);
    expect(await failureOf('publish', folder)).toMatchObject({ code: 'MODEL_CORRUPT' });
    const missing = await failureOf('publish', join(bundles, 'nowhere'));
    expect(missing).toMatchObject({ code: 'MODEL_MISSING' });
    expect(await jsonOf('list')).toMatchObject({ versions: [one, two] });
  });

  it('promotes, and rolls back to what was live before', async () => {
    expect(await jsonOf('promote', one)).toMatchObject({ version: one, previous: [] });
    expect(await jsonOf('promote', two)).toMatchObject({ version: two, previous: [one] });
    expect((await model('list')).stdout).toBe(`  ${one}\n* ${two}\n`);
    expect(await failureOf('promote', three)).toMatchObject({
      code: 'MODEL_MISSING',
      fix: expect.stringContaining(one) as string,
    });
    const back = await model('rollback');
    expect(back.stdout).toBe(`lendingclub ${one} is live in embedded again\n`);
    expect(await failureOf('rollback')).toMatchObject({ code: 'MODEL_MISSING' });
    expect((await model('promote', two)).stdout).toBe(`lendingclub ${two} is live in embedded\n`);
  });

  it('shows a version, and a bundle in a folder', async () => {
    const manifest = await jsonOf('show', two);
    expect(manifest).toMatchObject({ name: 'lendingclub', version: two });
    const { stdout } = await model('show', join(bundles, one));
    expect(stdout).toContain(`lendingclub ${one} (`);
    expect(stdout).toMatch(/label +charged-off-with-hindsight, known only with hindsight/);
    expect(stdout).toMatch(/risk curves +36, 60/);
    expect(stdout).toMatch(/parity set +\d+ rows, equal within/);
  });
});

describe('a run', () => {
  it('uses the model that was made live, not the one that came with the project', async () => {
    const { summary } = await runEmbedded([], { stateFolder });
    expect(summary).toMatchObject({ status: 'traded', model: { version: two }, error: null });
    expect(await jsonOf('list')).toMatchObject({ live: two });
  });

  it('falls back on the last good model when the live one is damaged, and says so', async () => {
    const storage = await startEmbeddedStorage(stateFolder);
    const path = `lendingclub/${two}/model.onnx`;
    const stored = await storage.objects.read('models', path);
    const spoilt = Uint8Array.from(stored?.bytes ?? [], (byte, at) =>
      at === 5000 ? byte ^ 1 : byte,
    );
    await storage.objects.write('models', path, spoilt, 'any');
    await storage.close();
    const args = ['--slot', '2026-01-06T15:25:03Z'];
    const { summary } = await runEmbedded(args, { stateFolder });
    expect(summary).toMatchObject({ status: 'traded', model: { version: one }, error: null });
    const report = await readFile(summary.report ?? '', 'utf8');
    expect(report).toContain('The live model was not used');
    expect(report).toContain(`Version ${one}, which was live before, stands in`);
  });
});
