import type { Check } from './check.ts';
import { checkBudget } from './check-budget.ts';
import { lacksZones } from './locations.ts';
import { zoneProblem } from './schedule.ts';

/** What makes no sense together in any stack, although each setting by itself would do. */
export function checkCombinations(check: Check): void {
  const { values, isMissing, mend } = check;
  if (values.keyExpiryDays !== undefined && values.storageAuth === 'identity') {
    mend.byRemoving('keyExpiryDays', 'no key is in use, so none can get old.');
  }
  if (values.storageRedundancy === 'zrs' && lacksZones(values.location)) {
    const message = `${String(values.location)} has no zones for copies in three buildings.`;
    mend.bySetting('storageRedundancy', message, 'lrs');
  }
  checkHybrid(check);
  if (values.secretsDelivery === 'reference' && isMissing('referencedSecrets')) {
    mend.bySetting('referencedSecrets', 'the reference way needs the names of the secrets.');
  }
  if (values.referencedSecrets !== undefined && isOther(values.secretsDelivery, 'reference')) {
    const message = `the ${String(values.secretsDelivery)} way makes no references of its own.`;
    mend.byRemoving('referencedSecrets', message);
  }
  if (values.schedule !== undefined && values.timeZone !== undefined) {
    const problem = zoneProblem(values.schedule);
    if (problem !== null) mend.byRemoving('timeZone', problem);
  }
  for (const [given, other] of [
    ['venueUrl', 'venueAccountId'],
    ['venueAccountId', 'venueUrl'],
  ] as const) {
    if (values[given] === undefined || !isMissing(other)) continue;
    mend.bySetting(other, 'a market needs its address and an account.');
  }
  checkBudget(check);
}

function checkHybrid({ values, isMissing, mend }: Check): void {
  const { secretsDelivery, hybridPrincipalObjectId: principal } = values;
  if (secretsDelivery === 'hybrid' && isMissing('hybridPrincipalObjectId')) {
    const message = 'the hybrid way needs the service principal that reads the vault.';
    mend.bySetting('hybridPrincipalObjectId', message);
  }
  if (principal === undefined) return;
  if (isOther(secretsDelivery, 'hybrid')) {
    const message = `a principal that the ${String(secretsDelivery)} way does not need would get to read secrets.`;
    mend.byRemoving('hybridPrincipalObjectId', message);
  }
  if (principal === values.operatorsGroupObjectId) {
    const message = 'it is the operators group: the app would get to write secrets.';
    mend.bySetting('hybridPrincipalObjectId', message);
  }
}

function isOther(chosen: string | undefined, mode: string): boolean {
  return chosen !== undefined && chosen !== mode;
}
