import { posix } from 'node:path';
import type { TextFile } from './repository.ts';

/** A link of a page to another file of the repository, or to a heading. */
export interface RelativeLink {
  /** Line of the page, from 1. */
  readonly line: number;
  /** As written. */
  readonly target: string;
  /** From the root. */
  readonly path: string;
  /** The heading it goes to, as GitHub names it; null where none is named. */
  readonly heading: string | null;
}

const linkPatterns = [/\]\(([^()\s]+)\)/g, /\b(?:src|href)="([^"]+)"/g];

/** Every link of a page that leads into the repository. What stands in a code block is no link. */
export function relativeLinks(page: TextFile): readonly RelativeLink[] {
  return proseLines(page.text).flatMap(({ line, text }) =>
    linkPatterns
      .flatMap((pattern) => [...text.matchAll(pattern)].map(([, target = '']) => target))
      .filter((target) => !/^[a-z][a-z+.-]*:/i.test(target))
      .map((target) => {
        const [file = '', heading] = target.split('#');
        const path =
          file === '' ? page.path : posix.normalize(posix.join(posix.dirname(page.path), file));
        return { line, target, path: path.replace(/\/$/, ''), heading: heading ?? null };
      }),
  );
}

/** The names that GitHub gives the headings of a page. */
export function headingNames(text: string): readonly string[] {
  return proseLines(text)
    .filter((line) => /^#{1,6} /.test(line.text))
    .map((line) =>
      line.text
        .replace(/^#+ /, '')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-'),
    );
}

function proseLines(text: string): readonly { readonly line: number; readonly text: string }[] {
  let isCode = false;
  return text.split('\n').flatMap((content, index) => {
    if (/^\s*(```|~~~)/.test(content)) {
      isCode = !isCode;
      return [];
    }
    return isCode ? [] : [{ line: index + 1, text: content }];
  });
}
