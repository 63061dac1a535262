/** Taken over from this process because programs need them and they configure nothing. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'USERPROFILE', 'SystemRoot', 'TEMP', 'TMP'];

/** Settings that Flex Consumption does not know. Source: flex-consumption-plan.md. */
const withoutEffect = ['TZ', 'WEBSITE_TIME_ZONE'];

/** The environment of an app's process: its settings, and nothing that this machine adds to them. */
export function appEnvironment(settings: Readonly<Record<string, string>>): Record<string, string> {
  const basics = inherited.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(basics),
    AZURE_FUNCTIONS_ENVIRONMENT: 'Production',
    ...settings,
    // Flex Consumption runs in UTC, whatever is set.
    TZ: 'UTC',
  };
}

/** Settings of this app that will not do what they say. */
export function settingsWithoutEffect(settings: Readonly<Record<string, string>>): string[] {
  return withoutEffect.filter((name) => name in settings);
}
