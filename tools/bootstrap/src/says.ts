/**
 * Whether what is there already says what is wanted: every wanted value is there, in any order of
 * properties, whatever else Azure added. Words are compared without regard to case and regions
 * without spaces, for Azure gives them back as it likes.
 */
export function says(present: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(present) &&
      present.length === wanted.length &&
      wanted.every((each, index) => says(present[index], each))
    );
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof present !== 'object' || present === null) return false;
    const values = new Map(Object.entries(present));
    return Object.entries(wanted).every(([name, value]) => says(values.get(name), value));
  }
  if (typeof wanted === 'string' && typeof present === 'string') {
    return plain(present) === plain(wanted);
  }
  return present === wanted;
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, '').toLowerCase();
}
