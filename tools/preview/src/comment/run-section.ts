import type { PreviewData } from '../preview-data.ts';
import { codeText } from './code-text.ts';
import { lines, type Section } from './section.ts';

/** What the run came to, and what the package weighs. */
export function runSection({ run, packageBytes, base }: PreviewData): Section | null {
  const rows = [
    ...(run === null
      ? []
      : [
          `- ${codeText(run.runId)} ended as ${codeText(run.status, 20)} in the mode ${codeText(run.mode, 20)}: ` +
            `${run.listed} listed, ${run.scored} scored, ${run.decided} to buy, ` +
            `${run.bought} bought for ${codeText(run.spent, 20)} dollars`,
          ...(run.model === null ? [] : [`- model ${codeText(run.model)}`]),
        ]),
    ...(packageBytes === null ? [] : [`- package ${size(packageBytes)}${against(base)}`]),
  ];
  return rows.length === 0 ? null : lines('### Run and package', '', ...rows);

  function against(compared: PreviewData['base']): string {
    const before = compared?.packageBytes ?? null;
    if (compared === null || before === null || packageBytes === null) return '';
    const more = packageBytes - before;
    const sign = more < 0 ? '−' : '+';
    return `, ${sign}${size(Math.abs(more))} against ${codeText(compared.reference)}`;
  }
}

function size(bytes: number): string {
  return bytes < 100_000
    ? `${(bytes / 1000).toFixed(1)} kB`
    : `${(bytes / 1_000_000).toFixed(2)} MB`;
}
