import { describe, expect, it } from 'vitest';
import { chanceOf, type Chance } from './chance.ts';

const draws = (chance: Chance, count = 200) => Array.from({ length: count }, () => chance.next());

describe('chanceOf', () => {
  it('draws the same for the same seed, and something else for another', () => {
    expect(draws(chanceOf(7))).toEqual(draws(chanceOf(7)));
    expect(draws(chanceOf(7))).not.toEqual(draws(chanceOf(8)));
  });

  it('gives a name its own stream, whatever was drawn before', () => {
    const used = chanceOf(7);
    draws(used);
    draws(used.split('storage'));
    expect(draws(used.split('market'))).toEqual(draws(chanceOf(7).split('market')));
    expect(draws(chanceOf(7).split('market'))).not.toEqual(draws(chanceOf(7).split('storage')));
    expect(draws(chanceOf(7).split('a').split(1))).not.toEqual(draws(chanceOf(7).split('a')));
  });

  it('stays in its bounds and reaches both ends', () => {
    const chance = chanceOf(1);
    const integers = new Set(Array.from({ length: 500 }, () => chance.integer(3, 6)));
    expect([...integers].toSorted()).toEqual([3, 4, 5, 6]);
    expect(draws(chance).every((draw) => draw >= 0 && draw < 1)).toBe(true);
  });

  it('keeps the shares it was given', () => {
    const chance = chanceOf(1);
    const count = 4000;
    const happened = Array.from({ length: count }, () => chance.happens(0.2)).filter(Boolean);
    expect(happened.length / count).toBeCloseTo(0.2, 1);
    const chosen = Array.from({ length: count }, () =>
      chance.weighted([
        ['never', 0],
        ['seldom', 1],
        ['often', 3],
        ['not at all', 0],
      ]),
    );
    expect(new Set(chosen)).toEqual(new Set(['seldom', 'often']));
    expect(chosen.filter((choice) => choice === 'often').length / count).toBeCloseTo(0.75, 1);
    const picked = Array.from({ length: count }, () => chance.pick(['a', 'b', 'c', 'd']));
    expect(picked.filter((choice) => choice === 'c').length / count).toBeCloseTo(0.25, 1);
  });

  it('refuses to choose from nothing', () => {
    expect(() => chanceOf(1).pick([])).toThrow(RangeError);
    expect(() => chanceOf(1).weighted([['never', 0]])).toThrow(RangeError);
  });
});
