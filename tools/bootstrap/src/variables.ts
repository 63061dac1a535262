import type { BootstrapRequest } from './bootstrap-request.ts';
import type { GitHubEnvironment } from './github-environments.ts';
import type { Names } from './names.ts';

/** The variables of one environment of the repository. None of them is a secret. */
export type EnvironmentVariables = Readonly<Record<string, string>>;

/** What the workflows read in an environment, once its identity's client id is known. */
export function variablesOf(args: {
  request: BootstrapRequest;
  names: Names;
  environment: GitHubEnvironment;
  clientId: string;
}): EnvironmentVariables {
  const { request, names } = args;
  const state = names.state(args.environment.stage);
  return {
    AZURE_CLIENT_ID: args.clientId,
    AZURE_TENANT_ID: request.tenantId,
    AZURE_SUBSCRIPTION_ID: request.subscriptionId,
    PULUMI_BACKEND_URL: `azblob://${state}?storage_account=${names.account}`,
    MISPRICED_SECRETS_PROVIDER: `azurekeyvault://${names.vault}.${request.vaultSuffix}/keys/${state}`,
  };
}

/** The commands that give them to GitHub. */
export function gitHubCommands(
  repository: string,
  environments: Readonly<Record<string, EnvironmentVariables>>,
): readonly string[] {
  return Object.entries(environments).flatMap(([environment, variables]) => [
    `gh api --silent --method PUT repos/${repository}/environments/${environment}`,
    ...Object.entries(variables).map(
      ([name, value]) =>
        `gh variable set ${name} --repo ${repository} --env ${environment} --body '${value}'`,
    ),
  ]);
}
