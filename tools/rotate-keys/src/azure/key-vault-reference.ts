/** The secret that an app setting refers to. */
export interface SecretReference {
  /** In lower case. */
  readonly vaultName: string;
  readonly secretName: string;
  /** Null where the newest counts. */
  readonly version: string | null;
}

/** Whether a setting is meant to be a reference, well-formed or not. */
export function isReference(value: string): boolean {
  return /^@Microsoft\.KeyVault\(/i.test(value.trim());
}

/**
 * Reads a Key Vault reference of either syntax; null where it is none.
 *
 * Source: "Use Key Vault references as app settings" in App Service's documentation.
 */
export function parseReference(value: string): SecretReference | null {
  const inside = /^@Microsoft\.KeyVault\((.*)\)$/is.exec(value.trim())?.[1];
  if (inside === undefined) return null;
  const uri =
    /(?:^|;)\s*SecretUri=https:\/\/([^./]+)\.vault\.[^/]+\/secrets\/([^/;]+)(?:\/([^/;]*))?/i.exec(
      inside,
    );
  if (uri !== null) return reference(uri[1], uri[2], uri[3]);
  const part = (name: string) => new RegExp(`(?:^|;)\\s*${name}=([^;]*)`, 'i').exec(inside)?.[1];
  return reference(part('VaultName'), part('SecretName'), part('SecretVersion'));
}

/** A reference that follows every new version of a secret. */
export function versionlessReference(vaultUrl: string, secretName: string): string {
  return `@Microsoft.KeyVault(SecretUri=${vaultUrl.replace(/\/*$/, '/')}secrets/${secretName})`;
}

function reference(
  vaultName: string | undefined,
  secretName: string | undefined,
  version: string | undefined,
): SecretReference | null {
  if (!vaultName || !secretName) return null;
  const name = vaultName.trim().toLowerCase();
  const wanted = version?.trim() ?? '';
  return {
    vaultName: name,
    secretName: secretName.trim(),
    version: wanted === '' ? null : wanted,
  };
}
