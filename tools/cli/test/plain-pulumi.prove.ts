import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pulumiOrSkip } from '@mispriced/pulumi-cli/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const infra = fileURLToPath(new URL('../../../infra', import.meta.url));
const mispriced = fileURLToPath(new URL('../bin/mispriced.mjs', import.meta.url));
const found = await pulumiOrSkip();
const isPlain = found !== null && found.languageHostPath !== null;
if (found !== null && !isPlain) {
  console.warn('\n  SKIPPED: plain `pulumi up`. This Pulumi has no host for Node.js programs.\n');
}

/** As a user types it, with the local cloud in the background and nothing of ours around `pulumi`. */
describe.skipIf(!isPlain)('plain pulumi in the local cloud', () => {
  let folder: string;
  let state: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plain-pulumi-'));
    state = join(folder, 'cloud');
    for (const name of ['Pulumi.yaml', 'Pulumi.dev.yaml']) {
      await copyFile(join(infra, name), join(folder, name));
    }
    await run(process.execPath, [mispriced, 'local', 'up', '--state', state]);
  });
  afterAll(async () => {
    await run(process.execPath, [mispriced, 'local', 'down', '--state', state]);
    await rm(folder, { recursive: true, force: true });
  });

  /** In a shell that has what `local env` prints, and besides only where programs are. */
  const shell = async (command: string): Promise<string> => {
    const { stdout } = await run(
      'sh',
      ['-ec', `eval "$("$NODE" "$MISPRICED" local env --state "$STATE")"; ${command}`],
      {
        env: {
          NODE: process.execPath,
          MISPRICED: mispriced,
          STATE: state,
          HOME: folder,
          INFRA: infra,
          FOLDER: folder,
          PULUMI_SKIP_UPDATE_CHECK: 'true',
          PATH: [dirname(process.execPath), dirname(found?.path ?? ''), process.env['PATH']].join(
            delimiter,
          ),
          MISPRICED_COMMIT: 'b095c8f',
        },
      },
    );
    return stdout;
  };

  it('brings an environment up that the commands know as well, asking nobody anything', async () => {
    await shell('cd "$FOLDER" && pulumi stack init dev --non-interactive');
    // A copy of its settings, for `stack init` writes into the stack's file.
    const printed = await shell(
      'cd "$INFRA" && pulumi up --yes --skip-preview --non-interactive --color never ' +
        '--stack dev --config-file "$FOLDER/Pulumi.dev.yaml"',
    );
    expect(printed).toMatch(/\+ \d\d created/);
    const [, appName = ''] = /appName\s+: "(mispriced-dev-[0-9a-f]{8})"/.exec(printed) ?? [];
    expect(appName).not.toBe('');
    const outputs = await shell('"$NODE" "$MISPRICED" outputs --stack dev --target local --json');
    expect(JSON.parse(outputs)).toMatchObject({ appName });
  });
});
