import { projectProofs } from '../../vitest.base.ts';

export default projectProofs('local-cloud', { also: ['provider/test/engine.test.ts'] });
