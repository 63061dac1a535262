/** How long a lease holds unless it is renewed: what the host asks for a timer's singleton lock. */
export const leaseDurationSeconds = 60;

/** The container in which every host on a storage account keeps its state. */
export const hostContainerName = 'azure-webjobs-hosts';

/**
 * The part of Blob storage that a host needs: small texts by name, and leases on them, all in the
 * container `azure-webjobs-hosts`. Every method rejects when the storage cannot be reached.
 */
export interface HostStateStore {
  /** The text under this name, null where there is none. */
  read(blobName: string): Promise<string | null>;
  write(blobName: string, text: string): Promise<void>;
  /** The id of a lease of 60 seconds, null while somebody else holds it. */
  acquireLease(args: { readonly blobName: string; readonly owner: string }): Promise<string | null>;
  /** False when the lease is no longer ours. */
  renewLease(args: { readonly blobName: string; readonly leaseId: string }): Promise<boolean>;
  /** Does nothing when the lease is no longer ours. */
  releaseLease(args: { readonly blobName: string; readonly leaseId: string }): Promise<void>;
}
