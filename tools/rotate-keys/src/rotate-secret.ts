import { environmentName, expectSecret, keyVaultSecretName, type Secret } from '@mispriced/config';
import { MispricedError } from '@mispriced/core';
import type { TargetOptions } from '@mispriced/deploy';
import { parseReference, waitUntil } from '@mispriced/azure';
import type { AppStatus } from './azure/site.ts';
import type { VaultSecret } from './azure/vault.ts';
import { storageKey } from './consumers/survey.ts';
import { type KeyEnvironment, openKeyEnvironment, readEnvironment } from './environment.ts';
import { type Timeouts, defaultTimeouts } from './timeouts.ts';
import type { RotationDependencies } from './rotation-dependencies.ts';
import { slotInDanger } from './steps/next-slot.ts';
import { restartApp } from './steps/restart-app.ts';
import type { RecordedRestart } from './steps/rotation-work.ts';
import { takeLock } from './take-lock.ts';

/** Which secret gets which value. */
export interface SecretRotationOptions extends TargetOptions {
  /** The configuration's key, such as `trading_api_key`. */
  readonly key: string;
  readonly value: Secret;
  readonly marginSeconds: number;
  readonly timeouts?: Timeouts;
}

/** What became of a secret. Its values are no part of it. */
export interface SecretRotation {
  readonly stack: string;
  readonly vault: string;
  readonly secretName: string;
  readonly version: string;
  /** `unwatched` where no code was deployed that could be asked. */
  readonly status: 'in-use' | 'unwatched';
  /** How many older versions were disabled. */
  readonly disabled: number;
  readonly restarts: readonly RecordedRestart[];
}

/** Until the app reads the vault again, where its settings do not say. */
const usualCacheSeconds = 300;

/**
 * Writes a new version of a secret, waits until the running app has it and is well, and only then
 * disables the older ones. Needs `get`, `list` and `set` on secrets, and Website Contributor on the app
 * where a setting refers to the secret.
 *
 * @throws MispricedError `ROTATION_REFUSED` before anything is written; `ROTATION_UNDONE` where the app
 * was not well with the new value and has the old one again; `ROTATION_UNFINISHED` where it was not
 * seen to have it, and both versions are enabled.
 */
export async function rotateSecret(
  options: SecretRotationOptions,
  dependencies: RotationDependencies,
): Promise<SecretRotation> {
  if (options.key === storageKey) throw ofStorage(options.stack);
  const timeouts = options.timeouts ?? defaultTimeouts;
  const environment = await openKeyEnvironment(options, dependencies);
  const lock = await takeLock(environment, dependencies, timeouts);
  try {
    return await rotate({ options, dependencies, timeouts, environment });
  } finally {
    await lock.release().catch(() => undefined);
  }
}

interface Rotating {
  readonly options: SecretRotationOptions;
  readonly dependencies: RotationDependencies;
  readonly timeouts: Timeouts;
  readonly environment: KeyEnvironment;
}

async function rotate(rotating: Rotating): Promise<SecretRotation> {
  const { options, environment } = rotating;
  const { key, value, stack } = options;
  const { vault } = environment.home;
  const secretName = keyVaultSecretName(key);
  const readings = await readEnvironment(environment);
  const app = readings.apps.find(({ name }) => name === environment.home.site.name);
  const settings = app?.settings ?? {};
  const before = await vault.read(secretName);
  const deployed = app?.deployed === true;
  if (deployed) {
    refuseUnwell(await environment.home.site.status(), stack);
    refuseNearSlot({ options, settings, now: rotating.dependencies.now() });
  }
  const version = await writeOnce(rotating, { before, secretName, value });
  const result = { stack, vault: vault.name, secretName, version, restarts: [] };
  if (!deployed) {
    return { ...result, status: 'unwatched', disabled: await vault.disableOlder(secretName) };
  }
  const restarts: RecordedRestart[] = [];
  const seen = await haveItFetched({ rotating, settings, value, restarts });
  if (seen === null) throw notFetched(options, secretName);
  if (!seen.healthy) {
    await takeBack({ rotating, settings, restarts, before, version, unwell: seen });
  }
  const disabled = await vault.disableOlder(secretName);
  return { ...result, status: 'in-use', disabled, restarts };
}

/**
 * Gives the app the value of before again, and sees that it took it.
 *
 * @throws MispricedError always: what became of it is the outcome of the rotation.
 */
async function takeBack(args: {
  rotating: Rotating;
  settings: Readonly<Record<string, string>>;
  restarts: RecordedRestart[];
  before: VaultSecret | null;
  /** What the app is not well with. */
  version: string;
  unwell: AppStatus;
}): Promise<never> {
  const { rotating, settings, restarts, before, version } = args;
  const { options, dependencies, environment } = rotating;
  const { vault } = environment.home;
  const words = faultsOf(args.unwell);
  const value = before?.value ?? null;
  // Without one of before, or where this call only went on with what another had written.
  if (before === null || value === null || before.version === version) {
    throw unwell(
      options,
      words,
      'There is no other value to go back to: the older versions are kept.',
    );
  }
  const { name, tags, contentType } = before;
  dependencies.onProgress(`not well with the new value: ${words}; writing the one before`);
  await vault.write({ name, value, tags, contentType, expiresOn: null });
  const back = await haveItFetched({ rotating, settings, value, restarts });
  if (back?.healthy !== true) {
    const now = back === null ? 'was not seen to take it' : `is not well: ${faultsOf(back)}`;
    throw unwell(options, words, `It was given the value before again, and ${now}.`);
  }
  await vault.disable(name, version);
  throw new MispricedError({
    code: 'ROTATION_UNDONE',
    message: `The app was not well with the new value of ${options.key}: ${words}. It has the value before again and is well, and the new version is disabled.`,
    fix: 'Check the value where it was made, then rotate again.',
  });
}

/** What of the app is not well, in words. */
function faultsOf({ health }: AppStatus): string {
  return health.flatMap(({ healthy, detail }) => (healthy ? [] : [detail])).join('; ');
}

/** A call that was killed after it had written goes on with the version there is. */
async function writeOnce(
  { environment }: Rotating,
  args: { before: VaultSecret | null; secretName: string; value: Secret },
): Promise<string> {
  const { before, secretName: name, value } = args;
  if (before?.value?.reveal() === value.reveal()) return before.version;
  const { tags = {}, contentType = null } = before ?? {};
  return environment.home.vault.write({ name, value, tags, contentType, expiresOn: null });
}

/** Waits until the app has a value; where a setting refers to the secret, has it fetched anew. */
async function haveItFetched(args: {
  rotating: Rotating;
  settings: Readonly<Record<string, string>>;
  value: Secret;
  restarts: RecordedRestart[];
}): Promise<AppStatus | null> {
  const { rotating, settings, value, restarts } = args;
  const { options, dependencies, timeouts, environment } = rotating;
  const { site } = environment.home;
  const secretName = keyVaultSecretName(options.key);
  const isReferenced = Object.values(settings).some(
    (text) => parseReference(text)?.secretName === secretName,
  );
  const from = dependencies.now();
  if (isReferenced) {
    dependencies.onProgress(`having ${site.name} fetch ${secretName} anew, which restarts it`);
    const { marginSeconds } = options;
    const work = {
      environment,
      dependencies,
      timeouts,
      marginSeconds,
      restarts,
      toldAt: new Map(),
      allKeysDead: false,
    };
    await restartApp(work, site, () => site.refreshReferences());
  }
  const setting = Number(settings[environmentName('key_vault.cache_seconds')] ?? Number.NaN);
  const cacheSeconds = Number.isFinite(setting) ? setting : usualCacheSeconds;
  if (!isReferenced)
    dependencies.onProgress(`${site.name} reads the vault anew within ${cacheSeconds} s`);
  let heldSince: number | null = null;
  const seen = await waitUntil({
    clock: dependencies,
    limit: { seconds: timeouts.appSeconds + (isReferenced ? 0 : cacheSeconds) },
    pollMilliseconds: timeouts.pollMilliseconds,
    ask: async () => {
      const status = await site.status(expectSecret(options.key, value));
      if (status?.expected?.holds !== true) return null;
      // Who gave the secret out may need a moment to know it.
      heldSince ??= dependencies.now().getTime();
      const isOver = dependencies.now().getTime() - heldSince >= timeouts.wellSeconds * 1000;
      return status.healthy || isOver ? status : null;
    },
  });
  for (const each of restarts) {
    if (each.until === null && each.from >= from.toISOString()) {
      each.until = seen === null ? null : dependencies.now().toISOString();
    }
  }
  return seen;
}

function refuseUnwell(status: AppStatus | null, stack: string): void {
  if (status?.healthy === true) return;
  const words = status === null ? '' : faultsOf(status);
  throw new MispricedError({
    code: 'ROTATION_REFUSED',
    message: `The app is not well: ${words || 'it does not answer'}. Nothing was written.`,
    fix: `Mend that first. A value that is wrong is replaced with: npx mispriced secrets set NAME --stack ${stack}`,
  });
}

/** A run would meet the new value before anybody has seen whether it is any good. */
function refuseNearSlot(args: {
  options: SecretRotationOptions;
  settings: Readonly<Record<string, string>>;
  now: Date;
}): void {
  const { marginSeconds } = args.options;
  const slot = slotInDanger({ ...args, marginSeconds });
  if (slot === null) return;
  throw new MispricedError({
    code: 'ROTATION_REFUSED',
    message: `The slot ${slot.toISOString()} is less than ${marginSeconds} seconds away or its run may not have ended. Nothing was written.`,
    fix: 'Give the command again later, or a smaller --margin-seconds.',
    retryable: true,
  });
}

function notFetched(options: SecretRotationOptions, secretName: string): MispricedError {
  return new MispricedError({
    code: 'ROTATION_UNFINISHED',
    message: `The new version of ${secretName} is in the vault, and the app was not seen using it. The older one is still enabled.`,
    fix: `Give the command again with the same value: npx mispriced secrets rotate ${options.key} --stack ${options.stack}`,
    retryable: true,
  });
}

function unwell(options: SecretRotationOptions, words: string, state: string): MispricedError {
  return new MispricedError({
    code: 'ROTATION_UNFINISHED',
    message: `The app has the new value of ${options.key} and is not well: ${words}. ${state}`,
    fix: `Check the value where it was made, then give a good one: npx mispriced secrets rotate ${options.key} --stack ${options.stack}`,
  });
}

function ofStorage(stack: string): MispricedError {
  return new MispricedError({
    code: 'CONFIG_INVALID',
    message: 'The storage account makes its keys itself; nobody types one.',
    fix: `Renew them: npx mispriced rotate-keys --stack ${stack}`,
  });
}
