/** How Azure, or what stands in for it, is reached. */
export interface AzureEndpoints {
  /** The resource manager, without a slash at its end. */
  readonly resourceManager: string;
  /** What a token for it has to be for. */
  readonly audience: string;
  /** The address of a host that the resource manager names; https everywhere but in tests. */
  readonly addressOf: (host: string) => string;
}

/** The public cloud. */
export const publicCloud: AzureEndpoints = {
  resourceManager: 'https://management.azure.com',
  audience: 'https://management.azure.com',
  addressOf: (host) => `https://${host}`,
};

/** A cloud whose resource manager is elsewhere, such as the local cloud. */
export function endpointsAt(resourceManager: string): AzureEndpoints {
  return { ...publicCloud, resourceManager: resourceManager.replace(/\/+$/, '') };
}
