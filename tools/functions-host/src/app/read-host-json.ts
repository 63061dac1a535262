import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MispricedError } from '@mispriced/core';
import { type HostJson, parseHostJson } from './host-json.ts';

/**
 * Reads the host.json of an app's folder.
 *
 * @throws MispricedError `CONFIG_INVALID` when it is missing or wrong. (Azure takes its defaults for
 * a file that is missing; nobody means to ship such a package.)
 */
export async function readHostJson(appFolder: string): Promise<HostJson> {
  let text: string;
  try {
    text = await readFile(join(appFolder, 'host.json'), 'utf8');
  } catch (error) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `${appFolder} holds no host.json that can be read.`,
      fix: 'Point at the folder of a function app: package.json, host.json and the entry point.',
      cause: error,
    });
  }
  return parseHostJson(text);
}
