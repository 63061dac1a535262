import { Secret } from '@mispriced/config';
import { MispricedError } from '@mispriced/core';
import { connectionString, withKey } from '../account/key-in-text.ts';
import { keyNames, type KeyName } from '../account/storage-account.ts';
import { regenerateKey } from '../azure/storage-keys.ts';
import { type KeyAnswer, tryKey } from '../azure/try-key.ts';
import type { Consumer, SecretConsumer, SettingConsumer } from '../consumers/consumer.ts';
import type { Step } from '../plan/step.ts';
import { effect } from '../rotation-world.ts';
import { moveApp } from './move-app.ts';
import { restartApp } from './restart-app.ts';
import { type RotationWork, waitFor } from './rotation-work.ts';

/** Takes one step. What was done already, by this process or one that was killed, does no harm. */
export async function takeStep(work: RotationWork, step: Step): Promise<void> {
  switch (step.do) {
    case 'renew-key':
      return renewKey(work, step.key);
    case 'prove-key':
      return proveKey(work, step.key);
    case 'move-secret':
      return moveSecret(work, step);
    case 'move-setting':
      return moveSetting(work, step);
    case 'move-app':
      return moveApp(work, step);
    case 'prove-dead':
      return proveDead(work);
  }
}

async function renewKey(work: RotationWork, keyName: KeyName): Promise<void> {
  const { environment, world, account } = work;
  if (work.consumers.some(({ holds }) => holds === keyName)) {
    throw new MispricedError({
      code: 'INTERNAL',
      message: `${keyName} of ${account.name} was about to be regenerated while something uses it.`,
      fix: 'Please report this. Nothing was regenerated.',
    });
  }
  work.formerKeys.add(account.keys[keyName].value);
  const keys = await effect(world, `regenerate ${keyName}`, () =>
    regenerateKey({ arm: environment.arm, accountId: account.id, keyName }),
  );
  work.account = { ...account, keys };
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
  const { world, patience } = work;
  let last: KeyAnswer = wanted === 'alive' ? 'dead' : 'alive';
  await waitFor({
    ...{ world, patience, seconds: patience.keySeconds },
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
  const { environment, account, world } = work;
  const vault = environment.vaults.find(({ name }) => name === step.vaultName);
  const before = work.consumers.find(
    (each): each is SecretConsumer =>
      each.kind === 'secret' &&
      each.vaultName === step.vaultName &&
      each.secretName === step.secretName,
  );
  if (vault === undefined || before === undefined) return;
  if (before.holds === 'deleted') await vault.recover(before.secretName);
  const value =
    before.value === null || before.holds === 'garbage'
      ? connectionString(account, step.to)
      : withKey(before.value.reveal(), account, step.to);
  const tags = { ...before.tags, CredentialId: step.to, ProviderAddress: account.id };
  const days = Number(before.tags['ValidityPeriodDays'] ?? '');
  const expiresOn =
    Number.isFinite(days) && days > 0 ? new Date(world.now().getTime() + days * 86_400_000) : null;
  const { contentType, secretName: name } = before;
  // Whatever was fetched before is no longer the newest.
  work.toldAt.clear();
  const version = await vault.write({ name, value, tags, contentType, expiresOn });
  replace(work, before, { ...before, value, tags, version, holds: step.to, tagged: step.to });
}

async function moveSetting(
  work: RotationWork,
  step: { readonly appName: string; readonly setting: string; readonly to: KeyName },
): Promise<void> {
  const { environment, account } = work;
  const site = environment.sites.find(({ name }) => name === step.appName);
  const before = work.consumers.find(
    (each): each is SettingConsumer =>
      each.kind === 'setting' && each.appName === step.appName && each.setting === step.setting,
  );
  if (site === undefined || before === undefined) return;
  const value =
    before.shouldBe === null
      ? withKey(before.value?.reveal() ?? '', account, step.to)
      : new Secret(before.shouldBe);
  const settings = await site.settings();
  await restartApp(work, site, () =>
    site.writeSettings({ ...settings, [step.setting]: value.reveal() }, step.setting),
  );
  if (before.shouldBe === null) replace(work, before, { ...before, value, holds: step.to });
  else becomeReference(work, before);
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
