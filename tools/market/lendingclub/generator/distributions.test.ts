import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawInteger, drawNormal, drawPoisson, drawWeighted, roundTo } from './distributions.ts';
import { namedRandom } from './random.ts';

function drawMany(draw: () => number): { mean: number; variance: number } {
  const values = Array.from({ length: 20_000 }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / values.length };
}

describe('namedRandom', () => {
  it('is uniform in [0, 1)', () => {
    const random = namedRandom(3, 'uniform');
    const { mean, variance } = drawMany(() => {
      const value = random();
      expect(value >= 0 && value < 1).toBe(true);
      return value;
    });
    expect(mean).toBeCloseTo(1 / 2, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
  });

  it('gives another stream for another name, even one letter apart', () => {
    const first = (name: string): number => namedRandom(1, name)();
    const seen = new Set(Array.from({ length: 2_000 }, (_, index) => first(`loan|${index}`)));
    expect(seen.size).toBe(2_000);
    const { mean, variance } = drawMany(
      (
        (index) => () =>
          first(`loan|${(index += 1)}`)
      )(0),
    );
    expect(mean).toBeCloseTo(1 / 2, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
  });
});

describe('distributions', () => {
  it('have the mean and the variance they are named for', () => {
    const random = namedRandom(4, 'distributions');
    const normal = drawMany(() => drawNormal(random));
    expect(Math.abs(normal.mean)).toBeLessThan(0.03);
    expect(Math.abs(normal.variance - 1)).toBeLessThan(0.05);
    const poisson = drawMany(() => drawPoisson(random, 3));
    expect(Math.abs(poisson.mean - 3)).toBeLessThan(0.06);
    expect(Math.abs(poisson.variance - 3)).toBeLessThan(0.15);
  });

  it('stay inside their range', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 50 }), (seed, width) => {
        const random = namedRandom(seed, 'range');
        const drawn = drawInteger(random, -5, -5 + width);
        expect(drawn).toBeGreaterThanOrEqual(-5);
        expect(drawn).toBeLessThanOrEqual(-5 + width);
        expect(['a', 'b']).toContain(
          drawWeighted(random, [
            ['a', 1],
            ['b', 2],
            ['never', 0],
          ]),
        );
      }),
    );
  });

  it('round half away from zero', () => {
    expect([roundTo(2.5, 0), roundTo(-2.5, 0), roundTo(1.25, 1)]).toEqual([3, -3, 1.3]);
  });
});
