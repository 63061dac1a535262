import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { automationCommand, findPulumi } from '@mispriced/pulumi-cli';
import { LocalWorkspace, type PulumiFn, type Stack } from '@pulumi/pulumi/automation/index.js';
import type { RunningProvider } from '../serve.ts';

/** A stack of the real engine with its state in a folder of its own. */
export async function temporaryStack(args: {
  stackName: string;
  program: PulumiFn;
  provider: RunningProvider;
}): Promise<{ stack: Stack; stateText: () => Promise<string> }> {
  const folder = await mkdtemp(join(tmpdir(), 'stack-'));
  const backend = `file://${folder}`;
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: args.stackName, projectName: 'mispriced', program: args.program },
    {
      workDir: folder,
      pulumiCommand: await automationCommand(await findPulumi()),
      projectSettings: { name: 'mispriced', runtime: 'nodejs', backend: { url: backend } },
      envVars: {
        PULUMI_CONFIG_PASSPHRASE: 'only for a test',
        PULUMI_SKIP_UPDATE_CHECK: 'true',
        ...args.provider.environment,
      },
    },
  );
  const state = join(folder, '.pulumi/stacks/mispriced', `${args.stackName}.json`);
  return { stack, stateText: () => readFile(state, 'utf8') };
}
