import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { checkConfig, type ConfigProblem, type LoadConfigOptions } from '../src/index.ts';
import {
  FakeAzure,
  managedIdentityHeader,
  principalId,
  principalSecret,
  tenantId,
} from './fake-azure.ts';
import { marketEnvironment, textsWith } from './texts.ts';

export const azure = new FakeAzure();
/** A managed identity that a test may give the app. */
export const managedId = '33333333-4444-5555-6666-777777777777';
export const now = new Date('2026-11-02T15:25:03Z');

/** Starts the simulation for a test file and makes it as new before each test. */
export function useFakeAzure(): void {
  // Once for the whole file: the SDK keeps the first managed-identity endpoint of its process.
  beforeAll(() => azure.start());
  afterAll(() => azure.stop());

  beforeEach(() => {
    azure.secrets.clear();
    azure.refused.clear();
    azure.managedIdentities.clear();
    azure.seen.length = 0;
    Object.assign(azure, { broken: null, silent: false, mostAtOnce: 0 });
    azure.secrets.set('trading-api-key', { value: 'key-of-the-vault' });
    vi.stubEnv('IDENTITY_ENDPOINT', `${azure.url}/msi/token`);
    vi.stubEnv('IDENTITY_HEADER', managedIdentityHeader);
  });

  afterEach(() => {
    vi.unstubAllEnvs();
  });
}

const principal = () => ({
  MISPRICED__IDENTITY__KIND: 'service-principal',
  MISPRICED__IDENTITY__CLIENT_ID: principalId,
  MISPRICED__IDENTITY__TENANT_ID: tenantId,
  MISPRICED__IDENTITY__CLIENT_SECRET: principalSecret,
  MISPRICED__IDENTITY__AUTHORITY_URL: azure.url,
});

/** A configuration that is sound and whose vault is the simulation's. */
export const options = (environment: Record<string, string> = {}): LoadConfigOptions => ({
  stage: 'staging',
  readText: textsWith({}),
  environment: {
    ...marketEnvironment,
    MISPRICED__KEY_VAULT__NAME: 'mispriced-test',
    MISPRICED__KEY_VAULT__URL: azure.url,
    MISPRICED__KEY_VAULT__TIMEOUT_SECONDS: '5',
    ...principal(),
    ...environment,
  },
  now: () => now,
});

/** The same where nobody but the vault has the market's key. */
export const keyOnlyInVault = (
  environment: Record<string, string | undefined> = {},
): LoadConfigOptions => {
  const all = options();
  return {
    ...all,
    environment: { ...all.environment, MISPRICED__TRADING_API_KEY: undefined, ...environment },
  };
};

export const vaultProblemsOf = async (
  environment: Record<string, string>,
): Promise<readonly ConfigProblem[]> => (await checkConfig(options(environment))).problems;
