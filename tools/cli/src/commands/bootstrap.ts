import { setTimeout as sleep } from 'node:timers/promises';
import type { BootstrapResult, PipelineStage } from '@mispriced/bootstrap';
import { MispricedError } from '@mispriced/core';
import { InvalidArgumentError, Option } from 'commander';
import { cloudEnvironment, type Target } from '../cloud-environment.ts';
import { createOutput } from '../output.ts';
import type { Registration } from './register.ts';

interface BootstrapOptions {
  readonly subscription?: string;
  readonly repository: string;
  readonly repositoryIds: { readonly owner: string; readonly repository: string } | null;
  readonly environments: readonly PipelineStage[];
  readonly location: string;
  readonly resourceGroup: string;
  readonly issuer?: string;
  readonly shareProduction: boolean;
  readonly target?: Target;
  readonly dryRun: boolean;
  readonly json: boolean;
}

const example = `
Examples:
  mispriced bootstrap --subscription ID --repository me/mispriced --environments preview,dev --dry-run
  mispriced bootstrap --subscription ID --repository me/mispriced --environments preview,dev
  mispriced bootstrap --subscription OTHER-ID --repository me/mispriced --environments staging,prod`;

/** `mispriced bootstrap`: sets a subscription up for the pipeline, once. */
export function registerBootstrap({ program, dependencies }: Registration): void {
  program
    .command('bootstrap')
    .description('Set a subscription up for the pipeline, once: state, keys, identities, roles.')
    .requiredOption('--repository <owner/name>', 'the repository, as GitHub spells it')
    .requiredOption(
      '--environments <names>',
      'preview, dev, staging, prod: some of these',
      stagesIn,
    )
    .option('--subscription <id>', 'the subscription (default: ARM_SUBSCRIPTION_ID)')
    .option('--repository-ids <owner/repository>', 'their numbers: immutable subjects', idsIn, null)
    .option('--location <region>', 'where the state is kept', 'westeurope')
    .option('--resource-group <name>', 'what all of it goes into', 'mispriced-pipeline')
    .option('--issuer <url>', "who signs the tokens of jobs (default: github.com's)")
    .option(
      '--share-production',
      'accept staging and production in the subscription of previews',
      false,
    )
    .addOption(new Option('--target <cloud>', 'where (default: azure)').choices(['azure', 'local']))
    .option('--dry-run', 'tell what would be made, and make nothing', false)
    .option('--json', 'print the result as JSON', false)
    .addHelpText('after', example)
    .action(async (options: BootstrapOptions) => {
      // Pulumi's SDK takes a second to load, which no other command should spend.
      const { cloudOf } = await import('@mispriced/environment');
      const { ArmClient } = await import('@mispriced/azure');
      const { bootstrap, gitHubIssuer } = await import('@mispriced/bootstrap');
      const output = createOutput(dependencies, options.json);
      const place = { stack: 'dev', ...(options.target && { target: options.target }) };
      const environment = await cloudEnvironment(place, dependencies);
      const isLocal = environment['MISPRICED_CLOUD'] === 'local';
      const subscriptionId = options.subscription ?? environment['ARM_SUBSCRIPTION_ID'] ?? '';
      const cloud = await cloudOf('dev', { ...environment, ARM_SUBSCRIPTION_ID: subscriptionId });
      try {
        const arm = new ArmClient(await cloud.connection());
        const { resourceGroup, repository, repositoryIds, location } = options;
        const result = await bootstrap({
          request: {
            subscriptionId,
            tenantId: await tenantOf(arm, subscriptionId),
            repository,
            repositoryIds,
            location,
            resourceGroup,
            stages: options.environments,
            issuer: options.issuer ?? gitHubIssuer,
            vaultSuffix: isLocal ? 'vault.localhost' : 'vault.azure.net',
            sharesProduction: options.shareProduction,
          },
          arm,
          isDryRun: options.dryRun,
          report: (line) => {
            output.progress(line);
          },
          sleep,
        });
        output.result(result, resultText(result));
      } finally {
        await cloud.close();
      }
    });
}

async function tenantOf(
  arm: { read(path: string, apiVersion: string): Promise<Record<string, unknown> | null> },
  subscriptionId: string,
): Promise<string> {
  const subscription = await arm.read(`/subscriptions/${subscriptionId}`, '2022-12-01');
  const tenantId = subscription?.['tenantId'];
  if (typeof tenantId === 'string') return tenantId;
  throw new MispricedError({
    code: 'CREDENTIAL_REFUSED',
    message: `The subscription ${subscriptionId} cannot be seen by who is signed in.`,
    fix: 'Sign in with `az login` as its Owner; `az account list` shows what you can see.',
  });
}

function resultText({ dryRun, steps, commands, principals }: BootstrapResult): string {
  const count = (done: string): number => steps.filter((each) => each.done === done).length;
  const [made, changed] = [count('created'), count('changed')];
  if (dryRun) return `${made} would be made, ${changed} changed; nothing was done`;
  const groups = Object.entries(principals)
    .filter(([environment]) => !environment.endsWith('-watch'))
    .map(
      ([environment, principal]) =>
        `az ad group member add --group mispriced-operators-${environment} --member-id ${principal}`,
    );
  return [
    `${made} made, ${changed} changed, ${count('unchanged')} were there`,
    '',
    'Tell GitHub (no value is a secret):',
    ...commands.map((each) => `  ${each}`),
    '',
    'Let each identity write packages, models and secrets where it deploys:',
    ...groups.map((each) => `  ${each}`),
  ].join('\n');
}

function stagesIn(text: string): readonly PipelineStage[] {
  const known: readonly PipelineStage[] = ['preview', 'dev', 'staging', 'prod'];
  const names = text.split(',').map((each) => each.trim());
  const found = known.filter((stage) => names.includes(stage));
  if (found.length === names.length) return found;
  throw new InvalidArgumentError(`Each of ${known.join(', ')} once, with commas.`);
}

function idsIn(text: string): { owner: string; repository: string } {
  const [, owner, repository] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (owner !== undefined && repository !== undefined) return { owner, repository };
  throw new InvalidArgumentError(
    'Write them as 123/456: gh api repos/OWNER/NAME --jq \'"\\(.owner.id)/\\(.id)"\'',
  );
}
