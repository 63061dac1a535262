import { MispricedError } from '@mispriced/core';

/** How a command ended. */
export interface CommandEnd {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command that was given `--json` said, or what went wrong in its own words. */
export function valueOf(end: CommandEnd): unknown {
  let value: unknown;
  try {
    value = JSON.parse(end.stdout);
  } catch {
    throw new Error(`A command ended with ${end.exitCode} and no JSON:\n${end.stderr}`);
  }
  if (end.exitCode === 0) return value;
  const { error } = value as { error?: ConstructorParameters<typeof MispricedError>[0] };
  if (error === undefined) throw new Error(`A command ended with ${end.exitCode}: ${end.stdout}`);
  throw new MispricedError(error);
}
