import { projectProofs } from '../../vitest.base.ts';

const config = projectProofs('rehearsal');

// Most of a rehearsal is waiting: two at once take little longer than one.
export default { ...config, test: { ...config.test, maxWorkers: 2 } };
