import { it } from 'vitest';
import { provesAll } from './proves-all.ts';

/** A test that only the proofs take. It stands beside the others, which the tests take as well. */
export function more(name: string, run: () => Promise<void>): void {
  if (provesAll) it(name, run);
}
