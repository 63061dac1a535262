import type { ExplainedValue } from './explained-value.ts';
import type { LoadedConfig } from './loaded-config.ts';
import { describeSource } from './problem.ts';

/** A text that keeps to its line and cannot steer a terminal. */
function plain(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}

function rowOf(each: ExplainedValue): readonly [string, string, string] {
  const vaultOnly = each.source?.layer === 'key-vault' ? '(not read)' : '(not set)';
  const source = each.source ? describeSource(each.source) : '';
  return [plain(each.key), plain(each.value ?? vaultOnly), plain(source)];
}

/**
 * The configuration as a table for people: every key, its value (secrets as `***`) and where it came
 * from; for `npx mispriced config explain`.
 */
export function formatExplanation(config: LoadedConfig): string {
  const rows = [['key', 'value', 'from'] as const, ...config.explain().map(rowOf)];
  const width = (column: 0 | 1): number => Math.max(...rows.map((row) => row[column].length));
  const [keyWidth, valueWidth] = [width(0), Math.min(44, width(1))];
  const lines = rows.map(([key, value, from]) =>
    `${key.padEnd(keyWidth)}  ${value.padEnd(valueWidth)}  ${from}`.trimEnd(),
  );
  const notices = config.notices.length > 0 ? ['', ...config.notices] : [];
  return [`Configuration of stage ${config.stage}`, '', ...lines, ...notices].join('\n');
}

/** The same for programs: `npx mispriced config explain --json`. */
export function explanationJson(config: LoadedConfig): object {
  return { stage: config.stage, values: config.explain(), notices: config.notices };
}
