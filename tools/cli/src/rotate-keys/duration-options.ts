import { InvalidArgumentError, Option } from 'commander';

/** How near a slot must not be when the app is restarted. */
export function marginOption(): Option {
  return new Option('--margin-seconds <n>', 'how far away the next slot must be')
    .default(600)
    .argParser(wholeNumber);
}

/** Parses a number of seconds or days. */
export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number, 0 or more.');
}
