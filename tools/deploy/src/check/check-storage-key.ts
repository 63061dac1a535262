import { environmentName, Secret } from '@mispriced/config';
import type { OpenVault } from '../azure/deployer-vault.ts';
import { fixOfMissingSecret, repairStorageKey } from './fix-of-missing-secret.ts';
import { isReference, parseReference } from '@mispriced/azure';
import type { KnownSecret } from './known-secret.ts';
import type { CheckProblem } from './problem.ts';
import type { ProveStorageKey } from './prove-storage-key.ts';
import { connectionSecrets } from './setting-secrets.ts';

const hostSetting = 'AzureWebJobsStorage';
const hostPlaces = [
  hostSetting,
  `${hostSetting}__blobServiceUri`,
  `${hostSetting}__accountName`,
  `${hostSetting}__serviceUri`,
];
const keySettings = [hostSetting, environmentName('storage.connection_string')];

/** What was found about the way an app reaches its storage. */
export interface CheckedStorageKey {
  readonly problems: readonly CheckProblem[];
  readonly notices: readonly string[];
  /** Settings whose secret is missing: that need not be told a second time. */
  readonly missing: readonly string[];
  /** The values that were read, which must not be found in a package. */
  readonly known: readonly KnownSecret[];
}

/**
 * Looks whether an app can reach its storage by what its settings say, before anything is sent: an
 * app whose key was reset by hand, or whose setting is gone, does not start with any code, and on
 * Azure a deployment to it fails without saying why. A key is tried as the app would use it.
 *
 * Needs the permission `get` on secrets of the vault; without it a notice says that nothing was
 * proven. The key is never printed.
 */
export async function checkStorageKey(args: {
  settings: Readonly<Record<string, string>>;
  stack: string;
  openVault: OpenVault;
  prove: ProveStorageKey;
}): Promise<CheckedStorageKey> {
  const { settings, stack } = args;
  const problems: CheckProblem[] = [];
  const notices: string[] = [];
  const missing: string[] = [];
  const known: KnownSecret[] = [];
  const problem = (message: string, fix: string): void => {
    problems.push({ check: 'storage', message, fix });
  };
  if (hostPlaces.every((name) => (settings[name] ?? '').trim() === '')) {
    problem(
      `The app's setting ${hostSetting} is not there or empty, and its host does not start without it.`,
      `Put the settings back: \`npx mispriced up --stack ${stack}\`.`,
    );
  }
  const tried = new Map<string, readonly string[]>();
  for (const name of keySettings) {
    const value = settings[name]?.trim() ?? '';
    if (value !== '') tried.set(value, [...(tried.get(value) ?? []), name]);
  }
  for (const [value, names] of tried) {
    const whose = names.join(' and ');
    const read = await readValue(value, args.openVault);
    if (read.status === 'unknown') {
      notices.push(
        `whether the storage key of ${whose} still opens the account could not be proven: ${read.reason} If the app does not start: ${repairStorageKey(stack)}`,
      );
    } else if (read.status === 'missing') {
      missing.push(...names);
      problem(
        `The secret ${read.secretName} of the vault ${read.vault}, to which ${whose} should lead, is not there.`,
        fixOfMissingSecret({ ...read, stack }),
      );
    } else {
      known.push(...connectionSecrets(read.secret, `the storage key of ${whose}`));
      const fault = await args.prove(read.secret);
      if (fault !== null) {
        problem(`The connection string of ${whose} ${fault}.`, fixOf(fault, stack));
      }
    }
  }
  return { problems, notices, missing, known };
}

function fixOf(fault: string, stack: string): string {
  return fault.includes('takes no keys')
    ? `Let \`npx mispriced up --stack ${stack}\` put the account back, or set storageAuth to identity.`
    : repairStorageKey(stack);
}

type ReadValue =
  | { readonly status: 'read'; readonly secret: Secret }
  | { readonly status: 'missing'; readonly secretName: string; readonly vault: string }
  | { readonly status: 'unknown'; readonly reason: string };

/** What a setting's value is for the app: what its reference leads to, or the text itself. */
async function readValue(value: string, openVault: OpenVault): Promise<ReadValue> {
  if (!isReference(value)) return { status: 'read', secret: new Secret(value) };
  const reference = parseReference(value);
  // Azure says of such a reference that its syntax is invalid, which is told with the settings.
  if (reference === null) return { status: 'unknown', reason: 'its reference cannot be read.' };
  const { vault, secretName } = reference;
  try {
    const secret = await (await openVault(vault)).read(secretName);
    if (secret === null) return { status: 'missing', secretName, vault: vault.name };
    return { status: 'read', secret };
  } catch (error) {
    return { status: 'unknown', reason: error instanceof Error ? error.message : String(error) };
  }
}
