import { basename, dirname } from 'node:path';
import { PulumiCommand } from '@pulumi/pulumi/automation/index.js';
import type { FoundPulumi } from './found-pulumi.ts';

/** By path, for the API starts the program each time only to read its version. */
const commands = new Map<string, Promise<PulumiCommand>>();

/** The command line that was found, as Pulumi's Automation API takes it (`pulumiCommand`). */
export function automationCommand(found: FoundPulumi): Promise<PulumiCommand> {
  const known = commands.get(found.path) ?? commandOf(found);
  commands.set(found.path, known);
  return known;
}

function commandOf(found: FoundPulumi): Promise<PulumiCommand> {
  const folder = dirname(found.path);
  // The API looks for `bin/pulumi` in a folder, or else on the path, where such a one was found.
  return basename(folder) === 'bin'
    ? PulumiCommand.get({ root: dirname(folder) })
    : PulumiCommand.get();
}
