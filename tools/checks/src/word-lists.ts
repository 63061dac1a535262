/**
 * The words that a page lists under a heading: the first cell of each line of its tables where that
 * is code (`` `--mode MODE` `` gives `--mode`), up to the next heading of the same or a higher rank.
 */
export function listedWords(text: string, heading: string): readonly string[] {
  return sectionLines(text, heading).flatMap((line) => {
    const [, words] = /^\|\s*`([^`]+)`/.exec(line) ?? [];
    return words === undefined ? [] : [words.split(' ')[0] ?? ''];
  });
}

/** The headings of a page that are one word of code, in order: `` ## `CODE` ``. */
export function codeHeadings(text: string): readonly string[] {
  return [...text.matchAll(/^#+ `([^`]+)`$/gm)].map(([, word = '']) => word);
}

/** The lines under a heading. A heading that is not there is an error: a list must not pass unread. */
export function sectionLines(text: string, heading: string): readonly string[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.replace(/^#+ /, '') === heading && line !== heading);
  if (start === -1) throw new Error(`There is no heading "${heading}".`);
  const rank = rankOf(lines[start] ?? '');
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => rankOf(line) > 0 && rankOf(line) <= rank);
  return end === -1 ? rest : rest.slice(0, end);
}

/** 1 to 6 for a heading, 0 for any other line. */
function rankOf(line: string): number {
  return /^(#{1,6}) /.exec(line)?.[1]?.length ?? 0;
}
