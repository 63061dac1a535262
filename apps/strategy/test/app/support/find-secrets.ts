import { secretForms } from '@mispriced/testing';

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
      Object.entries(secretForms(value))
        .filter(([, form]) => text.includes(form))
        .map(([form]) => `${what}, ${form}, in ${where}`),
    ),
  );
}
