/** What an app setting that is a Key Vault reference points at. */
export interface KeyVaultReference {
  readonly vaultName: string;
  readonly secretName: string;
  readonly secretVersion: string | null;
}

const form = /^@Microsoft\.KeyVault\((.*)\)$/is;

/** Whether a setting is meant to be a reference, well-formed or not. */
export function isReference(value: string): boolean {
  return /^@Microsoft\.KeyVault\(/i.test(value.trim());
}

/** Reads a reference of either syntax; null where it is not well-formed. */
export function parseReference(value: string): KeyVaultReference | null {
  const inside = form.exec(value.trim())?.[1];
  if (inside === undefined) return null;
  const parts = new Map(
    inside.split(';').flatMap((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [] : [[part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()]];
    }),
  );
  const secretUri = parts.get('secreturi');
  if (secretUri !== undefined) return parseSecretUri(secretUri);
  const [vaultName, secretName] = [parts.get('vaultname'), parts.get('secretname')];
  if (!vaultName || !secretName) return null;
  const secretVersion = parts.get('secretversion') ?? '';
  return { vaultName, secretName, secretVersion: secretVersion === '' ? null : secretVersion };
}

function parseSecretUri(text: string): KeyVaultReference | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const [collection, secretName, secretVersion] = url.pathname.split('/').slice(1);
  const vaultName = /^([^.]+)\.vault\./i.exec(url.hostname)?.[1];
  if (url.protocol !== 'https:' || collection?.toLowerCase() !== 'secrets') return null;
  if (!vaultName || !secretName) return null;
  return {
    vaultName,
    secretName,
    secretVersion: (secretVersion ?? '') === '' ? null : (secretVersion ?? null),
  };
}
