/** Where a Key Vault reference says its secret is. */
export interface KeyVaultReference {
  readonly vault: { readonly name: string; readonly url: string };
  readonly secretName: string;
}

const form = /^@Microsoft\.KeyVault\((.*)\)$/is;

/** Whether an app setting is a Key Vault reference, well-formed or not. */
export function isReference(value: string): boolean {
  return /^@Microsoft\.KeyVault\(/i.test(value.trim());
}

/** Reads `SecretUri=...` or `VaultName=...;SecretName=...`; null where it names no secret. */
export function parseReference(value: string): KeyVaultReference | null {
  const body = form.exec(value.trim())?.[1] ?? '';
  const field = (name: string): string | undefined =>
    new RegExp(`(?:^|;)\\s*${name}\\s*=\\s*([^;]+)`, 'i').exec(body)?.[1]?.trim();
  const url = URL.parse(field('SecretUri') ?? '');
  if (url !== null) {
    const secretName = url.pathname.split('/')[2] ?? '';
    const [name = ''] = url.hostname.split('.');
    return secretName === '' ? null : { vault: { name, url: url.origin }, secretName };
  }
  const [name, secretName] = [field('VaultName'), field('SecretName')];
  if (name === undefined || secretName === undefined) return null;
  return { vault: { name, url: `https://${name}.vault.azure.net` }, secretName };
}
