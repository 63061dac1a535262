import type { ConfigKey, ValuesByKey } from '../schema/config-schema.ts';
import { rulesOver, type Finding } from './rule.ts';

const rule = rulesOver<ValuesByKey>();

/** Cents of an amount with two decimals: whole numbers far below the exact range of a double. */
function cents(amount: string): number {
  return Number(amount.replace('.', ''));
}

function exceeds(
  key: ConfigKey,
  amount: string,
  limit: { key: ConfigKey; amount: string },
): Finding<ConfigKey> | undefined {
  if (cents(amount) <= cents(limit.amount)) return undefined;
  return {
    key,
    message: `It is ${amount}, more than ${limit.key} (${limit.amount}), so nothing could ever be bought.`,
    fix: `Lower ${key} or raise ${limit.key}; to buy nothing, set kill_switch to true.`,
  };
}

const longer = ['limits.per_day', 'limits.per_month'] as const;

/** Limits that together leave nothing to buy are a mistake; the kill switch is the way to say so. */
export const limitRules = [
  rule(['limits.minimum_order', 'limits.per_order'], (values) =>
    exceeds('limits.minimum_order', values['limits.minimum_order'], {
      key: 'limits.per_order',
      amount: values['limits.per_order'],
    }),
  ),
  rule(['limits.step', 'limits.per_order'], (values) =>
    exceeds('limits.step', values['limits.step'], {
      key: 'limits.per_order',
      amount: values['limits.per_order'],
    }),
  ),
  rule(['limits.per_order', 'limits.per_run'], (values) =>
    exceeds('limits.per_order', values['limits.per_order'], {
      key: 'limits.per_run',
      amount: values['limits.per_run'],
    }),
  ),
  ...longer.map((key) =>
    rule(['limits.per_order', key], (values) => {
      const amount = values[key];
      return amount === undefined
        ? undefined
        : exceeds('limits.per_order', values['limits.per_order'], { key, amount });
    }),
  ),
];
