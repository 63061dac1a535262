import { z } from 'zod';
import { setting } from './keys.ts';
import { secretName } from './secrets-setting.ts';
import { blobPath, downloadUrl, nameText, pathText, textLike } from './text-values.ts';
import { oneOf } from './words.ts';

const ownDataSet = z
  .strictObject({
    name: nameText('unemployment'),
    format: oneOf(['csv', 'parquet']),
    file: pathText().optional(),
    url: downloadUrl().optional(),
    url_secret: textLike(secretName, 'the name of an entry under secrets').optional(),
    blob: blobPath().optional(),
  })
  .refine(
    (set) =>
      (['file', 'url', 'url_secret', 'blob'] as const).filter((origin) => set[origin] !== undefined)
        .length === 1,
    {
      error: 'a data set with exactly one of file, url, url_secret and blob',
    },
  );

/** The own data sets, each with its one origin. */
export const ownDataSetting = setting(
  z
    .array(ownDataSet, { error: 'a list of data sets' })
    .refine((sets) => new Set(sets.map((set) => set.name)).size === sets.length, {
      error: 'a list of data sets of which each has its own name',
    }),
  {
    about:
      'Own data sets: each has `name`, `format` (csv, parquet) and one of `file`, `url`, `url_secret` (a name under `secrets`), `blob` (container/path)',
    kind: 'list',
    sensitive: true,
  },
);
