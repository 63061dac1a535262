import { environmentName, knownKeys, Secret } from '@mispriced/config';
import { isReference } from '@mispriced/azure';

/**
 * App settings with a value of the right form for each whose real one stays in the vault. One for
 * which there is no such value, a number for example, is left out.
 */
export function fillReferences(
  settings: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => {
      if (!isReference(value)) return [[name, value]];
      const placeholder = placeholderOf(name);
      return mayHold(name, placeholder) ? [[name, placeholder]] : [];
    }),
  );
}

/** Something of the form that a setting's value has, by the setting's name as a variable. */
export function placeholderOf(name: string): string {
  if (name.endsWith('CONNECTION_STRING')) {
    const noKey = Buffer.alloc(64).toString('base64');
    return `DefaultEndpointsProtocol=https;AccountName=placeholder;AccountKey=${noKey};EndpointSuffix=core.windows.net`;
  }
  if (/(?:CLIENT|TENANT)_ID$/.test(name)) return '00000000-0000-0000-0000-000000000000';
  if (name.endsWith('URL')) return 'https://placeholder.example.com';
  return 'placeholder';
}

function mayHold(name: string, placeholder: string): boolean {
  const known = [...knownKeys.values()].find(({ key }) => environmentName(key) === name);
  if (known === undefined) return true;
  const value = known.secret === true ? new Secret(placeholder) : placeholder;
  return known.schema.safeParse(value).success;
}
