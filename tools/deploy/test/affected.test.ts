import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { provesAll } from '@mispriced/testing';
import { describe, expect, it } from 'vitest';
import { workspaceFolder } from '../src/package/workspace.ts';

/** The projects that `nx affected -t deploy` would deploy after a change of these files. */
async function deployedAfter(...files: readonly string[]): Promise<readonly string[]> {
  const words = ['show', 'projects', '--affected', '--with-target=deploy', '--json'];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(workspaceFolder, 'node_modules/.bin/nx'), ...words, `--files=${files.join()}`],
    { cwd: workspaceFolder, env: { ...process.env, NX_DAEMON: 'false' } },
  );
  return JSON.parse(stdout) as readonly string[];
}

const shipped = [
  'libs/core/src/pipeline.ts',
  'config/prod.yaml',
  'tools/deploy/src/package/zip.ts',
];

describe('nx affected -t deploy', () => {
  it('leaves alone what a change of pages, commands and infrastructure does not reach', async () => {
    const files = ['docs/deploy.md', 'README.md', 'tools/cli/src/program.ts', 'infra/index.ts'];
    expect(await deployedAfter(...files)).toEqual([]);
  });

  it.each(provesAll ? shipped : shipped.slice(0, 1))(
    'deploys after a change of %s',
    async (file) => {
      expect(await deployedAfter(file)).toEqual(['strategy']);
    },
  );
});
