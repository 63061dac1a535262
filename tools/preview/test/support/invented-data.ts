import type { PreviewData } from '../../src/preview-data.ts';

/**
 * A preview of which everything is known.
 *
 * @param text Gives the texts that come from elsewhere; each is asked for by what it is.
 */
export function inventedData(text: (what: string) => string = (what) => what): PreviewData {
  const buy = {
    decision: 'buy',
    amount: text('25.00'),
    reason: text('edge'),
    edge: -0.05,
  } as const;
  const skip = { decision: 'skip', amount: '0.00', reason: text('within'), edge: -0.03 } as const;
  return {
    format: 2,
    pullRequest: 12,
    stack: text('pr-12'),
    target: 'local',
    commit: text('0123456789abcdef'),
    at: '2026-11-23T21:05:00.000Z',
    expiry: '2026-11-26T21:05:00.000Z',
    status: 'failed',
    error: { code: 'INTERNAL', message: text('it broke'), fix: text('mend it') },
    changes: [
      {
        operation: 'create',
        type: text('azure-native:web:WebApp'),
        name: text('app'),
        properties: [],
      },
      { operation: 'delete', type: 'x', name: text('old'), properties: [text('property')] },
      { operation: text('import'), type: 'x', name: 'y', properties: [] },
      { operation: 'replace', type: 'x', name: 'account', properties: ['location'] },
    ],
    findings: [{ rule: text('rule'), resource: text('resource'), message: text('finding') }],
    baseProblem: text('no package'),
    base: {
      reference: text('origin/main'),
      commit: text('fedcba'),
      packageBytes: 1_000_000,
      infrastructure: [
        { operation: 'update', type: 'x', name: text('container'), properties: ['publicAccess'] },
      ],
      stacks: [
        {
          stack: text('prod'),
          changes: [
            {
              operation: 'update',
              type: 'x',
              name: text('settings'),
              properties: [text('properties.MODE')],
            },
          ],
        },
        { stack: 'dev', changes: [] },
      ],
      stackSettings: [
        {
          name: text('infra/Pulumi.prod.yaml liveTrading'),
          before: text('"false"'),
          after: text('"true"'),
        },
        { name: 'infra/Pulumi.prod.yaml schedule', before: null, after: text('later') },
      ],
      differences: [
        { what: 'setting', name: text('threshold'), before: text('0.04'), after: null },
        { what: 'code', name: 'bundle', before: 'a', after: 'b' },
        { what: 'schedule', name: 'daily-trade', before: '3 25 15 * * *', after: text('later') },
      ],
    },
    packageBytes: 1_050_000,
    links: { status: text('https://app.example/api/status'), report: text('https://r.example/a') },
    run: {
      runId: text('mispriced-20260105T152503Z'),
      status: text('traded'),
      mode: text('paper'),
      listed: 250,
      scored: 240,
      decided: 3,
      bought: 2,
      spent: text('50.00'),
      model: text('lendingclub 1'),
    },
    decisions: {
      compared: 250,
      same: 247,
      changed: [
        { id: text('1001'), here: buy, base: skip },
        { id: text('1002'), here: skip, base: buy },
        { id: text('1003'), here: buy, base: null },
        { id: text('1004'), here: null, base: skip },
      ],
    },
  };
}
