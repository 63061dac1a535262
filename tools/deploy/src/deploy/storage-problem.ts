import { environmentName } from '@mispriced/config';
import type { AppStatus } from '../azure/app-status.ts';
import { repairStorageKey } from '../check/fix-of-missing-secret.ts';
import type { CheckProblem } from '../check/problem.ts';
import type { Target } from './environment.ts';

/**
 * What the running app says of its storage where it reaches it with a key. A key that is good in the
 * vault may still be an old one in the app, for Azure keeps what a reference led to for a day.
 *
 * @param args.known What was found already: one telling of a dead key is enough.
 */
export function storageProblem(args: {
  target: Pick<Target, 'settings' | 'stack'>;
  running: AppStatus | null;
  known: readonly CheckProblem[];
}): readonly CheckProblem[] {
  const { target, running, known } = args;
  const usesKey = target.settings[environmentName('storage.connection_string')] !== undefined;
  const ill = running?.health.find(({ name, healthy }) => name === 'storage' && !healthy);
  if (!usesKey || ill === undefined || known.some(({ check }) => check === 'storage')) return [];
  return [
    {
      check: 'storage',
      message: `The app cannot use its storage, which no other code would mend: ${ill.detail}`,
      fix: repairStorageKey(target.stack),
    },
  ];
}
