import { projectTests } from '../../vitest.base.ts';

export default projectTests('config', { lines: 92 });
