import { projectProofs } from '../../vitest.base.ts';

export default projectProofs('strategy', {
  also: ['app/late-runs', 'app/time-zones', 'crash/kill-switch'].map(
    (name) => `test/${name}.test.ts`,
  ),
});
