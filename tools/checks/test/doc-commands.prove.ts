import { describePages } from './describe-pages.ts';

describePages('with a local cloud');
