import { projectTests } from '../../vitest.base.ts';

export default projectTests('core', { coverage: { lines: 90 } });
