import { resolve } from 'node:path';
import { buildPackage, checkBuilt, fileSizes, sizeTable, writePackage } from '@mispriced/deploy';
import { createOutput } from '../output.ts';
import { workspaceRoot } from '../workspace-root.ts';
import type { Registration } from './register.ts';

interface PackageOptions {
  readonly out?: string;
  readonly json: boolean;
}

const example = `
Examples:
  mispriced package
  mispriced package --out strategy.zip --json`;

/** `mispriced package`: the app as one file that Azure runs as it is. */
export function registerPackage({ program, dependencies }: Registration): void {
  program
    .command('package')
    .description('Pack the strategy as it is sent to Azure: the same sources, the same bytes.')
    .option('--out <file>', 'where to write it (default: dist/strategy.zip of the repository)')
    .option('--json', 'print the result as JSON', false)
    .addHelpText('after', example)
    .action(async (options: PackageOptions) => {
      const output = createOutput(dependencies, options.json);
      const file =
        options.out === undefined
          ? resolve(workspaceRoot, 'dist/strategy.zip')
          : resolve(dependencies.workingFolder, options.out);
      output.progress('bundling, and loading the bundle by itself');
      const built = await buildPackage();
      for (const notice of await checkBuilt({ built, environment: dependencies.environment })) {
        output.progress(notice);
      }
      await writePackage(built, file);
      const { sha256, bytes, manifest } = built;
      const functions = manifest.functions.map(({ name }) => name);
      const sizes = fileSizes(bytes);
      output.result(
        { file, sha256, bytes: bytes.length, functions, largest: sizes.slice(0, 10) },
        [
          `packed ${file}`,
          `  sha256     ${sha256}`,
          `  size       ${(bytes.length / 1_000_000).toFixed(1)} MB zipped`,
          `  functions  ${functions.join(', ')}`,
          '',
          sizeTable(sizes, 5),
        ].join('\n'),
      );
    });
}
