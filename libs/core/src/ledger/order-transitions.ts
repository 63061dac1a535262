import type { OrderOutcome, OrderResultEntry } from '../domain/index.ts';

/** Where an order is: meant and perhaps sent, or as its latest result says. */
export type OrderState = 'intended' | OrderOutcome;

/** Who may move an order on, and on what evidence. */
export interface OrderTransition {
  readonly from: readonly OrderState[];
  readonly to: readonly OrderOutcome[];
  readonly source: OrderResultEntry['source'];
  readonly evidence: string;
}

const fills = ['filled', 'rounded', 'partly-filled'] as const;
const open = ['intended', 'unknown'] as const;

/**
 * Every way that an order may go. An order is written as intended before it is sent; that it was sent
 * is known to its own process alone, which is why an intent without a result may be anything.
 */
export const orderTransitions: readonly OrderTransition[] = [
  {
    from: ['intended'],
    to: [...fills, 'refused'],
    source: 'answer',
    evidence: 'the venue said so, in a body of its own',
  },
  {
    from: ['intended'],
    to: ['unknown'],
    source: 'answer',
    evidence: 'the attempt ended, and its answer does not say what became of the order',
  },
  {
    from: ['intended'],
    to: ['refused'],
    source: 'unsent',
    evidence: 'the process that wrote it knows that it never left',
  },
  {
    from: ['intended'],
    to: [...fills, 'refused'],
    source: 'paper',
    evidence: 'a fill model says so; nothing is ever sent on paper',
  },
  {
    from: open,
    to: ['filled', 'rounded'],
    source: 'read-back',
    evidence: 'the account shows all of it',
  },
  {
    from: open,
    to: ['unknown'],
    source: 'read-back',
    evidence: 'the account shows a part of it; the rest may still come',
  },
  {
    from: ['unknown'],
    to: ['refused', 'partly-filled'],
    source: 'read-back',
    evidence:
      'several readings did not show it, or no more of it, after the end of its attempt and the delay that the venue declares, or over run.release_after_hours where nobody saw that end',
  },
  {
    from: ['intended'],
    to: ['refused', 'partly-filled'],
    source: 'read-back',
    evidence:
      'readings over run.release_after_hours did not show it, or no more of it: no host can still be about to send it',
  },
  {
    from: open,
    to: ['refused', 'partly-filled'],
    source: 'closed-by-hand',
    evidence: 'a person said so, and a reading did not show it, or no more of it',
  },
  {
    from: ['refused'],
    to: fills,
    source: 'read-back',
    evidence: 'the account shows it after all: it is corrected, and charged',
  },
  {
    from: fills,
    to: fills,
    source: 'read-back',
    evidence: 'the account shows more of it than was said',
  },
];

/** The transition that a result makes, or null where there is no such way. */
export function findTransition(
  from: OrderState,
  result: Pick<OrderResultEntry, 'outcome' | 'source'>,
): OrderTransition | null {
  const found = orderTransitions.find(
    (each) =>
      each.source === result.source && each.from.includes(from) && each.to.includes(result.outcome),
  );
  return found ?? null;
}
