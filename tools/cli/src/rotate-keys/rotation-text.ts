import type { AccountResult, RotationResult } from '@mispriced/rotate-keys';

const heads: Readonly<Record<AccountResult['status'], string>> = {
  rotated: 'both keys are new, the old ones open nothing, and the app has written with the new one',
  planned: 'this would be done, and nothing was',
  'first-key': 'its first key is in the vault; the code can be deployed now',
  repaired: 'all that uses a key has one that lives, and the app has written with it',
  sound: 'nothing was broken: all that uses a key has one that lives',
  young: 'both keys are young enough, and nothing was done',
  'no-key-in-use': 'no key is in use, so there is none to rotate (all the same: --anyway)',
};

/** What became of an environment's keys, in words. */
export function rotationText({ accounts, journal }: RotationResult): string {
  const lines = accounts.flatMap((each) => [
    `${each.account}: ${heads[each.status]}`,
    ...each.steps.map((step) => `  ${each.status === 'planned' ? 'would' : 'did'}  ${step}`),
    ...each.consumers.map(({ label, holds }) => `  ${holds}  ${label}`),
    ...each.signatures.map(
      ({ label, kind, expiresAt }) =>
        `  signature  ${label}: ${kind}, until ${expiresAt ?? 'its policy ends it'}; it lives no longer than the keys`,
    ),
    ...each.restarts.map(
      ({ app, from, until }) => `  restart  ${app}: ${from} to ${until ?? 'nobody knows'}`,
    ),
    ...each.notes.map((text) => `  note  ${text}`),
  ]);
  return [...lines, ...(journal === null ? [] : [`journal: ${journal}`])].join('\n');
}
