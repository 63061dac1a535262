import { environmentName } from '@mispriced/config';
import type { SiteIdentity } from '@mispriced/azure';
import type { MayUseAccount } from '../azure/account-access.ts';
import { isReference } from '@mispriced/azure';
import type { CheckProblem } from './problem.ts';

const hostSetting = 'AzureWebJobsStorage';

/**
 * Looks whether an app's host can reach its storage by the app's identity, before anything is sent:
 * its settings have to name the environment's account and an identity that the app has, and that
 * identity has to have its role there. A host whose storage does not let it in starts with no code at
 * all, and Azure does not say why.
 *
 * Needs to read the role assignments of the account; without, a notice says that nothing was proven.
 */
export async function checkHostIdentity(args: {
  settings: Readonly<Record<string, string>>;
  /** Where the platform keeps the app's package: a container of the environment's account. */
  deploymentContainerUrl: string | null;
  identities: readonly SiteIdentity[];
  stack: string;
  mayUseAccount: MayUseAccount;
}): Promise<{ readonly problems: readonly CheckProblem[]; readonly notices: readonly string[] }> {
  const { settings, identities, stack } = args;
  const setting = (part: string): string => settings[`${hostSetting}${part}`]?.trim() ?? '';
  const named = namedHost(setting);
  // With a key, or without anything, it is for other checks to say.
  if (setting('') !== '' || named === null) return { problems: [], notices: [] };
  const problems: CheckProblem[] = [];
  const fix = `Put the settings and the rights back: \`npx mispriced up --stack ${stack}\`.`;
  const problem = (message: string): void => {
    problems.push({ check: 'storage', message: `${message} Its host would not start.`, fix });
  };
  const account = accountHost(args);
  if (account !== null && !matches(named.host, account)) {
    problem(
      `The app's setting ${hostSetting}${named.part} names ${named.host}, and the storage of its environment is ${account}.`,
    );
  }
  const clientId = setting('__clientId');
  const identity = identities.find((each) =>
    clientId === '' ? each.kind === 'system' : each.clientId === clientId.toLowerCase(),
  );
  if (identity === undefined) {
    problem(
      clientId === ''
        ? `The app's setting ${hostSetting}__clientId is not there, and the app has no identity of its own.`
        : `The app's setting ${hostSetting}__clientId names no identity that the app has.`,
    );
  }
  if (clientId !== '' && setting('__credential').toLowerCase() !== 'managedidentity') {
    problem(`The app's setting ${hostSetting}__credential is not \`managedidentity\`.`);
  }
  if (problems.length > 0 || identity === undefined) return { problems, notices: [] };
  const name = (account ?? named.host).split('.')[0] ?? '';
  const may = await args.mayUseAccount({ account: name, principalId: identity.principalId });
  if (may === 'no') {
    problem(
      `The app's identity has no longer the role Storage Blob Data Owner on the storage account ${name}.`,
    );
  }
  const unknown = `whether the app's identity still has its role on the storage account ${name} could not be proven: whoever deploys may not read the role assignments. If the app does not start: \`npx mispriced up --stack ${stack}\`.`;
  return { problems, notices: may === 'unknown' ? [unknown] : [] };
}

/** What the host's settings name, by the setting that counts; null where none does. */
function namedHost(setting: (part: string) => string): { part: string; host: string } | null {
  for (const part of ['__blobServiceUri', '__serviceUri', '__accountName']) {
    const value = setting(part);
    if (value !== '') return { part, host: hostOf(value) ?? value };
  }
  return null;
}

/** The host of the environment's own account; null where neither place tells. */
function accountHost(args: Parameters<typeof checkHostIdentity>[0]): string | null {
  const address = args.settings[environmentName('storage.account_url')] ?? '';
  const isTold = address !== '' && !isReference(address);
  return hostOf(args.deploymentContainerUrl ?? '') ?? (isTold ? hostOf(address) : null);
}

/** An account may be named by its address or by its name alone. */
function matches(named: string, account: string): boolean {
  return named.toLowerCase() === account || named.toLowerCase() === account.split('.')[0];
}

function hostOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).host.toLowerCase() : null;
}
