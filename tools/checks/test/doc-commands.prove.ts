import { describePages } from './describe-pages.ts';

describePages('under docs/');
