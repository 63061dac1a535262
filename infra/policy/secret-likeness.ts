import { withoutGuids } from '@mispriced/core/domain/guid';

/** Names that usually hold a secret. */
const secretName =
  /secret|password|passwd|pwd|token|credential|private|signature|api_?key|access_?key|account_?key|connection_?string|AzureWebJobsStorage$/i;

/** Text that is a secret whatever it is called. */
const secretText = [
  /AccountKey=/i,
  /SharedAccessKey=/i,
  /SharedAccessSignature=/i,
  /[?&;]sig=/i,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /^eyJ[\w-]+\.eyJ[\w-]+\./,
  /:\/\/[^/\s:@]+:[^/\s:@]+@/,
];

/** As long as a 16-byte key in hexadecimal digits: of those, no text of people's has so many in a row. */
const hexadecimal = /[0-9a-f]{32}/i;

const shortestRandomWord = 20;

/**
 * Bits of a character above which a word of a length may be random: a longer word has more of its
 * alphabet in it. By measurement, nearly all of random base64 is above this line.
 */
function randomBits(length: number): number {
  return 1.55 + 0.47 * Math.log2(length);
}

/**
 * How often, of all its neighbouring characters, a capital follows a small letter or a digit meets a
 * letter: 0.42 times where all are drawn at random from base64, a fifth in ThisKindOfName, and hardly
 * ever in what is written in small letters alone.
 */
function unevenness(text: string): number {
  const uneven = text.match(/[a-z](?=[A-Z])|[A-Za-z](?=\d)|\d(?=[A-Za-z])/g) ?? [];
  return uneven.length / (text.length - 1);
}

const mostUnevenName = 0.19;

/** Shannon entropy of a text's characters, in bits a character. */
function entropyBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / text.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}

/** Whether a text holds a word that nobody thought of: a key, whatever it is written in. */
function looksRandom(text: string): boolean {
  // Known to be public ids, and as random as a key.
  const rest = withoutGuids(text);
  if (hexadecimal.test(rest)) return true;
  const words = rest.split(/[\s;,?&:.()]+/);
  // Base64 has / and = in it, and paths and pairs are made with them: either may be meant.
  return [...words, ...words.flatMap((word) => word.split(/[/=]+/))].some(isRandomWord);
}

function isRandomWord(word: string): boolean {
  if (word.length < shortestRandomWord || !/[A-Z]/.test(word) || !/[a-z]/.test(word)) return false;
  return entropyBits(word) > randomBits(word.length) && unevenness(word) > mostUnevenName;
}

/** Why a setting looks like a secret, or null. A reference to a vault never does. */
export function secretLikeness(name: string, value: string): string | null {
  if (value === '' || value.startsWith('@Microsoft.KeyVault(')) return null;
  if (secretText.some((pattern) => pattern.test(value))) return 'its value is a secret';
  if (looksRandom(value)) return 'its value looks random';
  if (secretName.test(name) && !isOpenByName(name)) return "its name is a secret's";
  return null;
}

/** Names that sound like a secret's and are none. */
function isOpenByName(name: string): boolean {
  // Says where to send; the instrumentation key in it opens nothing while local sign-in is off.
  if (name === 'APPLICATIONINSIGHTS_CONNECTION_STRING') return true;
  return name === 'AzureWebJobsStorage__credential' || name.endsWith('__CREDENTIAL__KIND');
}
