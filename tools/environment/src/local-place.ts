import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocalPlace } from './cloud.ts';

const ownFolder = fileURLToPath(new URL('../../../infra', import.meta.url));

/**
 * What the variables of a local cloud say of the environments in it; undefined where they name no
 * folder of its own.
 */
export function localPlaceOf(environment: NodeJS.ProcessEnv): LocalPlace | undefined {
  const value = (name: string) => {
    const text = environment[name];
    return text === '' ? undefined : text;
  };
  const folder = value('MISPRICED_LOCAL_FOLDER');
  if (folder === undefined) return undefined;
  const operatorsGroupObjectId = value('MISPRICED_LOCAL_OPERATORS_GROUP');
  const authorityUrl = value('AZURE_AUTHORITY_HOST');
  const [url, accountId] = [
    value('MISPRICED_LOCAL_MARKET_URL'),
    value('MISPRICED_LOCAL_MARKET_ACCOUNT'),
  ];
  return {
    projectFolder: join(folder, 'environments'),
    ...(operatorsGroupObjectId !== undefined && { operatorsGroupObjectId }),
    ...(authorityUrl !== undefined && { authorityUrl }),
    ...(url !== undefined && accountId !== undefined && { market: { url, accountId } }),
  };
}

/**
 * Makes the folder of a local cloud's environments, with a copy of the stack's committed settings the
 * first time; how the stack in Azure encrypts its secrets is left out of it.
 */
export function prepareLocalProject(projectFolder: string, stackName: string): void {
  mkdirSync(projectFolder, { recursive: true, mode: 0o700 });
  const copy = (name: string, change = (text: string) => text) => {
    const from = join(ownFolder, name);
    const to = join(projectFolder, name);
    if (existsSync(from) && !existsSync(to)) writeFileSync(to, change(readFileSync(from, 'utf8')));
  };
  copy('Pulumi.yaml');
  copy('main.mjs');
  copy(`Pulumi.${stackName}.yaml`, (text) =>
    text.replaceAll(/^(secretsprovider|encryptionsalt|encryptedkey):.*\n?/gm, ''),
  );
}

/** Whether environments of this name may be recorded in a folder: a file of Pulumi's says so. */
export function isRecorded(projectFolder: string, stackName: string): boolean {
  return ['json', 'json.gz'].some((ending) =>
    existsSync(join(projectFolder, '.pulumi', 'stacks', 'mispriced', `${stackName}.${ending}`)),
  );
}
