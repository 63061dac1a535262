import type { DataProblems } from './data-problems.ts';

/** Names every wanted column that a file lacks or has more than once, and what may be the reason. */
export function checkHeader(args: {
  names: readonly string[];
  wanted: readonly string[];
  problems: DataProblems;
}): void {
  const { names, problems } = args;
  const divided = whyOneColumn(names);
  if (divided !== '') {
    problems.add(
      `line 1: there is one column, ${JSON.stringify(names[0]?.slice(0, 60))}${divided}`,
    );
    return;
  }
  const wanted = [...new Set(args.wanted)];
  const missing = wanted.filter((column) => !names.includes(column));
  for (const column of missing) {
    const all = column === missing[0] ? `; there are ${names.join(', ') || 'none'}` : '';
    problems.add(
      `line 1: the column "${column}" is missing${whyMissing(names, column)}${all}`,
      'columns',
    );
  }
  for (const column of wanted) {
    const count = names.filter((name) => name === column).length;
    if (count < 2) continue;
    problems.add(
      `line 1: the column "${column}" stands there ${count} times; keep the one that is meant`,
      'columns',
    );
  }
}

/** What is wrong with a header whose names something other than commas divides; else nothing. */
export function whyOneColumn(names: readonly string[]): string {
  const [only = '', ...others] = names;
  const delimiter = [';', '\t', '|'].find((each) => others.length === 0 && only.includes(each));
  return delimiter === undefined
    ? ''
    : `: ${JSON.stringify(delimiter)} stands between the columns; save the file with commas, and with decimal points`;
}

function whyMissing(names: readonly string[], column: string): string {
  const plain = (name: string): string => name.replaceAll(/[^a-z0-9]/gi, '').toLowerCase();
  const alike = names.find((name) => plain(name) === plain(column));
  return alike === undefined ? '' : `: "${alike}" may be meant; write the name as it is declared`;
}
