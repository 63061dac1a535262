import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { findActionlint } from './support/find-actionlint.ts';
import { repositoryRoot } from './support/workflows.ts';

it('finds nothing wrong by actionlint', async ({ skip }) => {
  const actionlint = await findActionlint();
  if (actionlint === null) return skip();
  const { stdout } = await promisify(execFile)(actionlint, ['-no-color'], { cwd: repositoryRoot });
  expect(stdout).toBe('');
}, 300_000);

it('would find it by actionlint', async ({ skip }) => {
  const actionlint = await findActionlint();
  if (actionlint === null) return skip();
  const wrong =
    'on: push\njobs: { a: { runs-on: ubuntu-24.04, steps: [{ run: "${{ githib.ref }}" }] } }';
  const checked = new Promise<string>((resolve) => {
    const child = execFile(actionlint, ['-no-color', '-'], (_error, stdout) => {
      resolve(stdout);
    });
    child.stdin?.end(wrong);
  });
  expect(await checked).toContain('undefined variable "githib"');
}, 300_000);
