import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stableGuid } from './stable-ids.ts';

it('makes GUIDs that depend on every word and on nothing else', () => {
  const words = fc.array(fc.stringMatching(/^[a-z0-9]{1,12}$/), { minLength: 1 });
  fc.assert(
    fc.property(words, words, (one, other) => {
      const [first, second] = [stableGuid(one), stableGuid(other)];
      expect(first).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
      expect(stableGuid(one)).toBe(first);
      expect(first === second).toBe(one.join('\n') === other.join('\n'));
    }),
  );
});
