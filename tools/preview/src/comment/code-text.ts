/** Longer texts are cut: nothing that is named in a comment needs more. */
const mostCharacters = 200;

/**
 * Characters that end a code span or a table's cell, that Markdown or GitHub gives a meaning even
 * there, or that cannot be seen: controls, marks that turn the direction of text, private use, and
 * halves of a character.
 */
const unsafe = /[`|\\$\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/gu;

/**
 * Text from elsewhere (a branch, a listing, a fork's code) as a code span: the one place where
 * neither Markdown nor HTML, mentions, links or references to issues are looked for. What could end
 * the span is written as `\u{...}`, a line break as `␤`.
 *
 * Source: GitHub Flavored Markdown, sections 4.10 (tables) and 6.3 (code spans).
 */
export function codeText(text: string, most = mostCharacters): string {
  const characters = Array.from(text);
  const shown = characters.slice(0, most).join('').replaceAll(unsafe, escaped);
  const rest = characters.length > most ? '…' : '';
  return shown.trim() === '' ? '(blank)' : `\`${shown}${rest}\``;
}

function escaped(character: string): string {
  if (character === '\n') return '␤';
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
