/** Whether somebody holds a role that grants something at a place, or above it. */
export interface Permissions {
  allows(args: {
    objectId: string;
    /** The resource id of what is touched. */
    scope: string;
    /** For example `Microsoft.KeyVault/vaults/secrets/getSecret/action`. */
    action: string;
    /** `actions` manage a resource; `dataActions` read or write what is in it. */
    kind: 'actions' | 'dataActions';
  }): boolean;
  /** Whether somebody holds any role at all in the subscription, which is what shows it to them. */
  hasAny(objectId: string): boolean;
}
