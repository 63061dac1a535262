import { exampleOf } from './examples.ts';
import { type Problem, removeCommand, setCommand } from './problem.ts';
import type { SettingKey, SettingValues } from './setting-table.ts';

/** What has been set, and how, where it could be read at all. */
export type ReadValues = { [Key in SettingKey]: SettingValues[Key] | undefined };

/** What a check of settings against each other is given, and how it says what is wrong. */
export interface Check {
  readonly values: ReadValues;
  /** Neither set nor with a default: what is set but cannot be read has been told of already. */
  readonly isMissing: (key: SettingKey) => boolean;
  readonly now: Date;
  /** When the stack's budget started, null where it has none; left out where that is not known. */
  readonly budgetSince?: string | null | undefined;
  readonly mend: Mend;
}

/** Notes a problem with the command that mends it. */
interface Mend {
  bySetting(key: SettingKey, message: string, value?: string): void;
  byRemoving(key: SettingKey, message: string): void;
}

/** Notes problems into a list, each with a command for the stack of a name. */
export function mendIn(problems: Problem[], args: { stackName: string; now: Date }): Mend {
  const { stackName, now } = args;
  return {
    bySetting: (key, message, value = exampleOf(key, now)) => {
      problems.push({ key, message, command: setCommand(key, value, stackName) });
    },
    byRemoving: (key, message) => {
      problems.push({ key, message, command: removeCommand(key, stackName) });
    },
  };
}
