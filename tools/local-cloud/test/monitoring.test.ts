import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

let test: TestCloud;
let group: string;
beforeAll(async () => {
  test = await startTestCloud();
  group = `/subscriptions/${test.cloud.subscriptionId}/resourceGroups/watched`;
  await test.cloud.request('PUT', `${group}?api-version=2024-03-01`, { location: 'westeurope' });
});
afterAll(() => test.close());

async function put(
  path: string,
  body: unknown,
): Promise<{ status: number; text: string; id: string }> {
  const answered = await test.cloud.request('PUT', `${group}${path}`, body);
  const { id } = answered.body as { id?: string };
  return { status: answered.status, text: JSON.stringify(answered.body), id: id ?? '' };
}

describe('monitoring resources', () => {
  it('keeps a workspace, insights on it, and settings on both', async () => {
    const insights = '/providers/Microsoft.Insights/components/ai?api-version=2020-02-02';
    const workspace = `${group}/providers/Microsoft.OperationalInsights/workspaces/logs`;
    const body = {
      location: 'westeurope',
      kind: 'web',
      properties: { Application_Type: 'web', WorkspaceResourceId: workspace },
    };
    expect((await put(insights, body)).status).toBe(404);
    const made = await put(
      '/providers/Microsoft.OperationalInsights/workspaces/logs?api-version=2023-09-01',
      { location: 'westeurope' },
    );
    expect(made.text).toContain('customerId');
    const component = await put(insights, body);
    expect([component.status, component.text]).toEqual([
      200,
      expect.stringMatching(/"ConnectionString":"InstrumentationKey=[0-9a-f-]{36};/),
    ]);
    const setting = await test.cloud.request(
      'PUT',
      `${component.id}/providers/Microsoft.Insights/diagnosticSettings/all?api-version=2021-05-01-preview`,
      { properties: { workspaceId: workspace, logs: [{ categoryGroup: 'audit', enabled: true }] } },
    );
    expect(setting.status).toBe(200);
    await test.cloud.request('DELETE', `${component.id}?api-version=2020-02-02`);
    const left = test.cloud.context.resources.ofType('Microsoft.Insights/diagnosticSettings');
    expect(left).toEqual([]);
  });

  it('refuses a budget with a start that Azure would refuse', async () => {
    const path = '/providers/Microsoft.Consumption/budgets/monthly?api-version=2024-08-01';
    const budget = (startDate: string, amount = 50): object => ({
      properties: { category: 'Cost', amount, timeGrain: 'Monthly', timePeriod: { startDate } },
    });
    const firstOfMonth = (later: number): string => {
      const now = new Date();
      const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + later, 1));
      return first.toISOString().replace('.000Z', 'Z');
    };
    const refusal = async (startDate: string) => (await put(path, budget(startDate))).text;
    expect(await refusal(firstOfMonth(0).replace('-01T', '-15T'))).toContain('first of a month');
    expect(await refusal(firstOfMonth(-1))).toContain('prior to the current month');
    expect(await refusal(firstOfMonth(13))).toContain('more than 1 year into the future');
    expect((await put(path, budget(firstOfMonth(0)))).status).toBe(201);
    expect((await put(path, budget(firstOfMonth(0), 60))).status).toBe(200);
    expect(await refusal(firstOfMonth(1))).toContain('Start date of budgets cannot be updated');
  });

  it('refuses a version that a type never had, and none at all', async () => {
    const path = '/providers/Microsoft.Insights/actionGroups/people';
    expect((await put(`${path}?api-version=1999-01-01`, {})).text).toContain(
      'NoRegisteredProviderFound',
    );
    expect((await put(path, {})).text).toContain('MissingApiVersionParameter');
  });
});
