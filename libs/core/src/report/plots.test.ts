import fc from 'fast-check';
import { type HTMLElement, parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../domain/decision.ts';
import { edgePlot } from './edge-plot.ts';
import { paddedDomain } from './padded-domain.ts';
import { plotArea } from './plot-frame.ts';
import { plotsSection } from './plots-section.ts';
import { scorePlot } from './score-plot.ts';
import { scoredPoints, thinPoints } from './scored-points.ts';
import { buy, decision, manifest, reportInput } from './test/invented-run.ts';

const mixed = [
  buy('a', 0.02),
  buy('b', 0.05),
  decision({ id: 'c', q: 0.06, reason: 'cash-limit' }),
  decision({ id: 'd', q: 0.08 }),
  decision({ id: 'e', q: 0.4 }),
  decision({ id: 'f', r: null, q: null, edge: null, reason: 'no-own-data' }),
];

function numbers(element: HTMLElement, ...names: string[]): number[] {
  return names.map((name) => Number(element.attributes[name]));
}

describe('the points of the plots', () => {
  it('are the scored securities, by what became of them', () => {
    const kinds = scoredPoints(mixed, 0.04).map(({ id, kind }) => `${id} ${kind}`);
    expect(kinds).toEqual(['a buy', 'b buy', 'c missed', 'd within', 'e within']);
    expect(scoredPoints(mixed, null).filter(({ kind }) => kind === 'missed')).toEqual([]);
  });

  it('are thinned to a number a page bears, and what was bought last of all', () => {
    const many = scoredPoints(
      Array.from({ length: 5_000 }, (_, i) => (i < 30 ? buy(`${i}`) : decision({ id: `${i}` }))),
      0.04,
    );
    const thin = thinPoints(many, 200);
    expect(thin).toHaveLength(200);
    expect(new Set(thin).size).toBe(200);
    expect(thin.slice(-30).every(({ kind }) => kind === 'buy')).toBe(true);
    expect(Number(thin[169]?.id)).toBeGreaterThan(4_900);
    expect(thinPoints(many.slice(0, 30), 10)).toHaveLength(10);
  });
});

describe('the distribution of the edge', () => {
  it('draws as many as there are, and parts them at the threshold', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0, max: 0.2, noNaN: true }),
        (edges, threshold) => {
          const decisions = edges.map((edge, i) => decision({ id: `${i}`, edge }));
          const svg = parse(edgePlot(scoredPoints(decisions, threshold), threshold).toString());
          const line = Number(
            /M([\d.-]+) /.exec(svg.querySelector('.threshold')?.attributes['d'] ?? '')?.[1],
          );
          const bars = svg.querySelectorAll('rect.bar');
          // Height is proportional to count, so the shares of the area must be those of the edges.
          const area = (some: readonly HTMLElement[]): number =>
            some.reduce((sum, bar) => sum + (numbers(bar, 'height')[0] ?? 0), 0);
          const beyond = bars.filter((bar) => bar.classList.contains('beyond'));
          const expected = edges.filter((edge) => edge * 100 < -threshold * 100).length;
          expect(area(beyond) / area(bars)).toBeCloseTo(expected / edges.length, 1);
          for (const bar of bars) {
            const [x = 0, y = 0, width = 0, height = 0] = numbers(bar, 'x', 'y', 'width', 'height');
            expect(y + height).toBeCloseTo(plotArea.bottom, 1);
            expect(y).toBeGreaterThanOrEqual(plotArea.top);
            if (bar.classList.contains('beyond')) expect(x + width).toBeLessThanOrEqual(line + 0.6);
            else expect(x).toBeGreaterThanOrEqual(line - 0.6);
          }
        },
      ),
    );
  });

  it('tells in words what it shows', () => {
    const svg = parse(edgePlot(scoredPoints(mixed, 0.04), 0.04).toString());
    expect(svg.querySelector('desc')?.text).toBe(
      'Of 5 scored securities, 3 lie beyond the threshold. The median edge is −6.0 percentage points, the best −10.0.',
    );
    expect(svg.querySelector('.note')?.text).toBe('threshold −4.0 points');
  });

  it('labels a threshold on the right to its left', () => {
    const svg = parse(edgePlot(scoredPoints([buy('a', 0)], 0.01), 0.01).toString());
    expect(svg.querySelector('.note')?.attributes['text-anchor']).toBe('end');
  });
});

describe('the model against the market', () => {
  it('places each security by its two risks, the candidates below the line', () => {
    const points = scoredPoints(mixed, 0.04);
    const svg = parse(scorePlot(points, 0.04).toString());
    const marks = svg.querySelectorAll('path.point');
    expect(marks).toHaveLength(points.length);
    const heights = marks.map(({ attributes }) =>
      Number(/translate\([\d.]+ ([\d.]+)\)/.exec(attributes['transform'] ?? '')?.[1]),
    );
    // A higher risk by the model stands higher, which is a smaller y.
    expect(heights).toEqual(heights.toSorted((a, b) => b - a));
    expect(svg.querySelector('.buy title')?.text).toBe(
      'a: q 2.0 %, r 12.0 %, edge −10.0 points'.replaceAll(' %', '\u00A0%'),
    );
    expect(svg.querySelector('.within title')).toBeNull();
  });
});

describe('the section of plots', () => {
  it('has one curve a group, and says how many groups have none', () => {
    const groups = ['36', '60', '84', '12', '24', '48'];
    const decisions = groups.map((group, i) => decision({ id: group, group, q: 0.1 + i / 100 }));
    const curve = { prices: [6, 12], risks: [0.1, 0.2] };
    const riskCurves = Object.fromEntries(groups.slice(0, 5).map((group) => [group, curve]));
    const input = reportInput({ decisions, manifest: { ...manifest, riskCurves } });
    const page = parse(plotsSection(input).toString());
    expect(page.querySelectorAll('h3').map(({ text }) => text)).toEqual([
      'How many securities at each edge',
      'The model against the market',
      'Risk curve of group 12',
      'Risk curve of group 36',
      'Risk curve of group 60',
      'Risk curve of group 84',
    ]);
    expect(page.querySelector('p.more')?.text).toBe('2 more groups are not drawn.');
  });

  it('draws without a threshold and without a model', () => {
    const page = parse(plotsSection(reportInput({ threshold: null, manifest: null })).toString());
    expect(page.querySelectorAll('figure')).toHaveLength(2);
    expect(page.querySelectorAll('.threshold, .zone')).toHaveLength(0);
    expect(page.text).not.toContain('candidates');
  });

  it('writes only numbers, whatever was scored', () => {
    const share = fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true }));
    const price = fc.double({ noNaN: true, noDefaultInfinity: true });
    const scored: fc.Arbitrary<Decision> = fc
      .record({ r: share, q: share, price, group: fc.constantFrom('36', '60') })
      .map((row) => decision(row));
    fc.assert(
      fc.property(fc.array(scored, { minLength: 1, maxLength: 12 }), (decisions) => {
        const section = plotsSection(reportInput({ decisions })).toString();
        expect(section).not.toMatch(/NaN|Infinity|undefined/);
      }),
      { numRuns: 200 },
    );
  });
});

describe('paddedDomain', () => {
  it('leaves room on both sides, and has a range whatever it is given', () => {
    expect(paddedDomain([0, 10], 0.1)).toEqual([-1, 11]);
    expect(paddedDomain([5], 0.1)).toEqual([4.5, 5.5]);
    expect(paddedDomain([0], 0.1)).toEqual([-0.1, 0.1]);
    expect(paddedDomain([])).toEqual([0, 1]);
  });
});
