import type { PreviewData } from '../preview-data.ts';
import { codeText } from './code-text.ts';
import { changeRow } from './infrastructure-section.ts';
import { lines, type Section } from './section.ts';

/** What a merge would change in the environments that last, their committed settings first. */
export function stacksSection({ base }: PreviewData): Section | null {
  if (base === null || (base.stacks === null && base.stackSettings === null)) return null;
  const heading = `### Environments that last, against ${codeText(base.reference)}`;
  const settings = (base.stackSettings ?? []).map(
    ({ name, before, after }) => `- setting ${codeText(name)}: ${value(before)} → ${value(after)}`,
  );
  const changes = (base.stacks ?? []).flatMap((each) =>
    each.changes.map((change) => `- ${codeText(each.stack, 40)}: ${changeRow(change)}`),
  );
  const rows = [...settings, ...changes];
  if (rows.length > 0) return { head: [heading, ''], rows, noun: 'difference' };
  return lines(heading, '', 'They are declared as before, by the same settings.');
}

function value(text: string | null): string {
  return text === null ? 'none' : codeText(text, 120);
}
