import type { PreviewData } from '../preview-data.ts';
import { codeText } from './code-text.ts';
import { lines, type Section } from './section.ts';

type Change = NonNullable<PreviewData['changes']>[number];

/** What can lose something comes first. */
const order = ['replace', 'delete', 'update', 'create'];
const mostProperties = 6;

/** What the plan does to the preview, or the pull request to what is declared. */
export function infrastructureSection(
  title: string,
  changes: readonly Change[] | null,
  nothing: string,
): Section {
  const heading = `### ${title}`;
  if (changes === null) return lines(heading, '', 'Not known: see the error above.');
  if (changes.length === 0) return lines(heading, '', nothing);
  const sorted = changes.toSorted((left, right) => rank(left) - rank(right));
  return {
    head: [heading, '', `${counts(sorted)}.`, ''],
    rows: sorted.map((change) => `- ${changeRow(change)}`),
    noun: 'resource',
  };
}

function counts(sorted: readonly Change[]): string {
  const byOperation = new Map<string, number>();
  for (const { operation } of sorted) {
    byOperation.set(operation, (byOperation.get(operation) ?? 0) + 1);
  }
  return [...byOperation].map(([operation, count]) => `${count} ${word(operation)}`).join(', ');
}

/** One change, without what makes it an item of a list. */
export function changeRow({ operation, type, name, properties }: Change): string {
  const shown = properties.slice(0, mostProperties).map((each) => codeText(each, 80));
  if (properties.length > mostProperties) shown.push(`${properties.length - mostProperties} more`);
  const what = shown.length === 0 ? '' : `: ${shown.join(', ')}`;
  const kind = codeText(type.replace(/^azure-native:/, ''), 80);
  return `${word(operation)} ${kind} ${codeText(name, 80)}${what}`;
}

function rank({ operation }: Change): number {
  const found = order.indexOf(operation);
  return found === -1 ? order.length : found;
}

/** The engine's own word, in bold where something could be lost. */
function word(operation: string): string {
  if (operation === 'replace' || operation === 'delete') return `**${operation}**`;
  return order.includes(operation) ? operation : codeText(operation, 40);
}
