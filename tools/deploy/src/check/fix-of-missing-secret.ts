import { keyOfSecretName } from '@mispriced/config';

/** The command that gives a secret which a vault lacks. */
export function fixOfMissingSecret(args: {
  readonly secretName: string;
  readonly vault: string;
  readonly stack: string;
}): string {
  const { secretName, vault, stack } = args;
  const key = keyOfSecretName(secretName);
  // Nobody types the key of a storage account: it is drawn and written by the rotation.
  if (key === 'storage.connection_string') {
    return `Have it written: \`npx mispriced rotate-keys --stack ${stack}\`; with \`--repair\` if it was there before.`;
  }
  return key === null
    ? `Give it: \`az keyvault secret set --vault-name ${vault} --name ${secretName}\`.`
    : `Give it: \`npx mispriced secrets set ${key} --stack ${stack}\`.`;
}

/** The command that mends an app whose storage key opens nothing any more. */
export function repairStorageKey(stack: string): string {
  return `\`npx mispriced rotate-keys --stack ${stack} --repair\` gives it a key that does.`;
}
