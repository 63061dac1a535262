import type { Command } from 'commander';
import type { CommandWorld } from '../command-world.ts';

/** What every command is registered with. */
export interface Registration {
  readonly program: Command;
  readonly world: CommandWorld;
  /** Sets the exit code where a command ends otherwise than done. */
  readonly finish: (exitCode: number) => void;
}
