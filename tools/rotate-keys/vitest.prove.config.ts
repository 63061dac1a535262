import { projectProofs } from '../../vitest.base.ts';

export default projectProofs('rotate-keys');
