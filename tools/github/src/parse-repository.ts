/** A repository as GitHub names it. */
export interface Repository {
  readonly owner: string;
  readonly name: string;
}

/** Reads `OWNER/NAME`; null for what GitHub would not take as one. */
export function parseRepository(text: string): Repository | null {
  const [, owner, name] =
    /^([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100})$/.exec(text) ?? [];
  if (owner === undefined || name === undefined || /^\.{1,2}$/.test(name)) return null;
  return { owner, name };
}
