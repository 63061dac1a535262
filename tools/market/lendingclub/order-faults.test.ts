import { describe, expect, it } from 'vitest';
import { createFaultsSchema } from '../faults/fault.ts';
import { orderFaults } from './order-faults.ts';
import { lendingClubApi } from './routes/api-routes.ts';

const faultsSchema = createFaultsSchema(lendingClubApi, orderFaults);

describe('a list of faults', () => {
  it('takes the least that says what is meant', () => {
    expect(faultsSchema.parse([{ route: 'POST /orders', fault: 'lost-answer' }])).toEqual([
      { route: 'POST /orders', fault: 'lost-answer', count: 1, after: 0 },
    ]);
    expect(faultsSchema.parse([{ route: '*', fault: 'status' }])[0]).toMatchObject({ status: 500 });
    expect(faultsSchema.parse([])).toEqual([]);
  });

  it.each([
    [{ route: 'GET /nowhere', fault: 'unreachable' }, 'must be * or end one of'],
    [{ route: 'GET /notes', fault: 'system-busy' }, 'for POST /orders only'],
    [{ route: 'GET /notes', fault: 'vanish' }, 'for POST /orders only'],
    [{ route: 'GET /notes', fault: 'partial-fill' }, 'for POST /orders only'],
    [{ route: 'POST /orders', fault: 'explode' }, 'fault'],
    [{ route: 'POST /orders', fault: 'lost-answer', count: 0 }, 'count'],
    [{ route: 'POST /orders', fault: 'lost-answer', after: -1 }, 'after'],
    [{ route: 'POST /orders', fault: 'lost-answer', status: 500 }, 'status'],
    [{ route: 'POST /orders', fault: 'status', status: 200 }, 'status'],
    [{ route: 'POST /orders', fault: 'slow' }, 'delayMilliseconds'],
    [{ route: 'POST /orders', fault: 'slow', delayMilliseconds: 1e9 }, 'delayMilliseconds'],
  ])('refuses %j', (fault, words) => {
    const result = faultsSchema.safeParse([fault]);
    expect(result.success).toBe(false);
    expect(JSON.stringify(result.error?.issues)).toContain(words);
  });
});
