import { LocalWorkspace } from '@pulumi/pulumi/automation/index.js';
import { engineOptions, type EnvironmentArgs } from './open-stack.ts';

/** A stack that Pulumi has a record of, whether anything of it exists or not. */
export interface RecordedStack {
  readonly name: string;
  /** When its last update began or ended; null where there was none. */
  readonly updatedAt: Date | null;
}

/** Every stack on record. Nothing is asked of the cloud, and no passphrase is needed. */
export async function listStacks(
  args: Omit<EnvironmentArgs, 'stackName'>,
): Promise<RecordedStack[]> {
  const { envVars, ...options } = await engineOptions(args, 'dev');
  // Nothing is decrypted for a list, and Pulumi would ask for what is missing.
  const workspace = await LocalWorkspace.create({
    ...options,
    envVars: { ...envVars, PULUMI_CONFIG_PASSPHRASE: '' },
  });
  const stacks = await workspace.listStacks();
  return stacks.map(({ name, lastUpdate }) => {
    const updatedAt = new Date(lastUpdate ?? Number.NaN);
    return {
      name: name.split('/').at(-1) ?? name,
      updatedAt: Number.isNaN(updatedAt.getTime()) ? null : updatedAt,
    };
  });
}
