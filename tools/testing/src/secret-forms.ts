/**
 * A secret as it may stand in a text: plain, URL-encoded, in base64, and in base64 as a part of
 * something longer, where it begins at any of three places between two letters.
 */
function secretForms(secret: string): string[] {
  const inner = [0, 1, 2].map((offset) => {
    const encoded = Buffer.from('\0'.repeat(offset) + secret).toString('base64');
    // Letters that also hold bits of what stands before and after are left out.
    return encoded.slice(offset === 0 ? 0 : 4, -4);
  });
  return [secret, encodeURIComponent(secret), ...inner];
}

/** Which of the secrets, by their place among them, a text holds in any form. */
export function secretsIn(text: string, secrets: Iterable<string>): number[] {
  return [...secrets].flatMap((secret, index) =>
    secretForms(secret).some((form) => text.includes(form)) ? [index] : [],
  );
}
