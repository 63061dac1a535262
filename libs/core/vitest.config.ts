import { projectTests } from '../../vitest.base.ts';

export default projectTests('core', { lines: 90 });
