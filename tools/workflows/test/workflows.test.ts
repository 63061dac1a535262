import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runProgram } from '@mispriced/cli';
import { describe, expect, it } from 'vitest';
import { findActionlint } from './support/find-actionlint.ts';
import { wouldStart } from './support/run-job.ts';
import {
  everyStep,
  readWorkflow,
  repositoryRoot,
  workflowNames,
  workflowText,
} from './support/workflows.ts';

/** The actions of others that may be used, each at the commit that was looked at. */
const pins: Readonly<Record<string, string>> = {
  'actions/cache': '27d5ce7f107fe9357f9df03efb73ab90386fccae # v5.0.5',
  'actions/checkout': '3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
  'actions/setup-node': '820762786026740c76f36085b0efc47a31fe5020 # v7.0.0',
  'actions/upload-artifact': 'bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0',
  'azure/login': 'f5d393ae46f8fde4be8b75f32e3fc50e654ad0ca # v3.0.1',
};

/** The most that each job may have, and the environment whose identity it signs in as. */
const allowed: Readonly<Record<string, readonly [string | undefined, object]>> = {
  'ci/check': [undefined, { contents: 'read' }],
  'ci/test': [undefined, { contents: 'read' }],
  'ci/prove': [undefined, { contents: 'read' }],
  'ci/rehearse': [undefined, { contents: 'read' }],
  'deploy/dev': ['dev', { contents: 'read', 'id-token': 'write' }],
  'deploy/staging': ['staging', { contents: 'read', 'id-token': 'write' }],
  'deploy/prod': ['prod', { contents: 'read', 'id-token': 'write' }],
  'drift/drift': [
    '${{ matrix.stack }}-watch',
    { contents: 'read', 'id-token': 'write', issues: 'write' },
  ],
  'preview/up': ['preview', { contents: 'read', 'id-token': 'write' }],
  'preview/comment': [undefined, { actions: 'read', contents: 'read', 'pull-requests': 'write' }],
  'preview/down': ['preview', { contents: 'read', 'id-token': 'write' }],
  'preview/goodbye': [undefined, { contents: 'read', 'pull-requests': 'write' }],
  'preview-sweep/sweep': [
    'preview',
    { contents: 'read', 'id-token': 'write', 'pull-requests': 'read' },
  ],
  'rotate-keys/rotate': ['${{ matrix.stack }}', { contents: 'read', 'id-token': 'write' }],
};

it('has no workflow and no job that nobody looked at', () => {
  const jobs = workflowNames.flatMap((name) =>
    Object.keys(readWorkflow(name).jobs).map((job) => `${name}/${job}`),
  );
  expect(jobs.toSorted()).toEqual(Object.keys(allowed).toSorted());
});

it('finds nothing wrong by actionlint', async ({ skip }) => {
  const actionlint = findActionlint();
  if (actionlint === null) return skip();
  const { stdout } = await promisify(execFile)(actionlint, ['-no-color'], { cwd: repositoryRoot });
  expect(stdout).toBe('');
}, 300_000);

it('would find it by actionlint', async ({ skip }) => {
  const actionlint = findActionlint();
  if (actionlint === null) return skip();
  const wrong =
    'on: push\njobs: { a: { runs-on: ubuntu-24.04, steps: [{ run: "${{ githib.ref }}" }] } }';
  const checked = new Promise<string>((resolve) => {
    const child = execFile(actionlint, ['-no-color', '-'], (_error, stdout) => {
      resolve(stdout);
    });
    child.stdin?.end(wrong);
  });
  expect(await checked).toContain('undefined variable "githib"');
}, 300_000);

describe.each(workflowNames)('the workflow %s', (name) => {
  const workflow = readWorkflow(name);

  it('gives each job what it needs and nothing more', () => {
    expect(workflow.permissions).toEqual({});
    for (const [job, { permissions, environment }] of Object.entries(workflow.jobs)) {
      expect([environment, permissions]).toEqual(allowed[`${name}/${job}`]);
    }
  });

  it('uses actions of others at a commit only', () => {
    const action = readFileSync(join(repositoryRoot, '.github/actions/prepare/action.yml'), 'utf8');
    const used = [...`${workflowText(name)}\n${action}`.matchAll(/uses: (?!\.\/)(.+)/g)];
    expect(used.length).toBeGreaterThan(0);
    for (const [, reference = ''] of used) {
      const [whose = '', commit] = reference.split('@');
      expect([whose, commit]).toEqual([whose, pins[whose]]);
    }
  });

  it('never runs what others write with rights of ours', () => {
    const events = Object.keys(workflow.on);
    for (const event of ['pull_request_target', 'workflow_run', 'issue_comment']) {
      expect(events).not.toContain(event);
    }
    expect(workflowText(name)).not.toMatch(/secrets\.|secrets:\s*inherit/);
  });

  it('puts no text of an event into a shell, but by the environment', () => {
    for (const { run } of everyStep(workflow)) expect(run ?? '').not.toContain('${{');
  });

  it('leaves no token of its own in the clone', () => {
    for (const { uses, with: options } of everyStep(workflow)) {
      if (uses?.startsWith('actions/checkout@') !== true) continue;
      expect(options?.['persist-credentials']).toBe('false');
    }
  });

  it('is never stopped in the middle of a change', () => {
    const canChange = Object.values(workflow.jobs).some(({ environment }) => environment);
    const groups = [workflow, ...Object.values(workflow.jobs)].flatMap((each) =>
      each.concurrency === undefined ? [] : [each.concurrency['cancel-in-progress']],
    );
    if (canChange && name !== 'drift') expect(groups.length).toBeGreaterThan(0);
    if (canChange) expect(groups).not.toContain(true);
  });
});

it('calls commands that there are, with options that they have', async () => {
  const lines = workflowNames
    .flatMap((name) => everyStep(readWorkflow(name)))
    .flatMap(({ run }) => (run?.startsWith('npx mispriced ') === true ? [run] : []));
  const helps = new Map<string, string>();
  const help = async (command: string): Promise<string> => {
    let text = '';
    const write = (more: string): void => {
      text += more;
    };
    const streams = { stdout: { write }, stderr: { write } };
    await runProgram([command, '--help'], { ...streams, environment: {}, workingFolder: '.' });
    return text;
  };
  for (const line of lines) {
    const command = line.split(' ')[2] ?? '';
    const text = helps.get(command) ?? (await help(command));
    helps.set(command, text);
    for (const [option] of line.matchAll(/(?<=\s)--[a-z-]+/g)) {
      expect([line, option, text.includes(`  ${option} `)]).toEqual([line, option, true]);
    }
  }
  expect([...helps.keys()].toSorted()).toEqual([
    ...['deploy', 'drift', 'preview', 'preview-comment', 'preview-down', 'preview-sweep'],
    ...['rotate-keys', 'up'],
  ]);
}, 600_000);

describe('what a pull request starts', () => {
  const event = (action: string, from: string, user = 'someone') => ({
    github: {
      repository: 'someone/mispriced',
      event: {
        action,
        pull_request: { number: 12, head: { repo: { full_name: from } }, user: { login: user } },
      },
    },
  });
  const jobs = (contexts: ReturnType<typeof event>): string[] => {
    const started: string[] = [];
    for (const [name, job] of Object.entries(readWorkflow('preview').jobs)) {
      const isNeededThere = job.needs === undefined || started.includes(job.needs);
      const data = started.includes('up') ? '1' : '';
      const needs = { up: { outputs: { data } } };
      if (isNeededThere && wouldStart(job, { ...contexts, needs })) started.push(name);
    }
    return started;
  };

  it.each([
    ['opened', 'someone/mispriced', 'someone', ['up', 'comment']],
    ['synchronize', 'someone/mispriced', 'someone', ['up', 'comment']],
    ['reopened', 'someone/mispriced', 'someone', ['up', 'comment']],
    ['closed', 'someone/mispriced', 'someone', ['down', 'goodbye']],
    ['opened', 'stranger/mispriced', 'stranger', []],
    ['synchronize', 'stranger/mispriced', 'stranger', []],
    ['closed', 'stranger/mispriced', 'stranger', []],
    ['opened', 'someone/mispriced', 'dependabot[bot]', []],
  ])('%s from %s by %s', (action, from, user, expected) => {
    expect(jobs(event(action, from, user))).toEqual(expected);
  });

  it('never has its own code near a right to write, nor what that code may have left', () => {
    const { jobs: all } = readWorkflow('preview');
    const reviewed = '${{ github.event.repository.default_branch }}';
    const ofOthers = Object.values(all).filter(({ steps }) =>
      steps.some(
        ({ uses, with: options }) =>
          uses?.startsWith('actions/checkout@') === true && options?.['ref'] !== reviewed,
      ),
    );
    expect(ofOthers).toEqual([all['up']]);
    const mayWrite = Object.values(all).filter(({ permissions }) => permissions['pull-requests']);
    expect(mayWrite).toEqual([all['comment'], all['goodbye']]);
    for (const { steps, permissions } of [...mayWrite, all['down']].filter((job) => !!job)) {
      const prepare = steps.find(({ uses }) => uses === './.github/actions/prepare');
      expect(prepare?.with).toEqual({ cached: 'false' });
      expect([permissions['id-token'], permissions['pull-requests']]).toContain(undefined);
    }
  });

  it('is checked and tested wherever it comes from, without a cloud', () => {
    const { on, jobs: checks } = readWorkflow('ci');
    expect(Object.keys(on)).toContain('pull_request');
    const started = (event_name: string): string[] =>
      Object.entries(checks)
        .filter(([, job]) => wouldStart(job, { github: { event_name } }))
        .map(([name]) => name);
    expect(started('pull_request')).toEqual(['check', 'test']);
    expect(started('push')).toEqual(['check', 'test']);
    expect(started('schedule')).toEqual(['check', 'test', 'prove', 'rehearse']);
    for (const job of Object.values(checks)) expect(job.environment).toBe(undefined);
  });

  it('is checked by the commands that the build runs', () => {
    const build = readFileSync(join(repositoryRoot, '.ci/run'), 'utf8');
    const runs = everyStep(readWorkflow('ci')).flatMap(({ run }) => run ?? []);
    for (const run of [
      'npm ci --no-audit --no-fund',
      'npm run check',
      'npm test',
      'npm run prove',
    ]) {
      expect(runs).toContain(run);
      expect(build).toContain(run);
    }
  });
});

describe('what a deployment starts', () => {
  const started = (github: object, inputs: object = {}): string[] =>
    Object.entries(readWorkflow('deploy').jobs)
      .filter(([, job]) => wouldStart(job, { github, inputs }))
      .map(([name]) => name);

  it.each([
    [{ event_name: 'push', ref: 'refs/heads/main' }, {}, ['dev']],
    [{ event_name: 'push', ref: 'refs/tags/v1.2.0' }, {}, ['staging', 'prod']],
    [
      { event_name: 'workflow_dispatch', ref: 'refs/heads/main' },
      { until: 'staging' },
      ['staging'],
    ],
    [
      { event_name: 'workflow_dispatch', ref: 'refs/tags/v1.2.0' },
      { until: 'staging' },
      ['staging'],
    ],
    [
      { event_name: 'workflow_dispatch', ref: 'refs/heads/main' },
      { until: 'prod' },
      ['staging', 'prod'],
    ],
  ])('%j %j', (github, inputs, expected) => {
    expect(started(github, inputs)).toEqual(expected);
  });

  it('never reaches prod before staging', () => {
    expect(readWorkflow('deploy').jobs['prod']?.needs).toBe('staging');
  });
});
