import { openSecretClient, Secret, vaultError, type VaultAccess } from '@mispriced/config';
import type { DeployDependencies } from './deploy-dependencies.ts';

/** Why a secret that is there cannot be used; null where it can. */
type SecretFault = 'disabled' | 'expired' | null;

/** A vault as whoever deploys sees it. */
interface DeployerVault {
  /**
   * The secrets by name, without their values. Needs the permission `list` on secrets, or the role
   * "Key Vault Secrets User".
   *
   * @throws an error for people where that is refused, or the vault cannot be reached.
   */
  list(): Promise<ReadonlyMap<string, SecretFault>>;
  /** Null where there is none. Needs the permission `get` on secrets. @throws as `list` */
  read(secretName: string): Promise<Secret | null>;
}

/** Opens a vault by its address. */
export type OpenVault = (vault: {
  readonly name: string;
  readonly url: string;
}) => Promise<DeployerVault>;

const timeoutSeconds = 20;

/** Opens vaults with the sign-in of whoever deploys, not as the app. */
export function deployerVaults(
  dependencies: Pick<DeployDependencies, 'credential' | 'now'>,
): OpenVault {
  return async (vault) => {
    const access: VaultAccess = {
      vault,
      identity: { credential: dependencies.credential, description: 'whoever deploys' },
      timeoutSeconds,
    };
    const client = await openSecretClient(access);
    return {
      list: async () => {
        const found = new Map<string, SecretFault>();
        try {
          for await (const { name, enabled, expiresOn } of client.listPropertiesOfSecrets()) {
            const isExpired = expiresOn !== undefined && expiresOn <= dependencies.now();
            found.set(name, enabled === false ? 'disabled' : isExpired ? 'expired' : null);
          }
        } catch (thrown) {
          throw vaultError({ thrown, operation: 'list', secretName: '', access });
        }
        return found;
      },
      read: async (secretName) => {
        try {
          const { value } = await client.getSecret(secretName);
          return value === undefined ? null : new Secret(value);
        } catch (thrown) {
          if ((thrown as { statusCode?: unknown }).statusCode === 404) return null;
          throw vaultError({ thrown, operation: 'get', secretName, access });
        }
      },
    };
  };
}
