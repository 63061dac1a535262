/** What the environment variables are made of. */
export interface ClientFacts {
  readonly origin: string;
  readonly proxyUrl: string;
  readonly certificateFile: string;
  readonly caBundleFile: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  /** The group that the administrator is in: what people are granted, it is granted. */
  readonly operatorsGroupId: string;
  readonly stateFolder: string;
  /** What opens `/_control`. */
  readonly controlToken: string;
  readonly administrator: { readonly clientId: string; readonly clientSecret: string };
}

/** What any Node process needs so that Azure's clients in it reach and believe the local cloud. */
export function nodeClientEnvironment(certificateFile: string): Record<string, string> {
  const preload = new URL('preload.mjs', import.meta.url).href;
  return {
    NODE_EXTRA_CA_CERTS: certificateFile,
    NODE_OPTIONS: `--import=${preload}`,
    MISPRICED_LOCAL_CLOUD_CERTIFICATE: certificateFile,
  };
}

/**
 * What a shell, Pulumi, an SDK or `az` needs to reach the local cloud as its administrator. It
 * holds the administrator's secret and the token of `/_control`, which open nothing but this local
 * cloud.
 */
export function clientEnvironment(facts: ClientFacts): Record<string, string> {
  const { clientId, clientSecret } = facts.administrator;
  return {
    MISPRICED_LOCAL_CLOUD: facts.origin,
    MISPRICED_LOCAL_FOLDER: facts.stateFolder,
    MISPRICED_LOCAL_CONTROL_TOKEN: facts.controlToken,
    MISPRICED_LOCAL_OPERATORS_GROUP: facts.operatorsGroupId,
    ...nodeClientEnvironment(facts.certificateFile),
    SSL_CERT_FILE: facts.caBundleFile,
    REQUESTS_CA_BUNDLE: facts.caBundleFile,
    // For clients that cannot resolve `*.localhost`; to be set as HTTPS_PROXY for those alone.
    MISPRICED_LOCAL_CLOUD_PROXY: facts.proxyUrl,
    AZURE_AUTHORITY_HOST: facts.origin,
    AZURE_TENANT_ID: facts.tenantId,
    AZURE_SUBSCRIPTION_ID: facts.subscriptionId,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    AZURE_CORE_INSTANCE_DISCOVERY: 'false',
    AZURE_CORE_COLLECT_TELEMETRY: 'no',
    ARM_METADATA_HOSTNAME: new URL(facts.origin).host,
    ARM_DISABLE_INSTANCE_DISCOVERY: 'true',
    ARM_TENANT_ID: facts.tenantId,
    ARM_SUBSCRIPTION_ID: facts.subscriptionId,
    ARM_CLIENT_ID: clientId,
    ARM_CLIENT_SECRET: clientSecret,
  };
}
