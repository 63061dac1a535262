import { count, type Section } from './section.ts';

/** The longest comment that GitHub takes. It counts characters; bytes are never fewer. */
export const mostBytes = 65_536;

/**
 * Joins sections to a text within a limit. Whole rows are left out, first where there are most, and
 * counted; nothing is ever cut within a row.
 */
export function fitSections(sections: readonly Section[], limit = mostBytes): string {
  const longest = Math.max(0, ...sections.map(({ rows }) => rows.length));
  let [fits, tooMany] = [0, longest + 1];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (Buffer.byteLength(join(sections, middle)) <= limit) fits = middle;
    else tooMany = middle;
  }
  return join(sections, fits);
}

function join(sections: readonly Section[], mostRows: number): string {
  const texts = sections.map(({ head, rows, noun }) => {
    const shown = rows.slice(0, mostRows);
    const left = rows.length - shown.length;
    const more = left === 0 ? [] : ['', `… and ${count(left, `more ${noun}`)}.`];
    return [...head, ...shown, ...more].join('\n');
  });
  return `${texts.filter((text) => text !== '').join('\n\n')}\n`;
}
