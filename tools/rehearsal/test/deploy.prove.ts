import { describeDeployments } from './support/describe-deployments.ts';

describeDeployments({ all: true });
