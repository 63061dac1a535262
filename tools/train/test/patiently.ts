/** For tests that start Python: a busy machine may take a minute to import its libraries. */
export const patiently = { timeout: 300_000 };
