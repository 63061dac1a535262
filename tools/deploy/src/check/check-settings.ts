import {
  ConfigError,
  keyVaultSecretName,
  loadConfig,
  readTextsFrom,
  stageFromEnvironment,
  type ConfigProblem,
  type LoadedConfig,
  type Override,
} from '@mispriced/config';
import type { PackageFiles } from '../package/package-files.ts';
import { fillReferences, isReference } from './fill-references.ts';
import type { CheckProblem } from './problem.ts';

/** What became of a setting that is a Key Vault reference, as Azure tells it. */
export interface ReferenceState {
  /** The app setting. */
  readonly name: string;
  readonly status: string;
  readonly vaultName: string | null;
  readonly secretName: string | null;
}

/** The settings of an environment, checked. */
export interface CheckedSettings {
  /** Null where they are too broken to be read. */
  readonly config: LoadedConfig | null;
  readonly problems: readonly CheckProblem[];
  readonly notices: readonly string[];
}

/** What nobody types: the account makes its keys itself. */
const storageSecretName = keyVaultSecretName('storage.connection_string');

/** Whoever deploys signs in as themselves, not as the app. */
const asDeveloper: readonly Override[] = [
  { key: 'identity.kind', value: 'developer' },
  { key: 'identity.client_id', value: null },
  { key: 'identity.client_secret', value: null },
];

/**
 * Reads an environment's app settings with the configuration that is in the package, as the app
 * would, and names what is missing with the command that sets it. A reference counts as set once
 * Azure has resolved it; its value is not asked for.
 *
 * @param args.stack For the commands that are named.
 */
export async function checkSettings(args: {
  files: PackageFiles;
  settings: Readonly<Record<string, string>>;
  references: readonly ReferenceState[];
  stack: string;
}): Promise<CheckedSettings> {
  const unresolved = args.references.filter(({ status }) => !isSettled(status));
  const problems = unresolved.map((each) => referenceProblem(each, args.stack));
  const referenced = Object.values(args.settings).filter(isReference);
  const environment = fillReferences(args.settings);
  try {
    const config = await loadConfig({
      stage: stageFromEnvironment(environment),
      readText: readTextsFrom(configTexts(args.files)),
      environment,
      keyVault: 'not-read',
      overrides: asDeveloper,
    });
    const notices = referenced.length === 0 ? [] : [`${referenced.length} settings are references`];
    return { config, problems, notices };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const found = error.problems.map((each) => settingProblem(each, args.stack));
    return { config: null, problems: [...problems, ...found], notices: [] };
  }
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

function referenceProblem(each: ReferenceState, stack: string): CheckProblem {
  const where = `${each.name} refers to the secret ${each.secretName ?? '(unreadable)'} of the vault ${each.vaultName ?? '(unreadable)'}`;
  const isStorageKey = each.secretName === storageSecretName;
  if (isStorageKey && each.status.startsWith('Secret')) {
    const fix = `Have it written: \`npx mispriced rotate-keys --stack ${stack}\`; with \`--repair\` if it was there before.`;
    return { check: 'settings', message: `${where}, and Azure says ${each.status}.`, fix };
  }
  const fixes: Readonly<Record<string, string>> = {
    SecretNotFound: `Give it: \`npx mispriced secrets set ${each.secretName ?? 'NAME'} --stack ${stack}\`.`,
    SecretVersionNotFound: `Give it again: \`npx mispriced secrets set ${each.secretName ?? 'NAME'} --stack ${stack}\`.`,
  };
  return {
    check: 'settings',
    message: `${where}, and Azure says ${each.status}.`,
    fix:
      fixes[each.status] ??
      `See \`npx mispriced doctor --stack ${stack}\`: the app's identity needs \`get\` on secrets of that vault.`,
  };
}

function settingProblem(problem: ConfigProblem, stack: string): CheckProblem {
  const what = problem.key === null ? '' : `${problem.key}: `;
  return {
    check: 'settings',
    message: `${what}${problem.message}`,
    fix: problem.fix.replaceAll('STACK', stack),
  };
}
