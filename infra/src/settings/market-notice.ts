import type { ReadText } from '@mispriced/config';
import { setCommand } from './problem.ts';
import { settingTable } from './setting-table.ts';
import type { Settings } from './settings.ts';

/**
 * What to say where a strategy that should ask a market has none: neither the stack's settings name
 * one nor does its file under config/. The environment can be made before an account is opened, so
 * that nothing is refused here; the app refuses to run, and a deployment to begin, without it.
 *
 * @param readText The repository's files by their paths.
 * @returns Null where nothing is missing.
 */
export async function marketNotice(settings: Settings, readText: ReadText): Promise<string | null> {
  const { stack, venue } = settings;
  if (venue !== null || (stack.kind !== 'staging' && stack.kind !== 'prod')) return null;
  // Loaded here, for it brings Azure's clients with it, which nothing else in the program needs.
  const { checkConfig } = await import('@mispriced/config');
  const { problems } = await checkConfig({
    stage: stack.kind,
    // Only a person's own, and never deployed.
    readText: (path) =>
      path === 'config/local.yaml' ? Promise.resolve(undefined) : readText(path),
    environment: {},
    keyVault: 'not-read',
  });
  const keys = { venueUrl: 'venue.url', venueAccountId: 'venue.account_id' } as const;
  const missing = (['venueUrl', 'venueAccountId'] as const).filter((key) =>
    problems.some((problem) => problem.key === keys[key]),
  );
  if (missing.length === 0) return null;
  const commands = missing.map(
    (key) => `  ${setCommand(key, settingTable[key].example, stack.name)}`,
  );
  return [
    `${stack.name} has no market yet: its strategy will not run until ${missing.map((key) => keys[key]).join(' and ')} are set, here or in config/${stack.kind}.yaml.`,
    ...commands,
  ].join('\n');
}
