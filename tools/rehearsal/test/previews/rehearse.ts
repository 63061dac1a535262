import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { plainEnvironment } from '@mispriced/testing';
import { type CommandEnd, openRehearsal, type Rehearsal } from '../../src/index.ts';
import { runCommand } from '../../src/run-command.ts';

/** A rehearsal in which previews are made, with what is compared before and after. */
export interface PreviewRehearsal {
  readonly rehearsal: Rehearsal;
  readonly folder: string;
  command(words: readonly string[], more?: Readonly<Record<string, string>>): Promise<CommandEnd>;
  /** Runs a command with `--json` that has to succeed. */
  value(words: readonly string[], more?: Readonly<Record<string, string>>): Promise<unknown>;
  /** Every line that commands have said so far. */
  heard(): readonly string[];
  /** All there is: resources, role assignments, deleted vaults, identities, secrets. */
  readonly inventory: () => readonly string[];
  /** All that Pulumi has written: states, copies of them, history, locks and settings. */
  recorded(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Opens it. */
export async function openPreviewRehearsal(): Promise<PreviewRehearsal> {
  const rehearsal = await openRehearsal();
  const { folder, cloud } = rehearsal;
  const heard: string[] = [];
  const command: PreviewRehearsal['command'] = (words, more = {}) =>
    runCommand({
      words,
      workingFolder: folder,
      report: (line) => heard.push(line),
      environment: { ...rehearsal.environment, ...more },
    });
  return {
    rehearsal,
    folder,
    command,
    heard: () => heard,
    value: async (words, more) => {
      const { exitCode, stdout, stderr } = await command([...words, '--json'], more);
      if (exitCode !== 0) throw new Error(`${words.join(' ')} ended with ${exitCode}: ${stderr}`);
      return JSON.parse(stdout) as unknown;
    },
    inventory: () => {
      const { resources, directory } = cloud.context;
      const ids = resources.all().map(({ id }) => id.toLowerCase());
      return [...ids, ...directory.all().map(({ objectId }) => objectId)].sort();
    },
    recorded: async () => {
      const place = join(folder, 'cloud');
      const entries = await readdir(place, { recursive: true, withFileTypes: true });
      // What is deleted leaves a folder behind on a disk, and nothing where records are blobs.
      return entries
        .filter((each) => each.isFile())
        .map((each) => relative(place, join(each.parentPath, each.name)))
        .filter((path) => /\.pulumi(?:\/|$)|Pulumi\./.test(path))
        .sort();
    },
    close: () => rehearsal.close(),
  };
}

const program = createRequire(import.meta.url).resolve('@mispriced/cli/bin');

/**
 * Starts a command and kills it, and the engine that it started, at once when it is halfway: nobody
 * is left who could tidy up.
 *
 * @param isHalfway By how much there is and was; by default when some resources have been made.
 */
export async function killWhile(
  { rehearsal, folder, inventory }: PreviewRehearsal,
  words: readonly string[],
  isHalfway: (count: number, before: number) => boolean = (count, had) => count > had + 8,
): Promise<void> {
  const before = inventory().length;
  const child = spawn(process.execPath, [program, ...words], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...plainEnvironment(), ...rehearsal.environment },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(child, 'close');
  for (;;) {
    if (child.exitCode !== null) throw new Error(`It ended before it could be killed: ${said}`);
    if (isHalfway(inventory().length, before)) break;
    await new Promise((done) => setTimeout(done, 20));
  }
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  await ended;
  // What it started takes a moment to be gone where the machine is busy.
  while (isGroupThere(child.pid ?? 0)) await new Promise((done) => setTimeout(done, 20));
}

function isGroupThere(processId: number): boolean {
  try {
    process.kill(-processId, 0);
    return true;
  } catch {
    return false;
  }
}
