import { Argument, InvalidArgumentError, type Command } from 'commander';
import { exitCodes } from '../command-dependencies.ts';
import { askPerson } from '../deploy/ask-person.ts';
import { createOutput } from '../output.ts';
import { marginOption } from '../rotate-keys/duration-options.ts';
import { rotationTarget } from '../rotate-keys/rotation-dependencies.ts';
import { readSecretValue } from '../secrets/read-secret-value.ts';
import { checkSecretValue, secretKey } from '../secrets/secret-name.ts';
import { openSecretVault, type ListedSecret } from '../secrets/secret-vault.ts';
import { stageOf } from '../stack-config.ts';
import type { Registration } from './register.ts';

interface SecretsOptions {
  readonly stack: string;
  readonly json: boolean;
  readonly dryRun?: boolean;
}

interface RotateOptions extends SecretsOptions {
  readonly marginSeconds: number;
  readonly yes: boolean;
}

const example = `
Examples:
  mispriced secrets set trading_api_key --stack dev                 asks for the value
  mispriced secrets set trading_api_key --stack dev < key.txt
  mispriced secrets list --stack dev
  mispriced secrets rotate trading_api_key --stack prod < new-key.txt`;

/** `mispriced secrets`: what stands in the Key Vault of a stack. */
export function registerSecrets({ program, dependencies, finish }: Registration): void {
  const secrets = program
    .command('secrets')
    .description('Write, list and rotate the secrets in the vault of a stack.')
    .addHelpText('after', example);
  const add = (name: string, description: string): Command =>
    secrets
      .command(name)
      .description(description)
      .requiredOption('--stack <name>', 'whose: local, dev, staging, prod, pr-N', vaultStack)
      .option('--json', 'print the result as JSON', false)
      .addHelpText('after', example);

  add('set', 'write a new version of a secret; the value is asked for, or read from standard input')
    .addArgument(
      new Argument('<name>', 'the setting it is for, such as trading_api_key').argParser(secretKey),
    )
    .option('--dry-run', 'check name, value and vault, and write nothing')
    .action(async (key: string, options: SecretsOptions) => {
      const output = createOutput(dependencies, options.json);
      const vault = await openSecretVault(options, dependencies);
      const value = await readSecretValue(key, dependencies);
      checkSecretValue(key, value);
      const place = { stack: options.stack, vault: vault.name, key };
      if (options.dryRun === true) {
        const text = `${key} would be written to the vault ${vault.name}`;
        output.result({ ...place, written: false }, text);
        return;
      }
      const { secretName, version } = await vault.set(key, value);
      output.result(
        { ...place, secretName, version, written: true },
        `${key} is in the vault ${vault.name} (secret ${secretName}, version ${version})`,
      );
    });

  add(
    'rotate',
    'write a new version, wait until the app uses it and is well, then disable the older ones',
  )
    .addArgument(
      new Argument('<name>', 'the setting it is for, such as trading_api_key').argParser(secretKey),
    )
    .addOption(marginOption())
    .option('--dry-run', 'check name, value and environment, and write nothing')
    .option('--yes', 'do not ask, for production', false)
    .action(async (key: string, options: RotateOptions) => {
      await rotate({ key, options, dependencies, finish });
    });

  add(
    'list',
    'the secrets by the settings they are for, with their versions; never a value',
  ).action(async (options: SecretsOptions) => {
    const vault = await openSecretVault(options, dependencies);
    const listed = await vault.list();
    createOutput(dependencies, options.json).result(
      { stack: options.stack, vault: vault.name, secrets: listed },
      listed.length === 0
        ? `the vault ${vault.name} holds no secret`
        : listed.map(lineOf).join('\n'),
    );
  });
}

async function rotate(args: {
  key: string;
  options: RotateOptions;
  dependencies: Registration['dependencies'];
  finish: Registration['finish'];
}): Promise<void> {
  const { key, options, dependencies } = args;
  const { stack } = options;
  const output = createOutput(dependencies, options.json);
  const { cloud, target } = await rotationTarget(options, dependencies, (line) => {
    output.progress(line);
  });
  const value = await readSecretValue(key, dependencies);
  checkSecretValue(key, value);
  if (options.dryRun === true) {
    const vault = await openSecretVault(options, dependencies);
    const text = `${key} would be rotated in the vault ${vault.name}`;
    output.result({ stack, vault: vault.name, key, written: false }, text);
    return;
  }
  const question = `Rotate ${key} of production?`;
  if (stack === 'prod' && !options.yes && !(await askPerson(question, dependencies))) {
    args.finish(exitCodes.failed);
    return;
  }
  const { marginSeconds } = options;
  const { rotateSecret } = await import('@mispriced/rotate-keys');
  const done = await rotateSecret({ ...target, key, value, marginSeconds }, cloud);
  const use =
    done.status === 'in-use'
      ? 'the app uses it and is well'
      : 'no code is deployed that could use it';
  output.result(
    done,
    `${key} has a new version in the vault ${done.vault} (${done.version}): ${use}, ${done.disabled} older disabled`,
  );
}

function lineOf({ key, secretName, versions }: ListedSecret): string {
  const [newest] = versions;
  const { createdOn = null, expiresOn = null } = newest ?? {};
  const about = [
    createdOn === null ? 'no version' : `set ${createdOn.slice(0, 16)}Z`,
    newest?.enabled === false ? 'disabled' : null,
    expiresOn === null ? null : `expires ${expiresOn.slice(0, 10)}`,
    versions.length > 1 ? `${versions.length} versions` : null,
  ].filter((part) => part !== null);
  return `${(key ?? `${secretName} (no setting)`).padEnd(32)}  ${about.join(', ')}`;
}

/** A stack on a laptop has no vault. */
function vaultStack(text: string): string {
  if (stageOf(text) !== 'embedded') return text;
  throw new InvalidArgumentError('The stack embedded has no vault: use config/local.yaml.');
}
