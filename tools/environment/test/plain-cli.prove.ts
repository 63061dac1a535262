import { execFile } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startSmallArm } from '@mispriced/local-cloud/provider-testing';
import { pulumiOrSkip } from '@mispriced/pulumi-cli/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cloud } from '../src/cloud.ts';
import { connectedCloud } from '../src/index.ts';
import { temporaryProject } from './temporary-project.ts';

const run = promisify(execFile);
const infra = fileURLToPath(new URL('../../../infra', import.meta.url));
const found = await pulumiOrSkip();
const isPlain = found !== null && found.languageHostPath !== null;
if (found !== null && !isPlain) {
  console.warn('\n  SKIPPED: plain `pulumi up`. This Pulumi has no host for Node.js programs.\n');
}

/** As a user types it, in infra/, with nothing of ours around it. */
describe.skipIf(!isPlain)('plain pulumi', () => {
  let arm: Awaited<ReturnType<typeof startSmallArm>>;
  let cloud: Cloud;
  let folder: string;

  beforeAll(async () => {
    arm = await startSmallArm();
    cloud = await connectedCloud(arm.connection);
    folder = await temporaryProject();
    await copyFile(join(infra, 'Pulumi.dev.yaml'), join(folder, 'Pulumi.dev.yaml'));
    // In a copy, for it writes into the stack's file.
    await pulumi(folder, ['stack', 'init', 'dev']);
  });
  afterAll(async () => {
    await cloud.close();
    await arm.close();
  });

  const path = found?.path ?? '';
  const pulumi = (workFolder: string, parameters: string[]) =>
    run(path, [...parameters, '--non-interactive', '--color', 'never'], {
      cwd: workFolder,
      env: {
        ...cloud.environment,
        HOME: folder,
        PATH: [dirname(process.execPath), dirname(path), process.env['PATH']].join(delimiter),
        PULUMI_BACKEND_URL: `file://${folder}`,
        PULUMI_CONFIG_PASSPHRASE: 'only for a test',
        PULUMI_SKIP_UPDATE_CHECK: 'true',
        MISPRICED_COMMIT: 'b095c8f',
      },
    });
  const up = () => {
    const config = ['--config-file', join(folder, 'Pulumi.dev.yaml')];
    return pulumi(infra, ['up', '--yes', '--skip-preview', '--stack', 'dev', ...config]);
  };

  it('refuses settings that cannot be, all at once, before anything is made', async () => {
    const config = (words: string[]) => pulumi(folder, ['config', ...words, '--stack', 'dev']);
    await config(['set', 'mispriced:storageAuth', 'both']);
    await config(['set', 'mispriced:runtimeVersion', '20']);
    const refusal = await up().catch((error: unknown) => error as { stdout: string });
    expect(refusal.stdout).toContain('2 settings have to be mended; nothing was changed.');
    expect(refusal.stdout).toContain(
      'pulumi config set mispriced:storageAuth identity --stack dev',
    );
    expect(refusal.stdout).toContain('pulumi config set mispriced:runtimeVersion 22 --stack dev');
    expect(refusal.stdout).not.toContain('    at ');
    expect(arm.requests).toEqual([]);
    // As the refusal says.
    await config(['set', 'mispriced:storageAuth', 'identity']);
    await config(['set', 'mispriced:runtimeVersion', '22']);
  });

  it('brings the environment up, and up again without a change', async () => {
    const first = await up();
    expect(first.stdout).toMatch(/\+ \d\d created/);
    expect(first.stdout).toMatch(/appName\s+: "mispriced-dev-[0-9a-f]{8}"/);
    const second = await up();
    expect(second.stdout).toMatch(/\d\d unchanged/);
    expect(second.stdout).not.toMatch(/created|updated/);
  });
});

/** Other tools load sources differently: some imports work in a test and not in Node itself. */
describe('Node itself', () => {
  it.each(['environment', 'pulumi-cli', 'local-cloud/provider', 'infra/program'])(
    'imports @mispriced/%s',
    async (name) => {
      const script = `await import('@mispriced/${name}'); console.log('imported')`;
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script]);
      expect(stdout).toContain('imported');
    },
  );
});
