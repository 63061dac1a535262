import { MispricedError } from '@mispriced/core';
import { readRetryPolicy } from '../timers/retry-policy.ts';
import type { FunctionMetadata } from '../worker/protocol.ts';
import { describeTrigger, type TriggerSurroundings } from './describe-trigger.ts';
import type { FunctionCatalog, FunctionDescription } from './function-description.ts';

const validName = /^[a-z][a-z0-9_-]{0,127}$/i;

/**
 * Reads what an app registered. A function in error is set aside with its reason and the others run,
 * as in Azure, where this is a common way for a deployment to look healthy and not be.
 */
export function buildCatalog(
  args: Omit<TriggerSurroundings, 'functionName'> & {
    readonly registered: readonly FunctionMetadata[];
  },
): FunctionCatalog {
  const functions: FunctionDescription[] = [];
  const errors: Record<string, string> = {};
  for (const metadata of args.registered) {
    try {
      functions.push(describe(metadata, args));
    } catch (error) {
      if (!(error instanceof MispricedError)) throw error;
      errors[metadata.name] =
        `The '${metadata.name}' function is in error: ${error.message} ${error.fix}`;
    }
  }
  return { functions, errors };
}

function describe(
  metadata: FunctionMetadata,
  surroundings: Omit<TriggerSurroundings, 'functionName'>,
): FunctionDescription {
  const { name, bindings, retryOptions } = metadata;
  if (!validName.test(name)) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `'${name}' is not a valid function name.`,
      fix: 'Begin with a letter and use letters, digits, - and _ only, 128 at most.',
    });
  }
  return {
    name,
    trigger: describeTrigger(bindings, { ...surroundings, functionName: name }),
    retry: retryOptions ? readRetryPolicy(retryOptions) : null,
    isDisabled: isDisabled(name, surroundings.settings),
    metadata,
  };
}

/** A name of an environment variable may not hold a dot on Linux, so two more forms are in use. */
function isDisabled(name: string, settings: Readonly<Record<string, string>>): boolean {
  const names = ['.', '_', '__'].map((separator) =>
    ['AzureWebJobs', name, 'Disabled'].join(separator),
  );
  return names.some((setting) => /^(?:1|true)$/i.test(settings[setting] ?? ''));
}
