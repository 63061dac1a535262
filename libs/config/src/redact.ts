import type { Secret } from './secret.ts';

/** Shorter texts are words that occur by chance: hiding them would spoil a message and hide nothing. */
const shortestHidden = 4;

/** A secret's value as it may stand in text: plain and in the usual encodings. */
function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  // Half a surrogate pair has no URL encoding.
  const wellFormed = value.toWellFormed();
  const base64 = bytes.toString('base64');
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(wellFormed),
    new URLSearchParams({ v: wellFormed }).toString().slice(2),
    base64,
    base64.replace(/=+$/, ''),
    encodeURIComponent(base64),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
  ];
}

/**
 * Replaces every known secret in a text by `***`, also where it is encoded. A last net under messages
 * that others wrote (an SDK, a server): our own never hold a secret to begin with.
 */
export function redact(text: string, secrets: Iterable<Secret>): string {
  const forms = [...secrets]
    .map((secret) => secret.reveal())
    .filter((value) => value.length >= shortestHidden)
    .flatMap(formsOf)
    .sort((a, b) => b.length - a.length);
  return forms.reduce((clean, form) => clean.replaceAll(form, '***'), text);
}
