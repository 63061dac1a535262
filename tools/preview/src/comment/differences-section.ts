import type { PreviewData } from '../preview-data.ts';
import { codeText } from './code-text.ts';
import { lines, type Section } from './section.ts';

/** What people ask about first. */
const order = ['schedule', 'setting', 'function', 'module', 'code'];

/** Settings, schedules, functions and modules that are not as they are in the base. */
export function differencesSection({ base }: PreviewData): Section | null {
  const differences = base?.differences ?? null;
  if (base === null || differences === null) return null;
  const heading = `### Settings and schedules against ${codeText(base.reference)}`;
  if (differences.length === 0) return lines(heading, '', 'The same, and so is the code.');
  return {
    head: [heading, ''],
    rows: differences
      .toSorted((left, right) => order.indexOf(left.what) - order.indexOf(right.what))
      .map(({ what, name, before, after }) =>
        what === 'code'
          ? '- the code is another'
          : `- ${what} ${codeText(name)}: ${value(before)} → ${value(after)}`,
      ),
    noun: 'difference',
  };
}

function value(text: string | null): string {
  return text === null ? 'none' : codeText(text, 120);
}
