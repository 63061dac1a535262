import { projectProofs } from '../../vitest.base.ts';

const config = projectProofs('environment');

/** Each stack has a local cloud of its own, and its engine waits a lot: as many as there are cores. */
export default { ...config, test: { ...config.test, maxWorkers: '100%' } };
