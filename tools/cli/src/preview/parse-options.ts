import { InvalidArgumentError } from 'commander';

/** A pull request's number, as a stack can be called by it. */
export function pullRequestNumber(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give the number of a pull request, such as 12.');
}

/** Hours, more than none and at most thirty days of them. */
export function positiveHours(text: string): number {
  const hours = /^\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (hours > 0 && hours <= 720) return hours;
  throw new InvalidArgumentError('Give hours, more than 0 and at most 720.');
}

/** Minutes, whole. */
export function wholeMinutes(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number of minutes.');
}

/** Adds one `NAME=VALUE` to those before it. */
export function addPair(
  text: string,
  before: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const [, name, value] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError('Write it as NAME=VALUE.');
  }
  return { ...before, [name]: value };
}
