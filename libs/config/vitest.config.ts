import { projectTests } from '../../vitest.base.ts';

// The official client of managed identities keeps what it has learned for the whole process.
export default projectTests('config', { coverage: { lines: 92 }, isolate: true });
