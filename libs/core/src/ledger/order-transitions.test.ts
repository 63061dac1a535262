import { expect, it } from 'vitest';
import { orderOutcomes, type OrderResultEntry } from '../domain/index.ts';
import { findTransition, orderTransitions, type OrderState } from './order-transitions.ts';

const states: readonly OrderState[] = ['intended', ...orderOutcomes];
const sources: readonly OrderResultEntry['source'][] = [
  ...(['answer', 'read-back', 'paper', 'unsent', 'closed-by-hand'] as const),
];

it('never takes back what was bought, whoever says so', () => {
  for (const from of ['filled', 'rounded', 'partly-filled'] as const) {
    for (const source of sources) {
      for (const outcome of ['refused', 'unknown'] as const) {
        expect(findTransition(from, { outcome, source })).toBeNull();
      }
    }
  }
});

it('lets nothing but the account correct a refusal', () => {
  const corrections = sources.filter(
    (source) => findTransition('refused', { outcome: 'filled', source }) !== null,
  );
  expect(corrections).toEqual(['read-back']);
});

it('has one way at most from a state to an outcome by one source', () => {
  for (const from of states) {
    for (const outcome of orderOutcomes) {
      for (const source of sources) {
        const ways = orderTransitions.filter(
          (way) => way.source === source && way.from.includes(from) && way.to.includes(outcome),
        );
        expect(ways.length).toBeLessThanOrEqual(1);
      }
    }
  }
});

it('can be reached in every part, and says on what evidence', () => {
  for (const { from, to, source, evidence } of orderTransitions) {
    expect(from.length * to.length).toBeGreaterThan(0);
    expect(sources).toContain(source);
    expect(evidence).toMatch(/\w{3}/);
  }
});
