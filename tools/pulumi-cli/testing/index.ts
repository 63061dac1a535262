export { pulumiOrSkip } from './pulumi-or-skip.ts';
