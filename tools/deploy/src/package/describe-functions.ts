import { environmentName, knownKeys, loadConfig, readTextsFrom } from '@mispriced/config';
import type { FunctionSummary } from '@mispriced/functions-host';
import { packageRefused } from './package-error.ts';
import type { PackageFiles } from './package-files.ts';
import type { PackagedFunction } from './package-manifest.ts';

/**
 * Functions as the manifest lists them: what registered, and for a timer the setting that its
 * schedule comes from, which has the function's name (`daily-trade`: `schedule.daily_trade`).
 *
 * @throws MispricedError `PACKAGE_REFUSED` for a timer whose schedule is no setting.
 */
export async function describeFunctions(
  functions: readonly FunctionSummary[],
  files: PackageFiles,
): Promise<readonly PackagedFunction[]> {
  const texts = Object.fromEntries(
    [...files]
      .filter(([path]) => path.startsWith('config/'))
      .map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]),
  );
  const config = await loadConfig({
    stage: 'local',
    readText: readTextsFrom(texts),
    environment: {},
    // Of the defaults only the schedule is asked for: no market is needed for that.
    overrides: [
      { key: 'venue.name', value: 'replay' },
      { key: 'venue.listing', value: 'none' },
    ],
    keyVault: 'not-read',
  });
  return [...functions]
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map((each) => {
      if (each.trigger === 'http') {
        const { name, trigger, methods, authLevel } = each;
        return { name, trigger, methods: [...methods], authLevel: authLevel ?? 'function' };
      }
      const key = `schedule.${each.name.replaceAll('-', '_')}`;
      const schedule = knownKeys.has(key) ? config.get(key) : undefined;
      if (typeof schedule !== 'string') {
        throw packageRefused(
          `The timer ${each.name} has no setting ${key}, so no environment could change when it fires.`,
          'Name the function as its setting in the section `schedule`, with - for _.',
        );
      }
      return {
        name: each.name,
        trigger: each.trigger,
        schedule,
        timeZone: config.values.schedule.timeZone ?? null,
        scheduleSetting: environmentName(key),
      };
    });
}
