import type { ValuesByKey } from '../schema/config-schema.ts';
import { rulesOver } from './rule.ts';

const rule = rulesOver<ValuesByKey>();

const servicePrincipal = [
  'identity.client_id',
  'identity.tenant_id',
  'identity.client_secret',
] as const;

/** What storage, vault and identity need of one another. */
export const azureRules = [
  rule(['storage.kind', 'storage.account_url', 'storage.connection_string'], (values) => {
    if (values['storage.kind'] !== 'blob') return undefined;
    const url = values['storage.account_url'];
    const connection = values['storage.connection_string'];
    if (url === undefined && connection === undefined) {
      return {
        key: 'storage.account_url',
        message:
          'Blob storage needs storage.account_url (or, with a key, storage.connection_string).',
        fix: '`pulumi up` hands it to the app it deploys; elsewhere give it as MISPRICED__STORAGE__ACCOUNT_URL.',
      };
    }
    if (url === undefined || connection === undefined) return undefined;
    return {
      key: 'storage.connection_string',
      message:
        'Both storage.account_url and storage.connection_string are set, so it is not clear who signs in.',
      fix: 'Keep storage.account_url for sign-in by identity, or storage.connection_string for a key.',
    };
  }),
  ...servicePrincipal.map((key) =>
    rule(['identity.kind', key], (values) =>
      values['identity.kind'] === 'service-principal' && values[key] === undefined
        ? {
            key,
            message: 'A service principal needs it, and no layer sets it.',
          }
        : undefined,
    ),
  ),
];
