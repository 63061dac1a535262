/** The secret that an app setting refers to. */
export interface KeyVaultReference {
  /** Its name is in lower case. */
  readonly vault: { readonly name: string; readonly url: string };
  readonly secretName: string;
  /** Null where the newest counts. */
  readonly version: string | null;
}

/** Whether an app setting is meant to be a Key Vault reference, well-formed or not. */
export function isReference(value: string): boolean {
  return /^@Microsoft\.KeyVault\(/i.test(value.trim());
}

/**
 * Reads `SecretUri=...` or `VaultName=...;SecretName=...`; null where it names no secret.
 *
 * Source: "Use Key Vault references as app settings" in App Service's documentation.
 */
export function parseReference(value: string): KeyVaultReference | null {
  const inside = /^@Microsoft\.KeyVault\((.*)\)$/is.exec(value.trim())?.[1] ?? '';
  const field = (name: string): string =>
    new RegExp(`(?:^|;)\\s*${name}\\s*=\\s*([^;]*)`, 'i').exec(inside)?.[1]?.trim() ?? '';
  const url = URL.parse(field('SecretUri'));
  if (url !== null) {
    const [, kind = '', secretName = '', version = ''] = url.pathname.split('/');
    const [name = ''] = url.hostname.split('.');
    if (kind.toLowerCase() !== 'secrets' || secretName === '') return null;
    return { vault: { name, url: url.origin }, secretName, version: version || null };
  }
  const [name, secretName] = [field('VaultName').toLowerCase(), field('SecretName')];
  if (name === '' || secretName === '') return null;
  const vault = { name, url: `https://${name}.vault.azure.net` };
  return { vault, secretName, version: field('SecretVersion') || null };
}

/** A reference that follows every new version of a secret. */
export function versionlessReference(vaultUrl: string, secretName: string): string {
  return `@Microsoft.KeyVault(SecretUri=${vaultUrl.replace(/\/*$/, '/')}secrets/${secretName})`;
}
