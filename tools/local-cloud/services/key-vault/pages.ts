import { badParameter } from './errors.ts';

const largestPage = 25;

/** One page of a list, with the address of the next while there is one. */
export function page<Item>(args: { items: readonly Item[]; query: URLSearchParams; url: string }): {
  value: readonly Item[];
  nextLink: string | null;
} {
  const size = readNumber(args.query.get('maxresults'), largestPage);
  if (size < 1 || size > largestPage) {
    throw badParameter(`maxresults must be from 1 to ${largestPage}.`);
  }
  const start = readNumber(args.query.get('$skiptoken'), 0);
  const end = start + size;
  const next = new URLSearchParams({
    'api-version': args.query.get('api-version') ?? '',
    $skiptoken: String(end),
    maxresults: String(size),
  });
  return {
    value: args.items.slice(start, end),
    nextLink: end < args.items.length ? `${args.url}?${next.toString()}` : null,
  };
}

function readNumber(text: string | null, otherwise: number): number {
  if (text === null) return otherwise;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw badParameter(`Not a number: ${text}`);
  return number;
}
