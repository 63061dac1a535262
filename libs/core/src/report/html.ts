/** Finished HTML: whatever came from outside was escaped on its way in. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a piece of HTML. Text is escaped; null, false and an empty list leave nothing. */
export type HtmlValue = Html | string | number | null | false | readonly HtmlValue[];

/**
 * Builds HTML in which text cannot become markup: the tag of a template literal escapes every value
 * that is not itself the result of this tag. Attributes must be written in double quotes.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const parts = strings.map((fixed, i) => fixed + rendered(values[i] ?? null));
  return new Html(parts.join(''));
}

/** Takes text of our own (a style sheet) as it is. Never for anything read from outside. */
export function ownMarkup(text: string): Html {
  return new Html(text);
}

function rendered(value: HtmlValue): string {
  if (value === null || value === false) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'object') return value.map(rendered).join('');
  return escaped(String(value));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Not allowed in HTML, or able to turn the direction of the text that follows. */
const deceptive = /[[\p{Cc}--[\n\r\t]]\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gv;

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(deceptive, '\uFFFD')
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
