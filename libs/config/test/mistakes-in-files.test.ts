import { describe, expect, it } from 'vitest';
import { checkConfig } from '../src/index.ts';
import { onlyProblemOf, problemsOf } from './problems-of.ts';
import { defaultsText, marketEnvironment } from './texts.ts';

describe('mistakes in files', () => {
  it.each<[string, string, RegExp]>([
    [
      'an unknown key',
      'run:\n  mode: paper\n  treshold: 0.1',
      /^run\.treshold \| config\/prod\.yaml:3 \| There is no such key; did you mean run\.threshold\?/,
    ],
    [
      'a key of another section',
      'run:\n  per_order: 25',
      /^run\.per_order \| config\/prod\.yaml:2 \| .*did you mean limits\.per_order\?/,
    ],
    ['a key without its section', 'threshold: 0.1', /^threshold .*did you mean run\.threshold\?/],
    ['a key like no other', 'zzzzzzzz: 1', /There is no such key\. \| Take it out/],
    [
      'a section that is a value',
      'run: paper',
      /^run \| config\/prod\.yaml:1 \| It is a section and holds settings/,
    ],
    [
      'a value that is a list',
      'run:\n  mode: [paper]',
      /^run\.mode \| config\/prod\.yaml:2 \| It must be one value/,
    ],
    ['a list that is a value', 'own_data: prices.csv', /^own_data .* It must be a list/],
    ['a map that is a list', 'limits: { per_group: [1] }', /It must be names with a value each/],
    [
      'an entry of a map that is a list',
      'limits: { per_group: { 36: [1] } }',
      /^limits\.per_group\.36 .* It must be one value/,
    ],
    [
      'a word that is not of the list',
      'run: { mode: LIVE }',
      /^run\.mode .* "LIVE" must be paper or live; did you mean live\? \| Correct config\/prod\.yaml at line 1\./,
    ],
    ['a number out of range', 'run: { threshold: 4 }', /"4" must be a number from 0 to 1\./],
    ['a yes for a true', 'kill_switch: yes', /"yes" must be true or false\./],
    [
      'fractions of a cent',
      'limits: { per_order: 25.005 }',
      /"25\.005" must be an amount in dollars above zero with at most two decimals/,
    ],
    [
      'a schedule of five fields',
      'schedule: { daily_trade: 25 15 * * * }',
      /it has five: put the seconds in front/,
    ],
    [
      'an unknown time zone',
      'schedule: { time_zone: Europe/Lundon }',
      /"Europe\/Lundon" must be the name of a time zone .*did you mean Europe\/London\?/,
    ],
    [
      'a needed key set to nothing',
      'limits:\n  per_order:',
      /^limits\.per_order \| config\/prod\.yaml:2 \| It is needed, and set to nothing here\./,
    ],
    [
      'a secret in a committed file',
      'trading_api_key: abcdefghijkl',
      /^trading_api_key \| config\/prod\.yaml:1 \| A secret must not stand in a file that is committed/,
    ],
    [
      'a key twice',
      'run:\n  mode: paper\n  mode: live',
      /^- \| config\/prod\.yaml:3 \| The key stands there twice/,
    ],
    ['a tab', 'run:\n\tmode: paper', /^- \| config\/prod\.yaml:2 \| A tab is used to indent/],
    ['two documents', 'run:\n---\nrun:', /several documents/],
    [
      'an open quote',
      'run:\n  mode: "paper',
      /^- \| config\/prod\.yaml:\d \| A character is missing/,
    ],
    ['wrong indentation', 'run:\n   mode: paper\n  threshold: 1', /^- \| config\/prod\.yaml:\d/],
    ['a list for a file', '- run', /The file must hold sections and settings/],
    ['a text for a file', 'just words', /The file must hold sections and settings/],
    ['an alias', 'own_data: &a\n  - *a', /Only plain values, lists and maps may stand there/],
    ['a compound key', '? [a, b]\n: 1', /Only plain values, lists and maps may stand there/],
    ['an unknown tag', 'kill_switch: !yes true', /It is not YAML there/],
  ])('%s', async (_, yaml, expected) => {
    expect(await onlyProblemOf({ yaml })).toMatch(expected);
  });

  it('in a list, by item, field and line', async () => {
    const yaml = [
      'own_data:',
      '  - name: Unemployment Rate',
      '    format: cvs',
      '    file: a.csv',
      '  - name: income',
      '    format: csv',
      '    ulr: https://example.com/a.csv',
      '  - name: other',
      '    format: csv',
      '    file: a.csv',
      '    blob: data/a.csv',
    ].join('\n');
    const problems = await problemsOf({ yaml });
    expect(problems).toEqual([
      expect.stringMatching(/^own_data\[0\]\.name \| config\/prod\.yaml:2 \| It must be a name/),
      expect.stringMatching(/^own_data\[0\]\.format \| config\/prod\.yaml:3 \| It must be csv or/),
      expect.stringMatching(/^own_data\[1\].* There is no field ulr; did you mean url\?/),
      expect.stringMatching(/^own_data\[2\] \| config\/prod\.yaml:8 .* exactly one of file, url/),
    ]);
    const rest = yaml.replace('Unemployment Rate', 'a').replace('cvs', 'csv').replace('ulr', 'url');
    expect(
      await onlyProblemOf({
        yaml: rest.replace('\n    blob: data/a.csv', '').replace('other', 'income'),
      }),
    ).toMatch(/^own_data .* each has its own name/);
  });

  it('that are not there or cannot be read', async () => {
    const check = await checkConfig({
      stage: 'prod',
      readText: (path) =>
        path === 'config/local.yaml'
          ? Promise.reject(Object.assign(new Error('secret words'), { code: 'EACCES' }))
          : Promise.resolve(path === 'config/defaults.yaml' ? defaultsText : undefined),
      environment: marketEnvironment,
    });
    expect(check.problems.map((each) => [each.source?.where, each.message])).toEqual([
      ['config/prod.yaml', 'The file is not there.'],
      ['config/local.yaml', 'The file cannot be read (EACCES).'],
    ]);
  });

  it('are named after the file given on the command line too', async () => {
    expect(await onlyProblemOf({ file: 'run:\n  mod: paper\n' })).toMatch(
      /^run\.mod \| mine\.yaml:2/,
    );
  });

  it('leave the needed keys missing, each named, where there are no defaults', async () => {
    const problems = await problemsOf({ defaults: '' });
    expect(problems.length).toBeGreaterThan(20);
    expect(problems).toContainEqual(
      'run.threshold | nowhere | It is needed, and no layer sets it. | Set it in config/prod.yaml, or as MISPRICED__RUN__THRESHOLD.',
    );
  });
});
