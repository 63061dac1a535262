import { findUse, type Readings } from './consumers/survey.ts';
import type { StorageAccount } from './account/storage-account.ts';
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
    const status = isOwn ? await site.status() : null;
    const wrong = [
      ...(host === null ? ['the host does not answer'] : (host.errors ?? [])),
      ...(host !== null && host.state !== 'Running' ? [`the host is ${host.state}`] : []),
      ...(isOwn && status === null ? ['the function status does not answer'] : []),
      ...(status?.health ?? [])
        .filter(({ healthy }) => !healthy)
        .map((each) => `${each.name}: ${each.detail}`),
    ];
    if (wrong.length > 0) {
      refusals.push({
        reason: 'unhealthy',
        message: `${name} is not well: ${wrong.join('; ')}.`,
        fix: 'do so first, so that what a rotation does can be told from what was wrong before.',
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
