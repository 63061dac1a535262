import {
  environmentName,
  findKey,
  keyOfSecretName,
  Secret,
  type OpenSecretSource,
  type SecretReading,
} from '@mispriced/config';
import type { OpenVault } from '../azure/deployer-vault.ts';
import { placeholderOf } from './fill-references.ts';

/** A vault from which the configuration learns what is there, and no value. */
export interface NamesOnlySource {
  readonly open: OpenSecretSource;
  /** Keys that are no secrets and whose value the vault has: what they say is not known. */
  readonly unread: ReadonlySet<string>;
  readonly notices: readonly string[];
}

/**
 * Stands in for the vault while a deployment checks settings: for each secret that is there, it gives
 * something of its form. Whoever deploys need not be able to read a secret to see that none is missing.
 * Where they may not even list them, each counts as being there, and a notice says so.
 */
export function namesOnlySource(openVault: OpenVault): NamesOnlySource {
  const unread = new Set<string>();
  const notices: string[] = [];
  const read = (name: string): SecretReading => {
    const key = keyOfSecretName(name);
    const isSecret = key === null || findKey(key)?.known.secret === true;
    if (isSecret) {
      const placeholder = placeholderOf(key === null ? name : environmentName(key));
      return { status: 'found', secret: new Secret(placeholder), expiresOn: null };
    }
    unread.add(key);
    return { status: 'absent' };
  };
  const open: OpenSecretSource = ({ keyVault }) => {
    const { name, url } = keyVault;
    const host = url === undefined ? undefined : new URL(url).hostname.split('.')[0];
    const vault = {
      name: name ?? host ?? '',
      url: url ?? `https://${name ?? ''}.vault.azure.net`,
    };
    return Promise.resolve({
      description: `the vault ${vault.name}`,
      read: async (names) => {
        const there = await openVault(vault)
          .then((opened) => opened.list())
          .catch((error: unknown) => {
            const reason = error instanceof Error ? error.message : String(error);
            notices.push(`whether its secrets are all there cannot be told: ${reason}`);
            return null;
          });
        return new Map(
          names.map((each): [string, SecretReading] => {
            if (there === null) return [each, read(each)];
            if (!there.has(each)) return [each, { status: 'absent' }];
            const fault = there.get(each) ?? null;
            return [each, fault === null ? read(each) : broken(each, vault.name, fault)];
          }),
        );
      },
    });
  };
  return { open, unread, notices };
}

function broken(name: string, vault: string, fault: 'disabled' | 'expired'): SecretReading {
  return {
    status: 'failed',
    reason: fault === 'disabled' ? 'secret-disabled' : 'secret-expired',
    message: `The secret ${name} in the vault ${vault} is ${fault}.`,
    fix: `Write a new version: \`npx mispriced secrets set ${keyOfSecretName(name) ?? name} --stack STACK\`.`,
    retryable: false,
  };
}
