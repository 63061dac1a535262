import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder, writeApp } from './write-app.ts';

const projectFolder = fileURLToPath(new URL('../../..', import.meta.url));

it('the example of the README runs as it stands', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const appFolder = await writeApp({
    'main.cjs': `const { app } = require('@azure/functions');
      app.timer('daily-trade', { schedule: '3 25 15 * * *', handler: async (timer) => ({
        stage: process.env.MISPRICED__STAGE, storage: process.env.AzureWebJobsStorage.length > 0,
        status: timer.scheduleStatus }) });`,
  });
  const stateFolder = await temporaryFolder();
  const child = spawn(
    process.execPath,
    ['--input-type=module-typescript', '-', appFolder, stateFolder],
    { cwd: projectFolder, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  child.stdin.end(example);
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(errors).toBe('');
  expect(JSON.parse(output)).toEqual({ stage: 'embedded', storage: true, status: null });
});
