import { delimiter } from 'node:path';
import { errorOwners, MispricedError, type ErrorCode } from '@mispriced/core';
import { z } from 'zod';
import { pythonFolder } from './paths.ts';
import type { PythonEnvironment } from './python-environment.ts';
import { refusal } from './refusal.ts';
import { lastLines, runProcess, type ProcessEnd } from './run-process.ts';

const errorCode = z.string().refine((code): code is ErrorCode => Object.hasOwn(errorOwners, code));
const problem = z.object({ code: errorCode, message: z.string(), fix: z.string() });

/** The one JSON value that a command of the Python package prints. */
const answerSchema = z.discriminatedUnion('status', [
  z.looseObject({ status: z.literal('done') }),
  z.object({ status: z.literal('refused'), problems: z.tuple([problem], problem) }),
]);

/**
 * Runs a command of the Python package `mispriced_train` and reads its answer.
 *
 * @param args.onProgress Called with each line of progress.
 * @throws MispricedError with every problem that Python found; `INTERNAL` where it broke down.
 */
export async function runTrainer<Answer>(args: {
  environment: PythonEnvironment;
  module: 'train' | 'predict';
  arguments: readonly string[];
  answer: z.ZodType<Answer>;
  onProgress?: (line: string) => void;
}): Promise<Answer> {
  const end = await runProcess({
    command: args.environment.python,
    arguments: ['-m', `mispriced_train.${args.module}`, ...args.arguments],
    environment: {
      ...process.env,
      PYTHONPATH: [pythonFolder, process.env['PYTHONPATH']].filter(Boolean).join(delimiter),
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONNOUSERSITE: '1',
      PYTHONUTF8: '1',
    },
    ...(args.onProgress && { onErrorLine: args.onProgress }),
  });
  const answer = answerSchema.safeParse(parseJson(end.standardOutput));
  if (!answer.success) throw breakdown(end);
  if (answer.data.status === 'refused') throw refusal(answer.data.problems);
  return args.answer.parse(answer.data);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function breakdown(end: ProcessEnd): MispricedError {
  const killed = end.signal !== null;
  return new MispricedError({
    code: 'INTERNAL',
    message: killed
      ? `The trainer was ended by ${end.signal}.`
      : `The trainer broke down: ${lastLines(end.standardError, 1)}`,
    fix: killed
      ? 'SIGKILL mostly means that memory ran out: give the machine more, or train on fewer loans.'
      : 'Nothing was written. Please report this with the lines before it.',
  });
}
