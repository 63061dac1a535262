import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);
const main = new URL('../main.mjs', import.meta.url).href;

/** What Pulumi starts, in a Node that says it is another. */
async function start(version: string): Promise<{ error: string; isForPeople: boolean }> {
  const script = `
    Object.defineProperty(process, 'versions', {
      value: { ...process.versions, node: ${JSON.stringify(version)} },
    });
    const { RunError } = await import('@pulumi/pulumi/errors.js');
    const { default: main } = await import(${JSON.stringify(main)});
    const error = await main().then(() => new Error('It ran.'), (error) => error);
    const isForPeople = RunError.isInstance(error);
    console.log(JSON.stringify({ error: error.message, isForPeople }));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
    cwd: new URL('..', import.meta.url),
  });
  return JSON.parse(stdout) as { error: string; isForPeople: boolean };
}

it('says in one sentence, and as Pulumi prints without a trace, that Node is too old', async () => {
  const { error, isForPeople } = await start('20.11.0');
  expect(error).toMatch(/^[^\n]*needs Node 22\.18 or newer, and this is 20\.11\.0[^\n]*$/);
  expect(isForPeople).toBe(true);
});

it('goes on to the program in a Node that can run it', async () => {
  expect((await start('22.18.0')).error).not.toContain('needs Node');
});
