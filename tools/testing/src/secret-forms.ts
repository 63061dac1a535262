/** A secret as it may stand in a text, plain or in any usual encoding, by the encoding's name. */
export function secretForms(secret: string): Readonly<Record<string, string>> {
  const bytes = Buffer.from(secret);
  return {
    plain: secret,
    'as JSON': JSON.stringify(secret).slice(1, -1),
    'as JSON in JSON': JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    'URL-encoded': encodeURIComponent(secret),
    'form-encoded': new URLSearchParams({ a: secret }).toString().slice(2),
    'in hexadecimal': bytes.toString('hex'),
    ...inBase64(bytes),
  };
}

/** Which of the secrets, by their place among them, a text holds in any form. */
export function secretsIn(text: string, secrets: Iterable<string>): number[] {
  return [...secrets].flatMap((secret, index) =>
    Object.values(secretForms(secret)).some((form) => text.includes(form)) ? [index] : [],
  );
}

/** In base64 a text looks different at each of three offsets; its ends mix with what is around it. */
function inBase64(bytes: Buffer): Readonly<Record<string, string>> {
  const forms = [0, 1, 2].flatMap((offset) =>
    (['base64', 'base64url'] as const).map((encoding) => {
      const shifted = Buffer.concat([Buffer.alloc(offset), bytes]).toString(encoding);
      const inner = shifted.slice(offset === 0 ? 0 : 4, -4);
      return [`in ${encoding} at offset ${offset}`, inner] as const;
    }),
  );
  return Object.fromEntries(forms);
}
