import type { PreviewData } from '../preview-data.ts';
import { codeText } from './code-text.ts';
import { count, lines, type Section } from './section.ts';

/** What policy refuses. Without findings one line says so. */
export function findingsSection({ findings, changes }: PreviewData): Section {
  const heading = '### Policy';
  if (changes === null) return lines(heading, '', 'Not checked: there is no plan.');
  if (findings.length === 0) return lines(heading, '', 'Every rule is kept.');
  return {
    head: [heading, '', `**Stopped.** ${count(findings.length, 'finding')}; nothing was made.`, ''],
    rows: findings.map(
      ({ rule, resource, message }) =>
        `- ${codeText(rule)} on ${codeText(resource)}: ${codeText(message, 400)}`,
    ),
    noun: 'finding',
  };
}
