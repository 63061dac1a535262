import { textCell, type FeatureDeclaration } from '@mispriced/core';

/** A cell, or what the declaration says that its text means. */
export type Rename = (cell: unknown) => unknown;

/**
 * The `columnValues` of a feature: a text is looked up as it stands in the file, then without the
 * blanks around it, in the declaration and in the file alike.
 */
export function renameBy(feature: FeatureDeclaration | undefined): Rename {
  const declared =
    feature !== undefined && 'columnValues' in feature ? (feature.columnValues ?? {}) : {};
  const exact = new Map<string, number | string | null>(Object.entries(declared));
  const plain = new Map([...exact].map(([text, value]) => [text.trim(), value]));
  if (exact.size === 0) return (cell) => cell;
  return (cell) => {
    const text = textCell(cell);
    if (text === null) return cell;
    if (exact.has(text)) return exact.get(text);
    return plain.has(text.trim()) ? plain.get(text.trim()) : cell;
  };
}
