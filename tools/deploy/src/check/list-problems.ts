import type { FunctionSummary, HostStatus } from '@mispriced/functions-host';
import type { CheckProblem } from './problem.ts';

/** What stands against an app by the host that loaded it: all of it, most telling first. */
export function listProblems(args: {
  status: Pick<HostStatus, 'errors' | 'functionErrors'>;
  functions: readonly Pick<FunctionSummary, 'name'>[];
  expected: readonly string[];
}): readonly CheckProblem[] {
  const { status, expected } = args;
  const problem = (message: string, fix: string): CheckProblem => ({ check: 'load', message, fix });
  if (status.errors.length > 0) {
    return status.errors.map((error) =>
      problem(`The packed app does not load: ${error}`, 'Mend what it threw; nothing was sent.'),
    );
  }
  const registered = args.functions.map(({ name }) => name);
  const inError = Object.entries(status.functionErrors);
  const missing = expected.filter(
    (name) => !registered.includes(name) && !Object.hasOwn(status.functionErrors, name),
  );
  const unexpected = registered.filter((name) => !expected.includes(name));
  return [
    ...inError.map(([, message]) => problem(message, 'Mend its registration; nothing was sent.')),
    ...missing.map((name) =>
      problem(
        `The function ${name} did not register, though the app has a file for it.`,
        'See that its file registers it under its own name; a timer does not register where the configuration is broken: `npx mispriced config check`.',
      ),
    ),
    ...unexpected.map((name) =>
      problem(
        `The function ${name} registered, and the app has no file of that name.`,
        'Keep one function in one file, named as the function.',
      ),
    ),
  ];
}
