import { MispricedError } from '@mispriced/core';

/**
 * Puts the values of app settings in place of `%NAME%`. Names are compared as the real host does:
 * without case, and `:` stands for the `__` of an environment variable.
 *
 * @throws MispricedError `CONFIG_INVALID` naming each setting that does not exist.
 */
export function resolveSettingNames(
  text: string,
  settings: Readonly<Record<string, string>>,
): string {
  const byName = new Map(
    Object.entries(settings).map(([name, value]) => [comparable(name), value]),
  );
  const missing: string[] = [];
  const resolved = text.replaceAll(/%([^%]*)%/g, (whole, name: string) => {
    const value = byName.get(comparable(name));
    if (value === undefined) missing.push(whole);
    return value ?? whole;
  });
  if (missing.length > 0) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `${missing.join(', ')} in ${JSON.stringify(text)} does not resolve to a value.`,
      fix: 'Add the app setting, or write the value itself.',
    });
  }
  return resolved;
}

function comparable(name: string): string {
  return name.replaceAll(':', '__').toLowerCase();
}
