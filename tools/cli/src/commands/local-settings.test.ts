import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryStateStore, startFunctionsHost } from '@mispriced/functions-host';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../program.ts';
import { workspaceRoot } from '../workspace-root.ts';

const secret = 'a-key-that-nobody-may-see';
const environment = {
  MISPRICED__TRADING_API_KEY: secret,
  MISPRICED__VENUE__URL: 'http://127.0.0.1:8080',
  MISPRICED__VENUE__ACCOUNT_ID: '70001',
  HOME: '/somewhere',
};

async function localSettings(
  words: readonly string[],
  given: Readonly<Record<string, string>> = environment,
) {
  const folder = await mkdtemp(join(tmpdir(), 'mispriced-settings-'));
  const path = join(folder, 'local.settings.json');
  const said: string[] = [];
  const stream = { write: (text: string) => said.push(text) };
  const run = (more: readonly string[] = []) =>
    runProgram(['local-settings', '--out', path, ...words, ...more], {
      stdout: stream,
      stderr: stream,
      environment: given,
      workingFolder: folder,
    });
  const code = await run();
  const read = async () => JSON.parse(await readFile(path, 'utf8')) as unknown;
  return { code, path, folder, run, read, said: () => said.join('') };
}

describe('mispriced local-settings', () => {
  it('writes what `func start` reads, and the app loads with it', async () => {
    const { code, path, read } = await localSettings(['--stack', 'local']);
    expect(code).toBe(0);
    const settings = (await read()) as { Values: Record<string, string> };
    expect(settings).toEqual({
      IsEncrypted: false,
      Values: {
        FUNCTIONS_WORKER_RUNTIME: 'node',
        AzureWebJobsStorage: 'UseDevelopmentStorage=true',
        MISPRICED__STAGE: 'local',
        MISPRICED__TRADING_API_KEY: secret,
        MISPRICED__VENUE__URL: 'http://127.0.0.1:8080',
        MISPRICED__VENUE__ACCOUNT_ID: '70001',
      },
    });
    expect((await stat(path)).mode & 0o077).toBe(0);

    const host = await startFunctionsHost({
      appFolder: join(workspaceRoot, 'apps/strategy'),
      settings: settings.Values,
      stateStore: new MemoryStateStore(),
      logFile: join(path, '../host.log'),
      runTimers: false,
    });
    const names = host.functions().map(({ name }) => name);
    await host.stop();
    expect(names.toSorted()).toEqual(['daily-trade', 'refresh-data', 'status']);
  });

  it('takes storage from the environment and settings from a file, which wins', async () => {
    const storage = 'UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://127.0.0.1';
    const { folder, run, read } = await localSettings([], {
      ...environment,
      AzureWebJobsStorage: storage,
    });
    const file = 'venue:\n  account_id: "7"\nrun:\n  batch_size: 3\n';
    await writeFile(join(folder, 'mine.yaml'), file);
    expect(await run(['--config', 'mine.yaml', '--force'])).toBe(0);
    expect(await read()).toMatchObject({
      Values: {
        AzureWebJobsStorage: storage,
        MISPRICED__VENUE__ACCOUNT_ID: '7',
        MISPRICED__RUN__BATCH_SIZE: '3',
      },
    });
  });

  it('writes nothing on a dry run', async () => {
    const { code, said, read } = await localSettings(['--dry-run']);
    expect(code).toBe(0);
    expect(said()).toContain('would write');
    await expect(read()).rejects.toThrow('ENOENT');
  });

  it('prints names and never a value', async () => {
    for (const words of [[], ['--json'], ['--dry-run']]) {
      const { said } = await localSettings(words);
      expect(said()).toContain('MISPRICED__TRADING_API_KEY');
      expect(said()).not.toContain(secret);
    }
  });

  it('writes over nothing unless it is told to', async () => {
    const { run, said } = await localSettings([]);
    expect(await run()).toBe(1);
    expect(said()).toContain('--force');
    expect(await run(['--force'])).toBe(0);
  });

  it('refuses what the app would refuse, and other stacks', async () => {
    const wrong = await localSettings([], { ...environment, MISPRICED__RUN__MODE: 'lve' });
    expect(wrong.code).toBe(1);
    expect(wrong.said()).toContain('run.mode');
    await expect(wrong.read()).rejects.toThrow('ENOENT');
    expect((await localSettings(['--stack', 'prod'])).code).toBe(2);
  });

  it('writes what git ignores', () => {
    const path = 'apps/strategy/local.settings.json';
    const ignored = execFileSync('git', ['check-ignore', path], { cwd: workspaceRoot });
    expect(ignored.toString().trim()).toBe(path);
  });
});
