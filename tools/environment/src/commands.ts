import { MispricedError } from '@mispriced/core';
import { parseStackName } from '@mispriced/infra/stack';
import { azureCloud } from './azure-cloud.ts';
import type { Cloud } from './cloud.ts';
import { destroyEnvironment } from './destroy-environment.ts';
import type { ResourceChange } from './engine-changes.ts';
import { environmentOutputs } from './environment-outputs.ts';
import { findDrift } from './find-drift.ts';
import { inLocalCloud } from './in-local-cloud.ts';
import { localCloud } from './local-cloud.ts';
import type { EnvironmentArgs } from './open-stack.ts';
import { previewChanges } from './preview-changes.ts';
import { upEnvironment } from './up-environment.ts';

/** What a command found or did: a value for a program, and lines for a person. */
export interface CommandResult {
  value: unknown;
  lines: string[];
  /** False where the answer is one that a pipeline should stop at. */
  isGood: boolean;
}

/** What can be done with an environment from a terminal. */
export const commands: Record<string, (args: EnvironmentArgs) => Promise<CommandResult>> = {
  async up(args) {
    const result = await upEnvironment(args);
    const counts = Object.entries(result.changes).map(([kind, count]) => `${count} ${kind}`);
    const lines = [`${args.stackName} is up: ${counts.join(', ')}.`, ...listed(result.outputs)];
    if (result.outputs['storageAuth'] === 'key' && (result.changes.create ?? 0) > 0) {
      lines.push(
        `Before code is deployed, its storage key has to be in the vault: npx mispriced rotate-keys --stack ${args.stackName}`,
      );
    }
    return { value: result, lines, isGood: true };
  },
  async 'preview-changes'(args) {
    const changes = await previewChanges(args);
    const nothing = `Nothing would change in ${args.stackName}.`;
    return { value: changes, lines: told(changes, nothing), isGood: true };
  },
  async destroy(args) {
    const result = await destroyEnvironment(args);
    const kept = result.softDeletedVaults.join(', ');
    const lines = [
      kept === ''
        ? `Nothing is left of ${args.stackName}.`
        : `${args.stackName} is gone; soft delete keeps ${kept}.`,
    ];
    return { value: result, lines, isGood: true };
  },
  async outputs(args) {
    const value = await environmentOutputs(args);
    return { value, lines: listed(value), isGood: true };
  },
  async drift(args) {
    const changes = await findDrift(args);
    const nothing = `${args.stackName} is as it was made.`;
    return { value: changes, lines: told(changes, nothing), isGood: changes.length === 0 };
  },
};

/**
 * The cloud that a stack is in: the local one for `local`, Azure for every other, unless the
 * environment has MISPRICED_CLOUD=local, with which any stack can be tried out on this machine.
 */
export async function cloudOf(stackName: string, environment: NodeJS.ProcessEnv): Promise<Cloud> {
  const stack = parseStackName(stackName);
  if (typeof stack === 'string') {
    throw new MispricedError({ code: 'CONFIG_INVALID', message: stack, fix: 'Use --stack=dev.' });
  }
  return inLocalCloud({ stackName, environment })
    ? localCloud(environment)
    : azureCloud(environment);
}

function listed(values: Record<string, unknown>): string[] {
  return Object.entries(values).map(([name, value]) => `${name}: ${String(value)}`);
}

function told(changes: ResourceChange[], nothing: string): string[] {
  if (changes.length === 0) return [nothing];
  return changes.map(({ operation, type, name, properties }) => {
    const where = properties.length > 0 ? `: ${properties.join(', ')}` : '';
    return `${operation} ${type.replace('azure-native:', '')} ${name}${where}`;
  });
}
