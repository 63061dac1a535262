import type { EnvironmentArgs } from '../../src/index.ts';
import { temporaryProject } from '../temporary-project.ts';
import { configOf, type EnvironmentCase } from './cases.ts';
import type { Bench } from './open-bench.ts';

/** One environment of a bench, with a project folder and so a state of its own. */
export interface TestedEnvironment {
  readonly bench: Bench;
  readonly one: EnvironmentCase;
  readonly args: EnvironmentArgs;
  readonly projectFolder: string;
  /** For the first command: what the stack's configuration holds from then on. */
  readonly config: Record<string, string>;
}

/** Nothing is made yet, not even the stack. */
export async function testedEnvironment(
  bench: Bench,
  one: EnvironmentCase,
): Promise<TestedEnvironment> {
  const projectFolder = await temporaryProject();
  return {
    bench,
    one,
    projectFolder,
    config: configOf(one, {
      operatorsGroupObjectId: bench.operatorsGroupObjectId,
      hybridPrincipalObjectId: bench.hybrid.objectId,
    }),
    args: {
      stackName: one.stackName,
      cloud: bench.cloud,
      projectFolder,
      environment: { PULUMI_CONFIG_PASSPHRASE: bench.passphrase },
      pulumi: bench.pulumi,
      report: (line) => bench.heard.push(line),
    },
  };
}
