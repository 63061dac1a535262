import type { Command } from 'commander';
import type { CommandDependencies } from '../command-dependencies.ts';

/** What every command is registered with. */
export interface Registration {
  readonly program: Command;
  readonly dependencies: CommandDependencies;
  /** Sets the exit code where a command ends otherwise than done. */
  readonly finish: (exitCode: number) => void;
}
