const shape = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** A text that is a GUID and nothing else, in either case: the ids of Azure, Entra and .NET. */
export const guidPattern = new RegExp(`^${shape}$`, 'i');

/** Whether a value is a GUID. */
export function isGuid(value: unknown): value is string {
  return typeof value === 'string' && guidPattern.test(value);
}

/** A text with every GUID taken out of it. */
export function withoutGuids(text: string): string {
  return text.replaceAll(new RegExp(shape, 'gi'), '');
}
