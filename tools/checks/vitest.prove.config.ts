import { projectProofs } from '../../vitest.base.ts';

const config = projectProofs('checks', {
  also: ['doc-commands', 'nx-targets'].map((name) => `test/${name}.test.ts`),
});

/** As many pages at a time as there are cores on a small machine. */
export default { ...config, test: { ...config.test, maxConcurrency: 2 } };
