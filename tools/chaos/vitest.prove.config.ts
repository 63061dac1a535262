import { projectProofs } from '../../vitest.base.ts';

export default projectProofs('chaos');
