/**
 * Whether what is there already says what is wanted: every wanted value is there, in any order of
 * properties, whatever else Azure added. Text is compared to the letter, for that is how a token's
 * subject is; only regions and ids are not, which Azure gives back as it likes.
 *
 * @param name What the value is called where it stands.
 */
export function says(present: unknown, wanted: unknown, name = ''): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(present) &&
      present.length === wanted.length &&
      wanted.every((each, index) => says(present[index], each, name))
    );
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof present !== 'object' || present === null) return false;
    const values = new Map(Object.entries(present));
    return Object.entries(wanted).every(([key, value]) => says(values.get(key), value, key));
  }
  if (typeof wanted === 'string' && typeof present === 'string') {
    const plain = plainTextOf(name, wanted);
    return plain(present) === plain(wanted);
  }
  return present === wanted;
}

function plainTextOf(name: string, wanted: string): (text: string) => string {
  if (name === 'location') return (text) => text.replaceAll(' ', '').toLowerCase();
  const isId = name.endsWith('Id') || wanted.startsWith('/subscriptions/');
  return isId ? (text) => text.toLowerCase() : (text) => text;
}
