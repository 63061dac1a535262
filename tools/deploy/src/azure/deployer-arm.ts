import { ArmClient, type ArmError } from '@mispriced/azure';
import { MispricedError } from '@mispriced/core';
import type { DeployDependencies } from './deploy-dependencies.ts';
import { deploymentFailed } from './deployment-failed.ts';

/**
 * The resource manager as whoever deploys asks it. Its calls throw a MispricedError
 * `CREDENTIAL_REFUSED` or `DEPLOYMENT_FAILED`.
 */
export function deployerArm(dependencies: DeployDependencies): ArmClient {
  const { endpoints, credential, fetch } = dependencies;
  const { resourceManager: endpoint, audience } = endpoints;
  const explain = (error: ArmError): MispricedError => explained(error, endpoint);
  return new ArmClient({ endpoint, audience, credential, fetch, clock: dependencies }, explain);
}

function explained(error: ArmError, endpoint: string): MispricedError {
  const { status, question, said, isRefusal } = error;
  if (status === null) {
    const fix = 'Check the network and try again.';
    return deploymentFailed(`${endpoint} cannot be reached.`, fix, error);
  }
  const message = `${question.method} ${question.path} answered ${status}: ${said}`;
  if (!isRefusal) {
    const fix = 'See what Azure says; the version that ran before runs on.';
    return deploymentFailed(message, fix, error);
  }
  return new MispricedError({
    code: 'CREDENTIAL_REFUSED',
    message,
    fix: 'Give whoever deploys the role Website Contributor on the resource group, and sign in to the right tenant.',
    cause: error,
  });
}
