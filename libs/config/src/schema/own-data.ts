import { z } from 'zod';
import { blobPath, downloadUrl } from './addresses.ts';
import { setting } from './setting.ts';
import { nameText, oneOf, pathText, textLike } from './text-values.ts';

/** The name under `secrets` by which a strategy’s own secret is known. */
export const secretName = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

const origins = ['file', 'url', 'url_secret', 'blob'] as const;

const ownDataSet = z
  .strictObject({
    name: nameText('unemployment'),
    format: oneOf(['csv', 'parquet']),
    file: pathText().optional(),
    url: downloadUrl().optional(),
    url_secret: textLike(secretName, 'the name of an entry under secrets').optional(),
    blob: blobPath().optional(),
  })
  .refine((set) => origins.filter((origin) => set[origin] !== undefined).length === 1, {
    error: 'a data set with exactly one of file, url, url_secret and blob',
  });

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
