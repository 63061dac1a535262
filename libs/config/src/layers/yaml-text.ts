import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type ParsedNode,
} from 'yaml';
import type { KnownKey } from '../schema/keys.ts';
import type { RawValue } from '../secret.ts';

/** A mistake in the text, in our own words: the parser's would repeat the text, secrets and all. */
interface YamlMistake {
  readonly line: number;
  readonly message: string;
}

/** Text in YAML with the means to say where things stand. */
export interface YamlText {
  /** Null for an empty text. */
  readonly contents: ParsedNode | null;
  readonly mistakes: readonly YamlMistake[];
  lineOf(node: Node | null | undefined): number;
}

const messages: Readonly<Record<string, string>> = {
  BAD_INDENT: 'The indentation is wrong: use spaces, the same number for entries side by side.',
  BLOCK_AS_IMPLICIT_KEY: 'A value and a nested entry share a line; put the nested one on the next.',
  DUPLICATE_KEY: 'The key stands there twice; one of the two must go.',
  MISSING_CHAR:
    'A character is missing, perhaps a closing quote, a bracket, or a space after a colon.',
  MULTIPLE_DOCS: 'The file holds several documents (a line of three hyphens); only one is allowed.',
  TAB_AS_INDENT: 'A tab is used to indent; YAML wants spaces.',
  UNEXPECTED_TOKEN: 'Something unexpected stands there, perhaps an unquoted special character.',
};

/**
 * Reads YAML so that every scalar keeps the text it was written with: `25.10` is not a float, `0123`
 * keeps its zero.
 */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter();
  const document: Document.Parsed = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    strict: true,
    uniqueKeys: true,
    merge: false,
    version: '1.2',
  });
  return {
    contents: document.contents,
    mistakes: [...document.errors, ...document.warnings].map((error) => ({
      line: lines.linePos(error.pos[0]).line,
      message: messages[error.code] ?? `It is not YAML there (${error.code}).`,
    })),
    lineOf: (node) => lines.linePos(node?.range?.[0] ?? 0).line,
  };
}

/** A node that has no place in a configuration: an anchor's alias, a tag, a key that is a list. */
export class UnsupportedYaml extends Error {
  readonly node: Node | null;

  constructor(node: Node | null) {
    super('Only plain values, lists and maps may stand there (no aliases, no compound keys).');
    this.node = node;
  }
}

/** A key as it was written. */
export function keyText(key: unknown): string {
  if (!isScalar(key)) throw new UnsupportedYaml(null);
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

/**
 * A node's text, or lists and maps of text.
 *
 * @param note Called with the path (`0.url`) and node of everything inside.
 * @throws UnsupportedYaml
 */
export function rawValueOf(
  node: unknown,
  note: (path: string, node: Node) => void = () => undefined,
  path = '',
): RawValue {
  const inside = (name: string | number): string =>
    path === '' ? String(name) : `${path}.${name}`;
  if (node === null || node === undefined) return null;
  if (isScalar(node)) {
    note(path, node);
    if (node.value === null) return null;
    return typeof node.value === 'string'
      ? node.value
      : (node.source ?? JSON.stringify(node.value));
  }
  if (isSeq(node)) {
    note(path, node);
    return node.items.map((item, index) => rawValueOf(item, note, inside(index)));
  }
  if (isMap(node)) {
    note(path, node);
    const entries = node.items.filter(isPair).map((pair): [string, RawValue] => {
      const name = keyText(pair.key);
      return [name, rawValueOf(pair.value, note, inside(name))];
    });
    return Object.fromEntries(entries);
  }
  throw new UnsupportedYaml(node as Node);
}

/**
 * The value of a key that stands in one text (an environment variable, a secret, an option): lists
 * and maps are written as JSON there.
 *
 * @returns Undefined when the text is not what the key needs.
 */
export function writtenValue(known: KnownKey, text: string): RawValue | undefined {
  if (known.kind === 'text') return text;
  const yaml = readYaml(text);
  if (yaml.mistakes.length > 0) return undefined;
  try {
    const value = rawValueOf(yaml.contents);
    return typeof value === 'string' ? undefined : value;
  } catch (error) {
    if (error instanceof UnsupportedYaml) return undefined;
    throw error;
  }
}

/** How such a value is written, for messages. */
export function writtenExample(known: KnownKey): string {
  return known.kind === 'list' ? '["first", "second"]' : '{"name": "value"}';
}
