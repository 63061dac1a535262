import { comparePackages, unzipFiles } from '@mispriced/deploy';
import { parse } from 'yaml';
import type { PreviewData } from '../preview-data.ts';
import { leaves } from './leaves.ts';

type Differences = NonNullable<NonNullable<PreviewData['base']>['differences']>;

/**
 * How two packages differ: functions, schedules, modules, and the settings that they bring for every
 * stage, for a merge reaches all of them. The code's own bytes depend on where its modules lie, which
 * is elsewhere for the base, so that the sources have to tell.
 *
 * @param codeDiffers Whether the sources of the two are not the same.
 */
export function compareZips(base: Uint8Array, here: Uint8Array, codeDiffers: boolean): Differences {
  const [before, after] = [unzipFiles(base), unzipFiles(here)];
  const settings = Object.entries(writtenSettings(after)).map(([name, value]) => {
    return [name, { value, from: name.split(' ')[0] ?? '' }] as const;
  });
  const compared = comparePackages(
    { files: before, settings: writtenSettings(before) },
    { files: after, settings: new Map(settings) },
  );
  const code = { what: 'code', name: 'sources', before: null, after: null } as const;
  return [
    ...compared
      .filter(({ what }) => what !== 'code')
      .map(({ what, name, before: was, after: is }) => ({ what, name, before: was, after: is })),
    ...(codeDiffers ? [code] : []),
  ];
}

/** Settings of every configuration file in a package: `config/prod.yaml run.mode`. */
function writtenSettings(files: ReadonlyMap<string, Uint8Array>): Record<string, string> {
  return Object.fromEntries(
    [...files]
      .filter(([path]) => path.startsWith('config/'))
      .flatMap(([path, bytes]) => leaves(parse(new TextDecoder().decode(bytes)), `${path} `)),
  );
}
