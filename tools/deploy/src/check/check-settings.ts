import {
  ConfigError,
  environmentName,
  loadConfig,
  readTextsFrom,
  stageFromEnvironment,
  type ConfigProblem,
  type LoadedConfig,
  type Override,
} from '@mispriced/config';
import type { OpenVault } from '../azure/deployer-vault.ts';
import type { PackageFiles } from '../package/package-files.ts';
import { fillReferences } from './fill-references.ts';
import { fixOfMissingSecret } from './fix-of-missing-secret.ts';
import { isReference, type ReferenceState } from '@mispriced/azure';
import { namesOnlySource } from './names-only-source.ts';
import type { CheckProblem } from './problem.ts';

/** The settings of an environment, checked. */
export interface CheckedSettings {
  /** Null where they are too broken to be read. */
  readonly config: LoadedConfig | null;
  readonly problems: readonly CheckProblem[];
  readonly notices: readonly string[];
}

/** Whoever deploys signs in as themselves, not as the app. */
const asDeveloper: readonly Override[] = [
  { key: 'identity.kind', value: 'developer' },
  { key: 'identity.client_id', value: null },
  { key: 'identity.client_secret', value: null },
];

/**
 * Reads an environment's app settings with the configuration that is in the package, as the app
 * would, and names what is missing with the command that sets it. A reference counts as set once
 * Azure has resolved it, a secret that the code reads once the vault lists it; no value is asked for.
 *
 * @param args.stack For the commands that are named.
 */
export async function checkSettings(args: {
  files: PackageFiles;
  settings: Readonly<Record<string, string>>;
  references: readonly Omit<ReferenceState, 'activeVersion'>[];
  stack: string;
  openVault: OpenVault;
}): Promise<CheckedSettings> {
  const unresolved = args.references.filter(({ status }) => !isSettled(status));
  const problems = unresolved.map((each) => referenceProblem(each, args.stack));
  const environment = fillReferences(args.settings);
  const vault = namesOnlySource(args.openVault);
  try {
    const config = await loadConfig({
      stage: stageFromEnvironment(environment),
      readText: readTextsFrom(configTexts(args.files)),
      environment,
      keyVault: vault.open,
      overrides: [...asDeveloper, ...withoutReferredVault(args.settings)],
    });
    return { config, problems, notices: [...vault.notices, ...config.notices] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const known = error.problems.filter(({ key }) => key === null || !vault.unread.has(key));
    const found = (known.length === 0 ? error.problems : known).map((each) =>
      settingProblem(each, { stage: error.stage, stack: args.stack }),
    );
    return { config: null, problems: [...problems, ...found], notices: vault.notices };
  }
}

/** A vault's name that is itself a reference is not known here; its address tells the same. */
function withoutReferredVault(settings: Readonly<Record<string, string>>): readonly Override[] {
  const name = settings[environmentName('key_vault.name')];
  return name !== undefined && isReference(name) ? [{ key: 'key_vault.name', value: null }] : [];
}

/** Just set: Azure has not looked yet, which is no fault. */
function isSettled(status: string): boolean {
  return status === 'Resolved' || status === 'Initialized';
}

function configTexts(files: PackageFiles): Record<string, string> {
  return Object.fromEntries(
    [...files]
      .filter(([path]) => path.startsWith('config/'))
      .map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]),
  );
}

function referenceProblem(
  each: Omit<ReferenceState, 'activeVersion'>,
  stack: string,
): CheckProblem {
  const vault = each.vaultName ?? '(unreadable)';
  const where = `${each.name} refers to the secret ${each.secretName ?? '(unreadable)'} of the vault ${vault}`;
  const isMissing = each.status === 'SecretNotFound' || each.status === 'SecretVersionNotFound';
  const fixes: Readonly<Record<string, string>> = {
    InvalidSyntax: `Put the settings back: \`npx mispriced up --stack ${stack}\`.`,
    VaultNotFound: `Bring the environment up, which makes the vault: \`npx mispriced up --stack ${stack}\`.`,
  };
  return {
    check: 'settings',
    message: `${where}, and Azure says ${each.status}.`,
    fix: isMissing
      ? fixOfMissingSecret({ secretName: each.secretName ?? '', vault, stack })
      : (fixes[each.status] ??
        `The app's identity needs \`get\` on secrets of that vault, which \`npx mispriced up --stack ${stack}\` gives it.`),
  };
}

function settingProblem(
  problem: ConfigProblem,
  { stage, stack }: { readonly stage: string | null; readonly stack: string },
): CheckProblem {
  const what = problem.key === null ? '' : `${problem.key}: `;
  return {
    check: 'settings',
    message: `${what}${problem.message}`,
    // A preview's stage is `preview`, and its stack `pr-12`.
    fix: problem.fix
      .replaceAll('STACK', stack)
      .replaceAll(`--stack ${stage ?? 'STACK'}`, `--stack ${stack}`),
  };
}
