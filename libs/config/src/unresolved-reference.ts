import { invalid, type ConfigProblem, type Source } from './problem.ts';

const reference = /^@Microsoft\.KeyVault\((.*)\)$/is;

function field(body: string, name: string): string | undefined {
  const pattern = new RegExp(`(?:^|;)\\s*${name}\\s*=\\s*([^;]+)`, 'i');
  return pattern.exec(body)?.[1]?.trim();
}

/** Vault and secret that a reference names: `VaultName=…;SecretName=…` or `SecretUri=…`. */
function namesIn(body: string): { vault: string; secret: string } {
  const url = URL.parse(field(body, 'SecretUri') ?? '');
  const [, , secretInUrl] = url?.pathname.split('/') ?? [];
  return {
    vault: field(body, 'VaultName') ?? url?.hostname.split('.')[0] ?? 'it names',
    secret: field(body, 'SecretName') ?? secretInUrl ?? 'it names',
  };
}

/**
 * Finds an app setting that Azure should have replaced by a secret and did not: the app then sees the
 * reference itself, which would go to the market as a key.
 */
export function unresolvedReference(
  key: string,
  text: string,
  source: Source,
): ConfigProblem | null {
  const body = reference.exec(text.trim())?.[1];
  if (body === undefined) return null;
  const { vault, secret } = namesIn(body);
  return invalid({
    key,
    source,
    message: `It is a Key Vault reference that was not resolved (vault ${vault}, secret ${secret}).`,
    fix:
      `Check that the secret exists in that vault and is enabled, that the identity named by the app's ` +
      `keyVaultReferenceIdentity may \`get\` secrets there, and that the vault’s network lets the app in; ` +
      `then change any app setting, which makes Azure fetch references anew.`,
  });
}
