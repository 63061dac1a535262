import type { MispricedError } from '@mispriced/core';
import type { CheckProblem } from './problem.ts';
import { packageRefused } from '../package/package-error.ts';

/** All that stands against a package or its deployment as one error, each thing with what to do. */
export function refuse(
  what: 'package' | 'deployment',
  problems: readonly CheckProblem[],
): MispricedError {
  const lines = problems.map(
    ({ check, message, fix }, index) =>
      `  ${index + 1}. ${check}: ${message}\n     To mend: ${fix}`,
  );
  const count = problems.length === 1 ? 'One thing stands' : `${problems.length} things stand`;
  return packageRefused(
    `${count} against this ${what}:\n${lines.join('\n')}`,
    `Mend each as it says. Nothing was ${what === 'package' ? 'written' : 'sent'}.`,
  );
}
