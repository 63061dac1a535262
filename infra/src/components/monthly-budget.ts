import { Budget } from '@pulumi/azure-native/consumption/budget.js';
import * as pulumi from '@pulumi/pulumi';
import { resourceName } from '../naming.ts';
import type { Budget as BudgetSettings } from '../settings/settings.ts';
import type { Stack } from '../stack.ts';

/**
 * Writes to people when the environment has cost, or is on the way to cost, too much in a month.
 * Azure only tells: it stops nothing.
 */
export class MonthlyBudget extends pulumi.ComponentResource {
  constructor(
    name: string,
    args: { stack: Stack; budget: BudgetSettings; resourceGroupId: pulumi.Input<string> },
    options: pulumi.ComponentResourceOptions = {},
  ) {
    super('mispriced:infra:MonthlyBudget', name, {}, options);
    const { budget } = args;
    if (!budget.startDate.endsWith('-01')) {
      throw new TypeError(`startDate is ${budget.startDate}, which is not the first of a month.`);
    }
    const notice = (threshold: number, thresholdType: 'Actual' | 'Forecasted') => ({
      enabled: true,
      operator: 'GreaterThanOrEqualTo',
      threshold,
      thresholdType,
      contactEmails: budget.emails,
    });
    new Budget(
      resourceName('budget', args.stack),
      {
        scope: args.resourceGroupId,
        category: 'Cost',
        amount: budget.monthlyAmount,
        timeGrain: 'Monthly',
        timePeriod: { startDate: `${budget.startDate}T00:00:00Z` },
        notifications: { spent: notice(80, 'Actual'), expected: notice(100, 'Forecasted') },
      },
      // Azure does not let the start of a budget be moved.
      { parent: this, replaceOnChanges: ['timePeriod.startDate'] },
    );
    this.registerOutputs({});
  }
}
