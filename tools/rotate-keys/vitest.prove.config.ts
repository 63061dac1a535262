import { projectProofs } from '../../vitest.base.ts';

export default projectProofs('rotate-keys', {
  also: ['consumers', 'faults', 'kills', 'other-consumers', 'repair'].map(
    (name) => `test/${name}.test.ts`,
  ),
});
