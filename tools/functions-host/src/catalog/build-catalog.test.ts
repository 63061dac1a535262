import { describe, expect, it } from 'vitest';
import type { BindingInfo } from '../worker/protocol.ts';
import { buildCatalog } from './build-catalog.ts';

function catalogOf(
  bindings: Readonly<Record<string, BindingInfo>>,
  options: { readonly name?: string; readonly settings?: Record<string, string> } = {},
) {
  return buildCatalog({
    registered: [{ name: options.name ?? 'job', bindings }],
    settings: options.settings ?? {},
    routePrefix: 'api',
    now: new Date('2026-11-02T09:00:00.250Z'),
  });
}

const timer = (options: object): Readonly<Record<string, BindingInfo>> => ({
  myTimer: { type: 'timerTrigger', direction: 'in', schedule: '0 0 9 * * *', ...options },
});

describe('what an app registers', () => {
  it('is a timer with its monitor on unless switched off (TimerSchedule.cs)', () => {
    const [first] = catalogOf(timer({})).functions;
    expect(first?.trigger).toMatchObject({ kind: 'timer', useMonitor: true, runOnStartup: false });
    const [second] = catalogOf(timer({ useMonitor: false, runOnStartup: true })).functions;
    expect(second?.trigger).toMatchObject({ useMonitor: false, runOnStartup: true });
  });

  it('loses its monitor when it fires more than once a minute, even if it asks for one', () => {
    const [often] = catalogOf(timer({ schedule: '*/30 * * * * *', useMonitor: true })).functions;
    expect(often?.trigger).toMatchObject({ useMonitor: false });
  });

  it('is set aside with a reason when its schedule is wrong, and the others run', () => {
    const catalog = buildCatalog({
      registered: [
        { name: 'bad', bindings: timer({ schedule: '0 0 9 * * 7' }) },
        { name: 'good', bindings: timer({}) },
      ],
      settings: {},
      routePrefix: 'api',
      now: new Date('2026-11-02T09:00:00Z'),
    });
    expect(catalog.functions.map(({ name }) => name)).toEqual(['good']);
    expect(catalog.errors['bad']).toContain(
      "The 'bad' function is in error: The schedule expression '0 0 9 * * 7' was not recognized",
    );
  });

  it.each([
    ['a queue', { q: { type: 'queueTrigger', queueName: 'x' } }, "type 'queueTrigger' is not supp"],
    [
      'an output to a queue',
      { ...timer({}), out: { type: 'queue', direction: 'out' as const } },
      "type 'queue' is not supported by this host double",
    ],
    ['no trigger', { $return: { type: 'http', direction: 'out' as const } }, 'has no trigger'],
    ['an option of the wrong type', timer({ runOnStartup: 'yes' }), 'runOnStartup: '],
    ['a setting that is missing', timer({ schedule: '%SCHEDULE%' }), '%SCHEDULE% in'],
    ['a built-in route', { r: { type: 'httpTrigger', route: '{odd}{route}' } }, 'not understood'],
  ])('is refused with %s', (_what, bindings, reason) => {
    expect(catalogOf(bindings).errors['job']).toContain(reason);
  });

  it('may not take a route of the host, nor a name that is none', () => {
    const registered = [
      { name: 'job', bindings: { r: { type: 'httpTrigger', route: 'admin/x' } } },
      { name: '9 lives', bindings: timer({}) },
    ];
    const now = new Date('2026-11-02T09:00:00Z');
    const { errors } = buildCatalog({ registered, settings: {}, routePrefix: '', now });
    expect(errors['job']).toContain('conflicts with one or more built in routes');
    expect(errors['9 lives']).toContain('is not a valid function name');
  });

  it.each([
    'AzureWebJobs.job.Disabled',
    'AzureWebJobs_job_Disabled',
    'AzureWebJobs__job__Disabled',
  ])('is switched off by the setting %s', (setting) => {
    const isDisabled = (value: string) =>
      catalogOf(timer({}), { settings: { [setting]: value } }).functions[0]?.isDisabled;
    expect([isDisabled('true'), isDisabled('1')]).toEqual([true, true]);
    expect([isDisabled('false'), isDisabled('0')]).toEqual([false, false]);
  });
});
