import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { unzipFiles } from '@mispriced/deploy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyWorkspace } from './support/copy-workspace.ts';
import { startLocalApp } from './support/local-app.ts';
import { writtenText } from './support/written-text.ts';

// Put together, so that this file itself holds nothing that looks like a key.
const planted = {
  localConfig: ['lc', 'nine', 'lives', '4711'].join('-'),
  source: `${'aB3+'.repeat(21)}xY==`,
  envFile: ['ef', 'open', 'sesame', '0815'].join('-'),
  notebook: ['q1w2', 'e3r4', 't5y6', 'u7i8'].join(''),
};

let folder: string;
let app: Awaited<ReturnType<typeof startLocalApp>>;

beforeAll(async () => {
  [folder, app] = await Promise.all([copyWorkspace(), startLocalApp()]);
  await app.putSettings(app.settings.byIdentity);
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the copy's own program, and gives all it said. */
async function run(...words: readonly string[]): Promise<{ exitCode: number; said: string }> {
  const program = join(folder, 'tools/cli/bin/mispriced.mjs');
  const child = spawn(process.execPath, [program, ...words], {
    cwd: folder,
    env: app.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      resolve(code ?? -1);
    });
  });
  const [stdout, stderr, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    ended,
  ]);
  return { exitCode, said: stdout + stderr };
}

/** A value as it is, and as it would be written elsewhere. */
const forms = (value: string): readonly string[] => [
  ...[value, encodeURIComponent(value)],
  Buffer.from(value).toString('base64').replace(/=+$/, ''),
];

function expectNone(where: string): void {
  for (const value of Object.values(planted)) {
    for (const form of forms(value)) expect(where.includes(form)).toBe(false);
  }
}

const source = 'apps/strategy/src/compose.ts';
let before: string;

describe('planted secrets', { timeout: 600_000 }, () => {
  beforeAll(async () => {
    before = await readFile(join(folder, source), 'utf8');
    await writeFile(
      join(folder, 'config/local.yaml'),
      `run:\n  mode: paper\ntrading_api_key: ${planted.localConfig}\n`,
    );
    await appendFile(
      join(folder, source),
      `process.env['A'] = '${planted.source}';\nprocess.env['B'] = '${planted.localConfig}';\n`,
    );
    await writeFile(join(folder, '.env'), `# mine\nVENDOR_TOKEN=${planted.envFile}\n`);
    await mkdir(join(folder, 'research'));
    await writeFile(
      join(folder, 'research/look.ipynb'),
      `{"cells": [{"source": [\n"api_key = \\"${planted.notebook}\\"\\n"\n]}]}`,
    );
  });

  it.each([['package'], ['deploy --stack dev --dry-run --bootstrap --json']])(
    'are each caught by `%s` with file and line, and never repeated',
    async (words) => {
      const { exitCode, said } = await run(...words.split(' '));
      expect(exitCode).toBe(1);
      const lines = before.split('\n').length;
      expect(said).toContain(
        `${source}:${lines} holds what looks like the key of a storage account`,
      );
      expect(said).toContain(
        `${source}:${lines + 1} holds the value of config/local.yaml:3 (trading_api_key)`,
      );
      expect(said).toContain('.env:2 holds the value of .env:2 (VENDOR_TOKEN)');
      expect(said).toContain('research/look.ipynb:2 holds what looks like a value given to a name');
      expectNone(said);
      expect(existsSync(join(folder, 'dist/strategy.zip'))).toBe(false);
      expect(app.published()).toBe(0);
    },
  );

  it('leave nothing in the package once they stand where they belong', async () => {
    await writeFile(join(folder, source), before);
    await rm(join(folder, 'research'), { recursive: true });
    await appendFile(join(folder, '.gitignore'), '.env\n');
    const { exitCode, said } = await run('package');
    expect(exitCode, said).toBe(0);
    expect(said).toContain('config/local.yaml:3 (trading_api_key), .env:2 (VENDOR_TOKEN)');
    expectNone(said);
    const files = unzipFiles(await readFile(join(folder, 'dist/strategy.zip')));
    expect(files.size).toBeGreaterThan(10);
    for (const bytes of files.values()) {
      expectNone(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
    }
    expectNone(await readFile(join(folder, 'dist/strategy.json'), 'utf8'));
    expectNone(await writtenText(app.stateFolder));
  });
});
