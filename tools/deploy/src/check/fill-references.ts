/** Whether an app setting is a Key Vault reference, well-formed or not. */
export function isReference(value: string): boolean {
  return /^@Microsoft\.KeyVault\(/i.test(value.trim());
}

/** App settings with a value of the right form for each whose real one stays in the vault. */
export function fillReferences(
  settings: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      isReference(value) ? placeholderOf(name) : value,
    ]),
  );
}

function placeholderOf(name: string): string {
  if (name.endsWith('CONNECTION_STRING')) {
    const noKey = Buffer.alloc(64).toString('base64');
    return `DefaultEndpointsProtocol=https;AccountName=placeholder;AccountKey=${noKey};EndpointSuffix=core.windows.net`;
  }
  if (/(?:CLIENT|TENANT)_ID$/.test(name)) return '00000000-0000-0000-0000-000000000000';
  if (name.endsWith('URL')) return 'https://placeholder.example.com';
  return 'placeholder';
}
