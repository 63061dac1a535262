import { Argument, InvalidArgumentError, type Command } from 'commander';
import { createOutput } from '../output.ts';
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

const example = `
Examples:
  mispriced secrets set trading_api_key --stack dev                 asks for the value
  mispriced secrets set trading_api_key --stack dev < key.txt
  mispriced secrets list --stack dev`;

/** `mispriced secrets`: what stands in the Key Vault of a stack. */
export function registerSecrets({ program, world }: Registration): void {
  const secrets = program
    .command('secrets')
    .description('Write and list the secrets in the vault of a stack.')
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
      const output = createOutput(world, options.json);
      const vault = await openSecretVault(options, world);
      const value = await readSecretValue(key, world);
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
    'list',
    'the secrets by the settings they are for, with their versions; never a value',
  ).action(async (options: SecretsOptions) => {
    const vault = await openSecretVault(options, world);
    const listed = await vault.list();
    createOutput(world, options.json).result(
      { stack: options.stack, vault: vault.name, secrets: listed },
      listed.length === 0
        ? `the vault ${vault.name} holds no secret`
        : listed.map(lineOf).join('\n'),
    );
  });
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
