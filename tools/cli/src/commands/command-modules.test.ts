import { Command } from 'commander';
import { expect, it } from 'vitest';
import { commandModules, wantedCommands } from './command-modules.ts';

it.each(commandModules)('%j are what is registered there', async (names, load) => {
  const program = new Command();
  const output = { write: () => true };
  const dependencies = {
    stdout: output,
    stderr: output,
    environment: {},
    workingFolder: '/',
  } as never;
  (await load())({ program, dependencies, finish: () => undefined });
  expect(program.commands.map((command) => command.name())).toEqual(names);
});

it('takes one command where it is named, and all of them otherwise', async () => {
  expect(await wantedCommands(['run', '--json'])).toHaveLength(1);
  expect(await wantedCommands(['--help'])).toHaveLength(commandModules.length);
  expect(await wantedCommands(['rum'])).toHaveLength(commandModules.length);
});
