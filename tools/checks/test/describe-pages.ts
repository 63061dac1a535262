import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docCommands, withoutBuildCommands } from '../src/doc-commands.ts';
import { pages, repositoryRoot } from '../src/repository.ts';
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

/** The first page is tried with the tests; the others, some of which bring environments up, take minutes. */
type PageKind = 'README.md' | 'under docs/';

const kindOf = (path: string): PageKind => (path === 'README.md' ? 'README.md' : 'under docs/');

/** Runs every command of the pages of one kind as their reader would. */
export function describePages(kind: PageKind): void {
  const chosen = pagesToTry.filter(({ path }) => kindOf(path) === kind);
  it(`there are commands ${kind === 'README.md' ? 'in README.md' : kind}`, () => {
    expect(chosen.length).toBeGreaterThan(0);
  });

  // Pages side by side, the commands of a page one after the other.
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
}
