import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { provesAll } from '@mispriced/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCommands, docCommands, withoutBuildCommands } from '../src/doc-commands.ts';
import { pages, readRepositoryFile, repositoryRoot } from '../src/repository.ts';
import { runShell } from './run-shell.ts';
import { createScratchFolder, type ScratchFolder } from './scratch-folder.ts';

/** The first use of the trainer installs its Python packages. */
const commandTimeoutMilliseconds = 600_000;

const pagesToTry = pages()
  .map((page) => ({
    path: page.path,
    commands: docCommands(page).flatMap(({ path, line, command }) => {
      const rest = withoutBuildCommands(command);
      return rest === null ? [] : [{ where: `${path}:${line}`, command: rest }];
    }),
  }))
  .filter(({ commands }) => commands.length > 0);

const [readme] = pagesToTry.filter(({ path }) => path === 'README.md');
const first = readme === undefined ? [] : [{ ...readme, commands: readme.commands.slice(0, 1) }];
const chosen = provesAll ? pagesToTry : first;

it('there are commands on pages', () => {
  expect(chosen.length).toBeGreaterThan(0);
});

// As their reader would: pages side by side, the commands of a page one after the other.
describe.each(chosen)('the commands of $path', { concurrent: true }, ({ commands }) => {
  let scratch: ScratchFolder;
  // A local cloud of the page's own: that of whoever runs the tests stays as it is.
  const variables = (): Readonly<Record<string, string>> => ({
    MISPRICED_LOCAL_FOLDER: join(scratch.path, 'local-cloud'),
  });
  beforeAll(async () => {
    scratch = await createScratchFolder();
  });
  afterAll(async () => {
    // Where a command failed, the page did not come to its end.
    if (existsSync(join(scratch.path, 'local-cloud'))) {
      await runShell('npx mispriced local down', scratch.path, variables());
    }
    await scratch.remove();
  });

  it.each(commands)(
    '$where $command',
    { concurrent: false, timeout: commandTimeoutMilliseconds },
    async ({ where, command }) => {
      // Nx looks for its workspace's real files; what it is asked on a page writes none.
      const workingFolder = command.startsWith('npx nx ') ? repositoryRoot : scratch.path;
      const { exitCode, standardOutput, standardError } = await runShell(
        command,
        workingFolder,
        variables(),
      );
      const said = `${standardOutput}\n${standardError}`.trim().split('\n').slice(-30).join('\n');
      expect(exitCode, `${where} ended with ${exitCode}: ${command}\n${said}`).toBe(0);
    },
  );
});

it('finds the two commands that the README begins with', () => {
  const commands = docCommands(readRepositoryFile('README.md')).map(({ command }) => command);
  expect(commands.slice(0, 2)).toEqual(['npm ci && npm start', 'npm ci && npm test']);
});

it.each(buildCommands)('the build runs what is not run here: %s', (command) => {
  const lines = readRepositoryFile('.ci/run').text.split('\n');
  const isThis = (line: string): boolean => line === command || line.startsWith(`${command} `);
  expect(lines.filter(isThis)).toHaveLength(1);
});
