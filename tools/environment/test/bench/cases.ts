/** One stack with one choice of every mode. */
export interface EnvironmentCase {
  readonly stackName: string;
  readonly storageAuth: 'identity' | 'key';
  readonly keyVaultAccess: 'policies' | 'rbac';
  readonly secretsDelivery: 'code' | 'reference' | 'hybrid';
  /** With a monthly budget, which has no part in the modes. */
  readonly hasBudget: boolean;
  /** With the market that its strategy asks, which has none either. */
  readonly hasMarket: boolean;
  /** Where in its first update the environment fails. */
  readonly failure: PlannedFailure;
}

/** A write that Azure refuses, or carries out without anybody hearing of it. */
interface PlannedFailure {
  readonly path: string;
  readonly kind: 'refused' | 'lost';
}

/** From early to late in an update; the one whose answer is lost leaves something behind. */
const failures: readonly PlannedFailure[] = [
  { path: '/storageAccounts/[^/]+$', kind: 'refused' },
  { path: '/vaults/[^/]+$', kind: 'refused' },
  { path: '/containers/ledger$', kind: 'refused' },
  { path: '/roleAssignments/', kind: 'refused' },
  { path: '/serverfarms/', kind: 'lost' },
  { path: '/sites/[^/]+$', kind: 'refused' },
  { path: '/config/appsettings$', kind: 'refused' },
];

/** Every choice of modes for one stack: all of them make sense together. */
export function casesOf(stackName: string): EnvironmentCase[] {
  const cases: EnvironmentCase[] = [];
  for (const storageAuth of ['identity', 'key'] as const) {
    for (const keyVaultAccess of ['policies', 'rbac'] as const) {
      for (const secretsDelivery of ['code', 'reference', 'hybrid'] as const) {
        const failure = failures[(cases.length + stackName.length) % failures.length];
        if (failure === undefined) throw new TypeError('No failure is planned.');
        const hasBudget = cases.length % 2 === 0;
        const hasMarket = !hasBudget && ['staging', 'prod', 'local'].includes(stackName);
        cases.push({
          stackName,
          storageAuth,
          keyVaultAccess,
          secretsDelivery,
          hasBudget,
          hasMarket,
          failure,
        });
      }
    }
  }
  return cases;
}

/** The least of the cases in which every choice of a mode meets every choice of each other mode. */
export function everyPairOf(stackName: string): EnvironmentCase[] {
  const deliveries = ['code', 'reference', 'hybrid'];
  return casesOf(stackName).filter(({ storageAuth, keyVaultAccess, secretsDelivery }) => {
    const isEven = deliveries.indexOf(secretsDelivery) % 2 === 0;
    return isEven === ((storageAuth === 'key') === (keyVaultAccess === 'rbac'));
  });
}

/** The settings of a case, as a user would write them into a stack's configuration. */
export function configOf(
  one: EnvironmentCase,
  principals: { operatorsGroupObjectId: string; hybridPrincipalObjectId: string },
): Record<string, string> {
  const { storageAuth, keyVaultAccess, secretsDelivery } = one;
  return {
    location: 'westeurope',
    owner: 'quant@example.com',
    commit: 'b095c8f',
    storageAuth,
    keyVaultAccess,
    secretsDelivery,
    operatorsGroupObjectId: principals.operatorsGroupObjectId,
    ...(one.stackName.startsWith('pr-') && { expiry: '2999-01-01' }),
    ...(secretsDelivery === 'reference' && { referencedSecrets: 'trading-api-key' }),
    ...(secretsDelivery === 'hybrid' && {
      hybridPrincipalObjectId: principals.hybridPrincipalObjectId,
    }),
    ...(one.hasMarket && { venueUrl: 'https://api.example.com/v1', venueAccountId: '70001' }),
    ...(one.hasBudget && {
      budgetAmount: '50',
      budgetEmails: 'quant@example.com',
      budgetStart: `${new Date().toISOString().slice(0, 7)}-01`,
    }),
  };
}
