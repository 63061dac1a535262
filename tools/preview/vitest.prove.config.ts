import { projectProofs } from '../../vitest.base.ts';

export default projectProofs('preview', {
  also: ['src/comment/render-comment.test.ts', 'test/base.test.ts'],
});
