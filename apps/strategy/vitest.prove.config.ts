import { projectTests } from '../../vitest.base.ts';

const config = projectTests('strategy-prove');

/** The long matrices: what `npm test` holds a chosen subset of. */
export default { ...config, test: { ...config.test, include: ['**/*.prove.ts'] } };
