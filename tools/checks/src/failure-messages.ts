/** Where a text for a person begins in code: a field `message`, or a function that makes an error. */
const beginnings =
  /\bmessage:|\b(?:deploymentFailed|unhealthy|packageRefused|refused|unreachable|problem|failures\.push)\(/g;

/**
 * The messages of failures that a file's code holds, each with `…` for what is filled in. A message
 * that is put together elsewhere is listed there.
 */
export function failureMessages(code: string): readonly string[] {
  return [...code.matchAll(beginnings)]
    .flatMap(({ 0: beginning, index }) => literalsAt(code, index + beginning.length))
    .map((text) => text.replaceAll(/\s+/g, ' '))
    .filter((text) => /\w/.test(text));
}

/**
 * Whether a page shows a message as code: a part of it with `…` for anything, or one of the messages
 * that it may become.
 */
export function isListed(page: string, message: string): boolean {
  const shown = [...page.matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);
  const may = new RegExp(`^${anything(message)}$`);
  return shown
    .filter((text) => text.replaceAll('…', '').trim().length >= shortestShown)
    .some((text) => new RegExp(anything(text)).test(message) || may.test(text));
}

/** Less than this would be a part of any message. */
const shortestShown = 12;

function anything(text: string): string {
  return text.split('…').map(RegExp.escape).join('.*');
}

/** The text that stands there, or both of a choice between two. */
function literalsAt(code: string, from: number): readonly string[] {
  const start = skipSpace(code, from);
  const first = literalAt(code, start);
  if (first !== null) return [first.text];
  // A condition, and a text for each case.
  const [condition] = /^[\w.\s=()!]+\?\s*(?=["'`])/.exec(code.slice(start)) ?? [];
  if (condition === undefined) return [];
  const one = literalAt(code, start + condition.length);
  if (one === null) return [];
  const [between] = /^\s*:\s*/.exec(code.slice(one.end)) ?? [];
  const other = between === undefined ? null : literalAt(code, one.end + between.length);
  return other === null ? [one.text] : [one.text, other.text];
}

function literalAt(code: string, at: number): { text: string; end: number } | null {
  const quote = code[at];
  if (quote !== '`' && quote !== "'" && quote !== '"') return null;
  let text = '';
  for (let index = at + 1; index < code.length; index += 1) {
    const sign = code[index] ?? '';
    if (sign === quote) return { text, end: index + 1 };
    if (sign === '\\') {
      index += 1;
      text += code[index] === 'n' ? '\n' : (code[index] ?? '');
    } else if (quote === '`' && code.startsWith('${', index)) {
      index = endOfInsertion(code, index + 2);
      text += '…';
    } else text += sign;
  }
  return null;
}

/** Where `}` closes what began after `${`; a template inside may have insertions of its own. */
function endOfInsertion(code: string, from: number): number {
  let depth = 1;
  for (let index = from; index < code.length; index += 1) {
    const sign = code[index] ?? '';
    const inner = sign === '`' || sign === "'" || sign === '"' ? literalAt(code, index) : null;
    if (inner !== null) index = inner.end - 1;
    else if (sign === '{') depth += 1;
    else if (sign === '}') depth -= 1;
    if (depth === 0) return index;
  }
  return code.length;
}

function skipSpace(code: string, from: number): number {
  return from + (/^\s*/.exec(code.slice(from))?.[0].length ?? 0);
}
