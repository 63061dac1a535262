import { projectProofs } from '../../vitest.base.ts';

const config = projectProofs('checks', { also: ['test/nx-targets.test.ts'] });

/** As many pages at a time as there are cores on a small machine. */
export default { ...config, test: { ...config.test, maxConcurrency: 2 } };
