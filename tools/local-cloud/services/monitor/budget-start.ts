import { badRequest } from '../engine/errors.ts';

/**
 * Refuses a budget whose start Azure would refuse: a monthly one begins in this month at the earliest,
 * any at most twelve months ahead, and one that is there keeps the start that it has.
 *
 * Source: the description of `timePeriod` in Microsoft.Consumption/budgets, and what Azure answers.
 */
export function checkBudgetStart(args: {
  startDate: string;
  timeGrain: string;
  existingStart: string | undefined;
  now: Date;
}): void {
  const month = (text: string) => text.slice(0, 7);
  const { startDate, timeGrain, existingStart, now } = args;
  if (existingStart !== undefined) {
    if (month(existingStart) === month(startDate)) return;
    throw badRequest(
      'Start date of budgets cannot be updated. Please delete and create a new budget.',
      '400',
    );
  }
  const thisMonth = month(now.toISOString());
  const lastMonth = `${now.getUTCFullYear() + 1}${thisMonth.slice(4)}`;
  if (timeGrain === 'Monthly' && month(startDate) < thisMonth) {
    throw badRequest(
      'Start date for monthly time grain should not be prior to the current month.',
      '400',
    );
  }
  if (month(startDate) > lastMonth) {
    throw badRequest('Start date of the budget cannot be more than 1 year into the future.', '400');
  }
}
