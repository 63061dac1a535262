import { projectProofs } from '../../vitest.base.ts';

const config = projectProofs('environment', { also: ['test/environment.test.ts'] });

/** Each of the five stacks has a local cloud of its own, and waits for its engine half of the time. */
export default { ...config, test: { ...config.test, maxWorkers: 5 } };
