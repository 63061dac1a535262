import { projectProofs } from '../../vitest.base.ts';

export default projectProofs('cli', { also: ['test/real-loans.test.ts', 'test/slots.test.ts'] });
