import { join, relative, resolve } from 'node:path';
import { asSettings, loadConfig, readTextsIn, type Stage } from '@mispriced/config';
import { MispricedError } from '@mispriced/core';
import { Option } from 'commander';
import { localSettingsOf, writeLocalSettings } from '../local-settings-file.ts';
import { createOutput } from '../output.ts';
import { readConfigFile } from '../run/config-file.ts';
import { workspaceRoot } from '../workspace-root.ts';
import type { Registration } from './register.ts';

interface LocalSettingsOptions {
  readonly stack: Extract<Stage, 'local' | 'embedded'>;
  readonly config?: string;
  readonly out: string;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

const example = `
Examples:
  mispriced local-settings --stack embedded --config my-market.yaml
  mispriced local-settings --stack local --force    after the settings of the stack changed`;

/** `mispriced local-settings`: what `func start` reads in place of an app's settings. */
export function registerLocalSettings({ program, dependencies }: Registration): void {
  program
    .command('local-settings')
    .description('Write local.settings.json, so that the app starts with `func start`.')
    .addOption(
      new Option('--stack <name>', 'whose settings')
        .choices(['local', 'embedded'])
        .default('local'),
    )
    .option('--config <file>', 'settings above those of the stage')
    .option(
      '--out <file>',
      'where to write it',
      join(workspaceRoot, 'apps/strategy/local.settings.json'),
    )
    .option('--force', 'write over one that is there', false)
    .option('--dry-run', 'say what would be written, and write nothing', false)
    .option('--json', 'print the result as JSON', false)
    .addHelpText('after', example)
    .action(async (options: LocalSettingsOptions) => {
      const { stack: stage } = options;
      const file = await readConfigFile(options.config, dependencies);
      const strategy = asSettings({ stage, ...file, overrides: [] });
      const settings = localSettingsOf({ strategy, environment: dependencies.environment });
      // A file that the app would refuse is not written.
      const config = await loadConfig({
        stage,
        readText: readTextsIn(workspaceRoot),
        environment: settings.Values,
        keyVault: 'not-read',
      });
      const path = resolve(dependencies.workingFolder, options.out);
      if (!options.dryRun) await write(path, settings, options.force);
      const secrets = config.explain().filter(({ secret, value }) => secret && value !== null);
      const result = {
        path,
        written: !options.dryRun,
        settings: Object.keys(settings.Values).toSorted(),
        secrets: secrets.map(({ key }) => key),
      };
      const shown = relative(dependencies.workingFolder, path);
      const count = `${result.settings.length} settings, ${secrets.length} of them secret`;
      createOutput(dependencies, options.json).result(
        result,
        `${options.dryRun ? 'would write' : 'wrote'} ${shown}: ${count}\n  ${result.settings.join('\n  ')}`,
      );
    });
}

async function write(
  path: string,
  settings: Parameters<typeof writeLocalSettings>[1],
  force: boolean,
): Promise<void> {
  if (await writeLocalSettings(path, settings, { overwrite: force })) return;
  throw new MispricedError({
    code: 'CONFIG_INVALID',
    message: `${path} is there already.`,
    fix: 'Add --force to write over it, or name another file with --out.',
  });
}
