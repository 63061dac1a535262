import { z } from 'zod';
import { containerName, serviceUrl } from './addresses.ts';
import { secretValue } from './secret-value.ts';
import { setting } from './setting.ts';
import { oneOf, pathText } from './text-values.ts';

const container = (holds: string) => setting(containerName(), { about: `Container of ${holds}` });

export const storageSection = z.strictObject({
  kind: setting(oneOf(['file', 'blob']), {
    about: 'Where models, own data, ledger and archive are kept: a folder, or Blob storage',
  }),
  path: setting(pathText().optional(), {
    about: 'The folder for `file`; without it every run has a fresh one',
  }),
  account_url: setting(serviceUrl().optional(), {
    about: 'Blob endpoint of the storage account, reached with the identity',
    sensitive: true,
  }),
  connection_string: setting(secretValue().optional(), {
    about: 'Connection string with a key, for accounts that must keep keys',
    secret: true,
  }),
  models_container: container('models'),
  data_container: container('own data'),
  ledger_container: container('the ledger'),
  runs_container: container('archives, reports and decisions'),
  packages_container: container('deployed packages'),
});
