import { describe, expect, it } from 'vitest';
import { checkTarget } from './check-target.ts';

const target = { platform: 'linux', arch: 'x64', nodeVersions: ['22', '24'] };
const machine = { kind: 'functionapp,linux', runtimeName: 'node', runtimeVersion: '24' };

describe('checkTarget', () => {
  it('takes an app that runs what the package needs', () => {
    expect(checkTarget(target, machine)).toEqual([]);
  });

  it.each([
    [{ kind: 'functionapp' }, 'is of kind functionapp'],
    [{ runtimeName: 'python' }, 'runtime is python'],
    [{ runtimeName: null, runtimeVersion: null }, 'runtime is not set'],
    [{ runtimeVersion: '20' }, 'runs Node 20, and the package needs one of 22, 24'],
  ])('refuses %j', (change, words) => {
    const problems = checkTarget(target, { ...machine, ...change });
    expect(problems.map(({ message }) => message).join()).toContain(words);
  });
});
