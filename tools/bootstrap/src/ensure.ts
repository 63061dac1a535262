import { ArmError, type Json } from '@mispriced/azure';
import { MispricedError } from '@mispriced/core';
import type { Arm } from './arm.ts';
import { says } from './says.ts';
import type { Wanted } from './wanted.ts';

/** What was, or would be, done about one thing that is wanted. */
export interface Step {
  readonly what: string;
  readonly name: string;
  readonly why: string;
  readonly done: 'created' | 'changed' | 'unchanged';
}

/**
 * Makes a thing be there as it is wanted, or only tells what it would do. Answers with what is there
 * afterwards; null where nothing is, for nothing was done.
 *
 * @throws MispricedError BOOTSTRAP_FAILED
 */
export async function ensure(args: {
  arm: Arm;
  wanted: Wanted;
  isDryRun: boolean;
}): Promise<{ step: Step; present: Json | null }> {
  const { arm, wanted } = args;
  const { what, name, why, path, apiVersion, body } = wanted;
  const step = (done: Step['done']): Step => ({ what, name, why, done });
  try {
    const before = await arm.read(path, apiVersion);
    if (before !== null && (wanted.isOnlyCreated === true || says(before, body))) {
      return { step: step('unchanged'), present: before };
    }
    const done = before === null ? 'created' : 'changed';
    if (args.isDryRun) return { step: step(done), present: before };
    return { step: step(done), present: await arm.write(path, apiVersion, body) };
  } catch (error) {
    // Somebody granted the same role before, under a name of his own.
    if (error instanceof ArmError && error.code === 'RoleAssignmentExists') {
      return { step: step('unchanged'), present: null };
    }
    throw explained(error, wanted);
  }
}

const fixes: Readonly<Record<string, string>> = {
  AuthorizationFailed: 'Run it as an Owner of the subscription: it gives roles to others.',
  ConflictError:
    'A vault of this name was deleted and can be had back: az keyvault recover --name NAME.',
  InvalidResourceLocation: 'Give --location as it was the first time, or another --resource-group.',
  StorageAccountAlreadyTaken: 'Take another --resource-group: names are made from it.',
  VaultAlreadyExists: 'Take another --resource-group: names are made from it.',
};

function mayPass(status: number | null): boolean {
  return status === null || status === 429 || status >= 500;
}

function explained(error: unknown, { what, name }: Wanted): MispricedError {
  const code = error instanceof ArmError ? error.code : '';
  return new MispricedError({
    code: 'BOOTSTRAP_FAILED',
    message: `The ${what} ${name} could not be made: ${error instanceof Error ? error.message : String(error)}`,
    fix: `${fixes[code] ?? 'Mend what is named.'} Then run the same command again: what is there already stays.`,
    retryable: error instanceof ArmError && mayPass(error.status),
    cause: error,
  });
}
