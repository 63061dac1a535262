import { Readable } from 'node:stream';
import { runProgram } from '../../src/program.ts';

/** How a command ended. */
export interface CommandEnd {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, in an environment that has nothing but what is given. */
export async function runCommand(
  args: readonly string[],
  given: {
    readonly environment?: Readonly<Record<string, string>>;
    readonly workingFolder?: string;
    /** What is typed into it. */
    readonly input?: string;
  } = {},
): Promise<CommandEnd> {
  let stdout = '';
  let stderr = '';
  const exitCode = await runProgram(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    ...(given.input !== undefined && { stdin: Readable.from([given.input]) }),
    environment: given.environment ?? {},
    workingFolder: given.workingFolder ?? process.cwd(),
  });
  return { exitCode, stdout, stderr };
}
