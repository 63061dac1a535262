import { relative } from 'node:path';
import type { OpenStack } from './open-stack.ts';

/**
 * A command of Pulumi's own about a stack, as it can be typed where this runs: with the command line
 * that was found, which may not be on the path, and in the folder where this stack is recorded.
 */
export function pulumiCommandLine({ name, stack }: OpenStack, ...words: string[]): string {
  const { pulumiCommand, workDir, envVars } = stack.workspace;
  const folder = relative(process.cwd(), workDir);
  const isBelow = folder !== '' && !folder.startsWith('..');
  const line = [
    pulumiCommand.command,
    ...(folder === '' ? [] : ['-C', isBelow ? folder : workDir]),
    ...words,
    ...['--stack', name.name],
  ].map(quoted);
  // Only an empty one is said: it is that of a cloud on this machine, and Pulumi would ask for it.
  const isOpen = envVars['PULUMI_CONFIG_PASSPHRASE'] === '';
  return [...(isOpen ? ['PULUMI_CONFIG_PASSPHRASE='] : []), ...line].join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
