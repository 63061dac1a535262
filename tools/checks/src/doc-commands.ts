import type { TextFile } from './repository.ts';

/** A command that a page tells its reader to type. */
export interface DocCommand {
  readonly path: string;
  /** Line of the page, from 1. */
  readonly line: number;
  /** As a shell takes it; a command over several lines is one. */
  readonly command: string;
}

const fence = /^\s*(`{3,}|~{3,})\s*([\w-]*)/;

/**
 * The commands in a page's `sh` blocks, in order: one a line, a line that ends with a backslash goes
 * on with the next, comments and blank lines are none. A block of another language is no command.
 */
export function docCommands(page: TextFile): readonly DocCommand[] {
  const commands: DocCommand[] = [];
  let open: { readonly mark: string; readonly language: string } | null = null;
  let begun: { readonly line: number; readonly parts: readonly string[] } | null = null;
  for (const [index, line] of page.text.split('\n').entries()) {
    const [, mark, language = ''] = fence.exec(line) ?? [];
    if (open === null) {
      if (mark !== undefined) open = { mark, language };
      continue;
    }
    if (mark?.startsWith(open.mark) === true && language === '') {
      open = null;
      continue;
    }
    if (open.language !== 'sh') continue;
    if (begun === null && /^\s*(#|$)/.test(line)) continue;
    const parts: readonly string[] = [...(begun?.parts ?? []), line.replace(/\\$/, '').trim()];
    const first: number = begun?.line ?? index + 1;
    begun = line.endsWith('\\') ? { line: first, parts } : null;
    if (begun === null) {
      commands.push({ path: page.path, line: first, command: parts.join(' ') });
    }
  }
  return commands;
}

/**
 * Commands of a page that only the build around the tests can run, since they would replace what the
 * tests stand on or start the tests again. `.ci/run` has each of them.
 */
export const buildCommands: readonly string[] = ['npm ci', 'npm run check', 'npm test'];

/**
 * What is left of a command line to be run here: the parts that are not left to the build.
 *
 * @returns Null where nothing is left.
 */
export function withoutBuildCommands(command: string): string | null {
  const rest = command.split(' && ').filter((part) => !buildCommands.includes(part.trim()));
  return rest.length === 0 ? null : rest.join(' && ');
}
