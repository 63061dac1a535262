import type { LoadedConfig } from '@mispriced/config';
import { MispricedError, type ObjectStore } from '@mispriced/core';

/** An entry of `own_data`. */
export type OwnDataSetting = LoadedConfig['values']['ownData'][number];

const timeoutMilliseconds = 120_000;

/**
 * Fetches an own data set from where the configuration says: a URL, a URL that is a secret, or a
 * blob of the strategy's account. The URL is never repeated in a message: it may hold a signature.
 *
 * @throws MispricedError `DATA_MISSING`
 */
export async function fetchOwnData(args: {
  config: LoadedConfig;
  objects: ObjectStore;
  fetch: typeof fetch;
  setting: OwnDataSetting;
}): Promise<Uint8Array> {
  const { setting, objects } = args;
  if (setting.blob !== undefined) {
    const [container = '', ...path] = setting.blob.split('/');
    const stored = await objects.read(container, path.join('/'));
    if (stored === null) throw missing(setting, `the blob ${setting.blob} does not exist`);
    return stored.bytes;
  }
  const url = setting.url ?? secretUrl(args.config, setting);
  const answer = await args
    .fetch(url, { signal: AbortSignal.timeout(timeoutMilliseconds) })
    .catch((error: unknown) => {
      throw missing(setting, 'its address did not answer', error);
    });
  if (!answer.ok) throw missing(setting, `its address answered ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

function secretUrl(config: LoadedConfig, setting: OwnDataSetting): string {
  const secret =
    setting.urlSecret === undefined ? undefined : config.get(`secrets.${setting.urlSecret}`);
  if (secret === undefined) throw missing(setting, 'it has no address');
  return secret.reveal();
}

function missing(setting: OwnDataSetting, problem: string, cause?: unknown): MispricedError {
  return new MispricedError({
    code: 'DATA_MISSING',
    message: `The own data ${setting.name} could not be fetched: ${problem}.`,
    fix: 'Check its entry in own_data; the snapshot that is live stays live.',
    retryable: true,
    cause,
  });
}
