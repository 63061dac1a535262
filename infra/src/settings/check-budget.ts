import { firstOfMonth } from './examples.ts';
import type { Check } from './check.ts';

/**
 * What makes no budget. Azure takes one that begins in this month, or up to twelve months ahead; one
 * that is already there keeps the start that it has.
 */
export function checkBudget({ values, isMissing, now, budgetSince, mend }: Check): void {
  for (const key of ['budgetEmails', 'budgetStart'] as const) {
    if (values.budgetAmount !== undefined && isMissing(key)) {
      const message = 'a budget needs an amount, addresses to write to, and a first month.';
      mend.bySetting(key, message);
    }
    if (isMissing('budgetAmount') && !isMissing(key)) {
      mend.byRemoving(key, 'there is no budgetAmount to go with it.');
    }
  }
  const start = values.budgetStart;
  if (start === undefined) return;
  const thisMonth = firstOfMonth(now);
  if (!start.endsWith('-01')) {
    const message = `a budget starts on the first of a month, not on ${start}.`;
    mend.bySetting('budgetStart', message);
  } else if (start > `${Number(thisMonth.slice(0, 4)) + 1}${thisMonth.slice(4)}`) {
    const message = `${start} is more than twelve months ahead, which Azure refuses.`;
    mend.bySetting('budgetStart', message);
  } else if (start < thisMonth && budgetSince !== undefined && budgetSince !== start) {
    const message = `a new budget cannot start in a month that is over, as ${start} is.`;
    mend.bySetting('budgetStart', message);
  }
}
