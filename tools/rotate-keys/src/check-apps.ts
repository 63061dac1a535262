import { environmentName, expectSecret, type Secret } from '@mispriced/config';
import type { Readings } from './consumers/readings.ts';
import { findUse, storageKey } from './consumers/survey.ts';
import type { StorageAccount } from './account/storage-account.ts';
import type { Site } from './azure/site.ts';
import type { AppUse } from './consumers/consumer.ts';
import type { KeyEnvironment } from './environment.ts';
import type { Refusal } from './plan/refusals.ts';
import { slotInDanger } from './steps/next-slot.ts';

/**
 * What of the apps stands against restarting them now: one that uses a key is not well, or a slot is
 * so near that a restart could cost it.
 */
export async function appRefusals(args: {
  environment: KeyEnvironment;
  readings: Readings;
  accounts: readonly StorageAccount[];
  marginSeconds: number;
  now: Date;
}): Promise<readonly Refusal[]> {
  const { environment, readings, marginSeconds, now } = args;
  const uses = args.accounts.flatMap((account) => findUse(account, readings).apps);
  const names = [...new Set(uses.filter(({ deployed }) => deployed).map(({ name }) => name))];
  const refusals: Refusal[] = [];
  for (const name of names) {
    const site = environment.sites.find((each) => each.name === name);
    if (site === undefined) continue;
    const isOwn = site === environment.home.site;
    const host = await site.hostState();
    const value = newestValue(args.accounts, readings, site.name);
    const status = isOwn
      ? await site.status(value === null ? undefined : expectSecret(storageKey, value))
      : null;
    const used = uses.filter((use) => use.name === name).flatMap((use) => use.references);
    const wrong = [
      ...(await unresolved(site, used)),
      ...(host === null ? ['the host does not answer'] : (host.errors ?? [])),
      ...(host !== null && host.state !== 'Running' ? [`the host is ${host.state}`] : []),
      ...(isOwn && status === null ? ['the function status does not answer'] : []),
      ...(status?.expected?.holds === false
        ? ['it runs on another value of its secret than the newest (--repair has it fetch that)']
        : []),
      ...(status?.health ?? [])
        .filter(({ healthy }) => !healthy)
        .map((each) => `${each.name}: ${each.detail}`),
    ];
    if (wrong.length > 0) {
      refusals.push({
        reason: 'unhealthy',
        message: `${name} is not well: ${wrong.join('; ')}.`,
        fix: 'mend what is named first, so that what a rotation does can be told from what was wrong before; the function `status` of the app says more.',
      });
    }
    const settings = readings.apps.find((each) => each.name === name)?.settings ?? {};
    const slot = isOwn ? slotInDanger({ settings, now, marginSeconds }) : null;
    if (slot !== null) {
      refusals.push({
        reason: 'slot-due',
        message: `The slot ${slot.toISOString()} of ${name} is less than ${marginSeconds} seconds away, and a restart could cost it.`,
        fix: 'rotate when it has passed, or say how near is too near with --margin-seconds.',
      });
    }
  }
  return refusals;
}

/** What the code's own setting refers to, as it is in the vault now; null where it opens none of these. */
function newestValue(
  accounts: readonly StorageAccount[],
  readings: Readings,
  appName: string,
): Secret | null {
  for (const { apps, consumers } of accounts.map((account) => findUse(account, readings))) {
    const references = apps.find(({ name }) => name === appName)?.references ?? [];
    const own = references.find(({ setting }) => setting === environmentName(storageKey));
    const holder = consumers.find(
      (each) => each.kind === 'secret' && each.secretName === own?.secretName,
    );
    if (holder !== undefined) return holder.value;
  }
  return null;
}

/** References that could not be fetched now, and would leave a restarted app without a key. */
async function unresolved(site: Site, used: AppUse['references']): Promise<readonly string[]> {
  if (used.length === 0) return [];
  const states = await site.references();
  return used.flatMap(({ setting }) => {
    const status = states.find(({ name }) => name === setting)?.status ?? 'nothing';
    return status === 'Resolved' ? [] : [`Azure says ${status} of the setting ${setting}`];
  });
}
