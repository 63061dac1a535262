import { describe, expect, it } from 'vitest';
import { keepsState, parseStackName, type Stack } from './stack.ts';

describe('parseStackName', () => {
  it.each(['dev', 'staging', 'prod', 'local'] as const)('knows %s', (name) => {
    expect(parseStackName(name)).toEqual({ name, kind: name, pullRequest: null });
  });

  it('takes the pull request from the name of a preview', () => {
    expect(parseStackName('pr-12')).toEqual({ name: 'pr-12', kind: 'preview', pullRequest: 12 });
  });

  it.each(['', 'Prod', 'production', 'pr-0', 'pr-', 'pr-012', 'pr-1234567', 'pr-1 ', 'dev2'])(
    'refuses %j with a sentence that names it',
    (name) => {
      expect(parseStackName(name)).toContain(`"${name}"`);
    },
  );

  it('keeps the state of prod alone', () => {
    const kept = ['dev', 'staging', 'prod', 'local', 'pr-3'].filter((name) =>
      keepsState(parseStackName(name) as Stack),
    );
    expect(kept).toEqual(['prod']);
  });
});
