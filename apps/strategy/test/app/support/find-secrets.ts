/** A text and what it is, so that a find can be told without repeating it. */
export interface PlantedSecret {
  readonly what: string;
  readonly value: string;
}

/** A text that was written somewhere. */
export interface WrittenText {
  readonly where: string;
  readonly text: string;
}

/** Where secrets stand in texts, plain or in any usual encoding; empty when they stand nowhere. */
export function findSecrets(
  texts: readonly WrittenText[],
  secrets: readonly PlantedSecret[],
): readonly string[] {
  return texts.flatMap(({ where, text }) =>
    secrets.flatMap(({ what, value }) =>
      Object.entries(formsOf(value))
        .filter(([, form]) => text.includes(form))
        .map(([form]) => `${what}, ${form}, in ${where}`),
    ),
  );
}

function formsOf(value: string): Readonly<Record<string, string>> {
  const bytes = Buffer.from(value);
  return {
    plain: value,
    'as JSON': JSON.stringify(value).slice(1, -1),
    'as JSON in JSON': JSON.stringify(JSON.stringify(value)).slice(3, -3),
    'URL-encoded': encodeURIComponent(value),
    'form-encoded': new URLSearchParams({ a: value }).toString().slice(2),
    'in hexadecimal': bytes.toString('hex'),
    ...inBase64(bytes),
  };
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
