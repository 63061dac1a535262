import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  createModelRegistry,
  loadModel,
  type ModelManifest,
  type ModelRegistry,
} from '@mispriced/core';
import { readModelFolder } from '@mispriced/strategy';
import { Option, type Command } from 'commander';
import { manifestText } from '../model/manifest-text.ts';
import { createOutput, type Output } from '../output.ts';
import { stageOf, withStack, withStackOptions, type StackOptions } from '../stack-config.ts';
import type { Registration } from './register.ts';

interface ModelOptions extends StackOptions {
  readonly name?: string;
  readonly stage?: string;
  readonly json: boolean;
}

interface OpenedRegistry {
  readonly registry: ModelRegistry;
  readonly name: string;
  readonly stage: string;
}

const example = `
Examples:
  mispriced model publish my-model
  mispriced model promote 2010-07-01-0123456789ab --stage dev
  mispriced model rollback --stage dev
  mispriced model show my-model                  a bundle in a folder, proven on its parity set`;

/** `mispriced model`: the registry of models. */
export function registerModel({ program, dependencies }: Registration): void {
  const model = program
    .command('model')
    .description('Publish, promote, roll back, list and show models.')
    .addHelpText('after', example);

  const withRegistry = <Result>(
    options: ModelOptions,
    work: (opened: OpenedRegistry) => Promise<Result>,
  ): Promise<Result> => {
    // The stores meant are those of the stage, unless another stack is named.
    const stack =
      options.stage !== undefined && options.stack === 'embedded' ? options.stage : options.stack;
    return withStack({ ...options, stack }, dependencies, ({ config, objects }) =>
      work({
        registry: createModelRegistry({ objects, now: () => new Date() }),
        name: options.name ?? config.values.model.name,
        stage: options.stage ?? config.stage,
      }),
    );
  };
  const add = (usage: string, description: string): Command =>
    withStackOptions(model.command(usage).description(description))
      .option('--name <model>', 'the model’s name (default: model.name of the configuration)')
      .option('--json', 'print the result as JSON', false);
  const withStage = (command: Command): Command =>
    command.addOption(
      new Option('--stage <stage>', 'the stage whose live model moves').argParser(stageOf),
    );
  const outputOf = (options: ModelOptions): Output => createOutput(dependencies, options.json);

  add('publish <folder>', 'keep a bundle for ever, after proving it on its parity set').action(
    async (folder: string, options: ModelOptions) => {
      const bundle = await readModelFolder(resolve(dependencies.workingFolder, folder));
      await (await loadModel({ bundle, where: folder })).close();
      const { name, version } = await withRegistry(options, ({ registry }) =>
        registry.publish(bundle),
      );
      outputOf(options).result({ name, version }, `published ${name} ${version}`);
    },
  );
  withStage(add('promote <version>', 'make a published version live in a stage')).action(
    async (version: string, options: ModelOptions) => {
      await withRegistry(options, async ({ registry, name, stage }) => {
        const bundle = await registry.read(name, version);
        await (await loadModel({ bundle, where: `${name} ${version}` })).close();
        const live = await registry.promote({ name, version, stage });
        outputOf(options).result(live, `${name} ${live.version} is live in ${stage}`);
      });
    },
  );
  withStage(add('rollback', 'make the version live again that was before')).action(
    async (options: ModelOptions) => {
      await withRegistry(options, async ({ registry, name, stage }) => {
        const live = await registry.rollback({ name, stage });
        outputOf(options).result(live, `${name} ${live.version} is live in ${stage} again`);
      });
    },
  );
  add('list', 'the versions that were published, and what is live').action(
    async (options: ModelOptions) => {
      await withRegistry(options, async ({ registry, name, stage }) => {
        const versions = await registry.listVersions(name);
        const live = (await registry.live(name, stage))?.value.version ?? null;
        const lines = versions.map((version) => `${version === live ? '*' : ' '} ${version}`);
        const text = lines.length === 0 ? `no version of ${name} was published` : lines.join('\n');
        outputOf(options).result({ name, stage, live, versions }, text);
      });
    },
  );
  add('show <version>', 'a version, or the bundle in a folder').action(
    async (version: string, options: ModelOptions) => {
      const manifest = await readManifest(version, options);
      outputOf(options).result(manifest, manifestText(manifest));
    },
  );

  const readManifest = async (
    versionOrFolder: string,
    options: ModelOptions,
  ): Promise<ModelManifest> => {
    const folder = resolve(dependencies.workingFolder, versionOrFolder);
    const bundle = existsSync(folder)
      ? await readModelFolder(folder)
      : await withRegistry(options, ({ registry, name }) => registry.read(name, versionOrFolder));
    const model = await loadModel({ bundle, where: versionOrFolder });
    await model.close();
    return model.manifest;
  };
}
