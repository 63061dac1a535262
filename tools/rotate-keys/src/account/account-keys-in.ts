/** A key in a connection string, and where it begins in the text. */
interface PlacedKey {
  readonly key: string;
  readonly at: number;
}

/**
 * The parts that tell whose a key is, and what ends a connection string in a longer text. A value that
 * begins with a whole key ends where the key does; any other goes on to where the string could end.
 */
const part =
  /(?<![A-Za-z])Account(?<kind>Name|Key)\s*=\s*(?<value>[A-Za-z0-9+/]{86}==(?![A-Za-z0-9+/=])|[^;"'\r\n|<>{},\\]*)|(?<end>["'\r\n|<>{}])/gi;

interface ConnectionString {
  name: string | null;
  key: PlacedKey | null;
}

/**
 * Finds what the connection strings of one account in a text have as their key, whole or cut off. A
 * text can hold those of several accounts, one after the other: a key belongs to the name that stands
 * in the same string, or to the only name there is.
 */
export function accountKeysIn(text: string, accountName: string): readonly PlacedKey[] {
  const strings: ConnectionString[] = [];
  let open: ConnectionString | null = null;
  for (const match of text.matchAll(part)) {
    const { kind, value = '' } = match.groups ?? {};
    if (kind === undefined) {
      open = null;
      continue;
    }
    const isName = kind.toLowerCase() === 'name';
    // A second name, or a second key, begins another string.
    if (open === null || (isName ? open.name : open.key) !== null) {
      open = { name: null, key: null };
      strings.push(open);
    }
    if (isName) open.name = value.trim().toLowerCase();
    else open.key = { key: value.trimEnd(), at: match.index + match[0].length - value.length };
  }
  const names = new Set(strings.flatMap(({ name }) => (name === null ? [] : [name])));
  const onlyName = names.size === 1 ? [...names][0] : null;
  return strings.flatMap(({ name, key }) =>
    key !== null && (name ?? onlyName) === accountName.toLowerCase() ? [key] : [],
  );
}
