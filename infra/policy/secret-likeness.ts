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

const guid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Bits of a character above which a word of this length is no longer language: by measurement. */
const randomBits = 3.9;
const shortestRandomWord = 20;

/**
 * Shannon entropy of a text's characters, in bits a character: English words and paths have up to
 * 3.6 or so, 32 random base64 characters 4.4 and more.
 */
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

/** Why a setting looks like a secret, or null. A reference to a vault never does. */
export function secretLikeness(name: string, value: string): string | null {
  if (value === '' || value.startsWith('@Microsoft.KeyVault(')) return null;
  if (secretText.some((pattern) => pattern.test(value))) return 'its value is a secret';
  const words = value.replaceAll(guid, '').split(/[\s/;,=?&:.()]+/);
  if (words.some((word) => word.length >= shortestRandomWord && entropyBits(word) > randomBits)) {
    return 'its value looks random';
  }
  if (secretName.test(name) && !isOpenByName(name)) return "its name is a secret's";
  return null;
}

/** Names that sound like a secret's and are none. */
function isOpenByName(name: string): boolean {
  // Says where to send; the instrumentation key in it opens nothing while local sign-in is off.
  if (name === 'APPLICATIONINSIGHTS_CONNECTION_STRING') return true;
  return name === 'AzureWebJobsStorage__credential' || name.endsWith('__CREDENTIAL__KIND');
}
