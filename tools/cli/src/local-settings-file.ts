import { writeFile } from 'node:fs/promises';

/** What Azure Functions Core Tools read in place of an app's settings. */
export interface LocalSettings {
  readonly IsEncrypted: false;
  readonly Values: Readonly<Record<string, string>>;
}

/** Core Tools and the storage SDKs take this for Azurite on its usual ports. */
const developmentStorage = 'UseDevelopmentStorage=true';

/**
 * The settings of an app on this machine: those of the strategy, whatever the environment says to it,
 * and what the host itself needs.
 *
 * @param environment `MISPRICED__...` of it are taken over, and `AzureWebJobsStorage` where it is set.
 */
export function localSettingsOf(args: {
  strategy: Readonly<Record<string, string>>;
  environment: Readonly<Record<string, string | undefined>>;
}): LocalSettings {
  const own = Object.entries(args.environment).flatMap(([name, value]) =>
    /^MISPRICED__/i.test(name) && value !== undefined ? [[name, value] as const] : [],
  );
  return {
    IsEncrypted: false,
    Values: {
      FUNCTIONS_WORKER_RUNTIME: 'node',
      AzureWebJobsStorage: args.environment['AzureWebJobsStorage'] ?? developmentStorage,
      ...Object.fromEntries(own),
      ...args.strategy,
    },
  };
}

/**
 * Writes the file so that only its owner can read it: it may hold secrets.
 *
 * @returns False where one is there already and must not be written over.
 */
export async function writeLocalSettings(
  path: string,
  settings: LocalSettings,
  { overwrite }: { overwrite: boolean },
): Promise<boolean> {
  const text = `${JSON.stringify(settings, null, 2)}\n`;
  try {
    await writeFile(path, text, { mode: 0o600, flag: overwrite ? 'w' : 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
