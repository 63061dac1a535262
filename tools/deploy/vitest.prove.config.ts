import { projectProofs } from '../../vitest.base.ts';

export default projectProofs('deploy', {
  also: ['affected', 'deploy', 'killed'].map((name) => `test/${name}.test.ts`),
});
