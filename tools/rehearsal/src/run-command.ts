import { Readable } from 'node:stream';
import { runProgram } from '@mispriced/cli';
import type { CommandEnd } from './command-end.ts';

/** Runs a command of `npx mispriced` in this process, in an environment that is all its own. */
export async function runCommand(args: {
  words: readonly string[];
  environment: Readonly<Record<string, string>>;
  workingFolder: string;
  /** What is typed into it. */
  input?: string;
  report: (line: string) => void;
}): Promise<CommandEnd> {
  let stdout = '';
  let stderr = '';
  const exitCode = await runProgram(args.words, {
    stdout: { write: (text) => (stdout += text) },
    stderr: {
      write: (text) => {
        stderr += text;
        args.report(text.trimEnd());
      },
    },
    ...(args.input !== undefined && { stdin: Readable.from([args.input]) }),
    environment: args.environment,
    workingFolder: args.workingFolder,
  });
  return { exitCode, stdout, stderr };
}
