import { waitUntil } from '@mispriced/azure';
import { Secret } from '@mispriced/config';
import { MispricedError } from '@mispriced/core';
import { connectionString, withKey } from '../account/key-in-text.ts';
import { keyNames, type KeyName, otherKey } from '../account/storage-account.ts';
import { regenerateKey } from '../azure/storage-keys.ts';
import { type KeyAnswer, tryKey } from '../azure/try-key.ts';
import type { Consumer, SecretConsumer, SettingConsumer } from '../consumers/consumer.ts';
import { bareKeyIn } from '../consumers/secret-consumer.ts';
import { storageSecretName } from '../consumers/survey.ts';
import { holdsText } from '../plan/refusals.ts';
import type { Step } from '../plan/step.ts';
import { effect } from '../rotation-dependencies.ts';
import { moveApp } from './move-app.ts';
import { restartApp } from './restart-app.ts';
import type { RotationWork } from './rotation-work.ts';

/** Takes one step. What was done already, by this process or one that was killed, does no harm. */
export async function takeStep(work: RotationWork, step: Step): Promise<void> {
  switch (step.do) {
    case 'renew-key':
      return renewKey(work, step.key);
    case 'prove-key':
      return proveKey(work, step.key);
    case 'move-secret':
      return moveSecret(work, step);
    case 'move-settings':
      return moveSettings(work, step);
    case 'move-app':
      return moveApp(work, step);
    case 'prove-dead':
      return proveDead(work);
  }
}

async function renewKey(work: RotationWork, keyName: KeyName): Promise<void> {
  const { environment, dependencies, account } = work;
  refuseInUse(work, keyName);
  work.formerKeys.add(account.keys[keyName].value);
  const keys = await effect(dependencies, `regenerate ${keyName}`, () =>
    regenerateKey({ arm: environment.arm, accountId: account.id, keyName }),
  );
  work.account = { ...account, keys };
}

/** @throws MispricedError `ROTATION_REFUSED` where something uses a key, or may. */
function refuseInUse({ consumers, account }: RotationWork, keyName: KeyName): void {
  const users = consumers.filter(({ holds }) => holds !== otherKey(keyName));
  if (users.length === 0) return;
  const words = users.map(
    ({ label, holds, immovable }) =>
      `${label} ${holdsText(holds)}${immovable === null ? '' : ` and cannot be moved: ${immovable}`}`,
  );
  throw new MispricedError({
    code: 'ROTATION_REFUSED',
    message: `${keyName} of ${account.name} was not regenerated, for something else than ${otherKey(keyName)} is or may be in use: ${words.join('; ')}.`,
    fix: 'Change what is named as it says.',
  });
}

async function proveKey(work: RotationWork, keyName: KeyName): Promise<void> {
  const { account } = work;
  const answer = await waitForAnswer(work, account.keys[keyName].value, 'alive');
  if (answer === 'alive') return;
  throw new MispricedError({
    code: 'STORE_UNAVAILABLE',
    message: `${account.name} does not open with ${keyName}, which was just read from it (${answer}).`,
    fix: 'See whether its network rules let this machine in, and whether somebody else regenerates keys.',
  });
}

async function proveDead(work: RotationWork): Promise<void> {
  const { account, environment } = work;
  for (const consumer of work.consumers) {
    if (consumer.kind !== 'secret') continue;
    const vault = environment.vaults.find(({ name }) => name === consumer.vaultName);
    for (const value of (await vault?.earlierValues(consumer.secretName)) ?? []) {
      const key = /(?:^|;)AccountKey=([^;]+)/i.exec(value.reveal())?.[1];
      if (key !== undefined) work.formerKeys.add(new Secret(key));
    }
  }
  // A no says something only where the living keys get a yes.
  if (account.sharedKeyAllowed) for (const name of keyNames) await proveKey(work, name);
  const current = keyNames.map((name) => account.keys[name].value.reveal());
  for (const former of work.formerKeys) {
    if (current.includes(former.reveal())) continue;
    if ((await waitForAnswer(work, former, 'dead')) !== 'alive') continue;
    throw new MispricedError({
      code: 'STORE_UNAVAILABLE',
      message: `A key that ${account.name} no longer has still opens it.`,
      fix: 'Give the command again: it looks again. Should it stay so, ask Azure.',
      retryable: true,
    });
  }
}

async function waitForAnswer(
  work: RotationWork,
  key: Secret,
  wanted: KeyAnswer,
): Promise<KeyAnswer> {
  const { dependencies, timeouts } = work;
  let last: KeyAnswer = wanted === 'alive' ? 'dead' : 'alive';
  await waitUntil({
    clock: dependencies,
    limit: { seconds: timeouts.keySeconds },
    pollMilliseconds: timeouts.pollMilliseconds,
    ask: async () => {
      last = await tryKey(work.account, key);
      return last === wanted || last === 'not-permitted' ? last : null;
    },
  });
  return last;
}

async function moveSecret(
  work: RotationWork,
  step: { readonly vaultName: string; readonly secretName: string; readonly to: KeyName },
): Promise<void> {
  const { environment, account, dependencies } = work;
  const vault = environment.vaults.find(({ name }) => name === step.vaultName);
  const before = work.consumers.find(
    (each): each is SecretConsumer =>
      each.kind === 'secret' &&
      each.vaultName === step.vaultName &&
      each.secretName === step.secretName,
  );
  if (vault === undefined || before === undefined) return;
  if (before.holds === 'deleted') await vault.recover(before.secretName);
  const value = await newValue(work, before, step.to);
  const tags = { ...before.tags, CredentialId: step.to, ProviderAddress: account.id };
  const days = Number(before.tags['ValidityPeriodDays'] ?? '');
  const expiresOn =
    Number.isFinite(days) && days > 0
      ? new Date(dependencies.now().getTime() + days * 86_400_000)
      : null;
  const { contentType, secretName: name } = before;
  // Whatever was fetched before is no longer the newest.
  work.toldAt.clear();
  const version = await vault.write({ name, value, tags, contentType, expiresOn });
  replace(work, before, { ...before, value, tags, version, holds: step.to, tagged: step.to });
}

/** The text of a secret with another key in it, or a new one where there is none to keep the form of. */
async function newValue(
  { account, environment }: RotationWork,
  before: SecretConsumer,
  to: KeyName,
): Promise<Secret> {
  const { home, vaults } = environment;
  const isOwn = before.vaultName === home.vault.name && before.secretName === storageSecretName;
  const isBack = before.holds === 'deleted' && !isOwn;
  const vault = vaults.find(({ name }) => name === before.vaultName);
  // Only once it is back can be seen what a deleted one held.
  const current = isBack ? ((await vault?.read(before.secretName))?.value ?? null) : before.value;
  if (current === null) return connectionString(account, to);
  const former = isBack ? bareKeyIn(current) : before.former;
  const moved = withKey({ text: current.reveal(), account, to, former });
  return moved ?? connectionString(account, to);
}

async function moveSettings(
  work: RotationWork,
  step: { readonly appName: string; readonly settings: readonly string[]; readonly to: KeyName },
): Promise<void> {
  const { environment } = work;
  const site = environment.sites.find(({ name }) => name === step.appName);
  const moved = work.consumers.filter(
    (each): each is SettingConsumer =>
      each.kind === 'setting' &&
      each.appName === step.appName &&
      step.settings.includes(each.setting),
  );
  if (site === undefined || moved.length === 0) return;
  let values: ReadonlyMap<SettingConsumer, Secret> = new Map();
  await restartApp(work, site, async () => {
    // What was read before the wait may have been changed since, and all settings are written at once.
    const settings = await site.settings();
    values = new Map(
      moved.map((each) => [
        each,
        each.shouldBe === null
          ? movedText(work, each, settings[each.setting], step.to)
          : new Secret(each.shouldBe),
      ]),
    );
    const changes = [...values].map(([{ setting }, value]) => [setting, value.reveal()]);
    await site.writeSettings(
      { ...settings, ...(Object.fromEntries(changes) as Record<string, string>) },
      step.settings.join(', '),
    );
  });
  for (const [before, value] of values) {
    if (before.shouldBe === null) replace(work, before, { ...before, value, holds: step.to });
    else becomeReference(work, before);
  }
}

function movedText(
  { account }: RotationWork,
  { label, former }: SettingConsumer,
  text: string | undefined,
  to: KeyName,
): Secret {
  const moved = text === undefined ? null : withKey({ text, account, to, former });
  if (moved !== null) return moved;
  throw new MispricedError({
    code: 'STORE_CONFLICT',
    message: `${label} was changed meanwhile and no longer holds a key that could be replaced.`,
    fix: 'Give the command again: it looks again.',
    retryable: true,
  });
}

/** From now on the setting has no key of its own: it follows the stack's secret. */
function becomeReference(work: RotationWork, before: SettingConsumer): void {
  work.consumers = work.consumers.filter((each) => each !== before);
  const secret = work.consumers.find(
    (each) =>
      each.kind === 'secret' && before.shouldBe?.endsWith(`/secrets/${each.secretName})`) === true,
  );
  if (secret?.kind !== 'secret') return;
  const reference = { setting: before.setting, secretName: secret.secretName };
  work.apps = work.apps.map((use) =>
    use.name === before.appName ? { ...use, references: [...use.references, reference] } : use,
  );
}

function replace(work: RotationWork, before: Consumer, after: Consumer): void {
  work.consumers = work.consumers.map((each) => (each === before ? after : each));
}
