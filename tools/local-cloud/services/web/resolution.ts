import type { KeyVaultReference } from './key-vault-reference.ts';

/** Every status that Azure knows of a reference. */
export type ReferenceStatus =
  | 'Initialized'
  | 'Resolved'
  | 'InvalidSyntax'
  | 'MSINotEnabled'
  | 'VaultNotFound'
  | 'SecretNotFound'
  | 'SecretVersionNotFound'
  | 'AccessToKeyVaultDenied'
  | 'OtherReasons'
  | 'FetchTimedOut'
  | 'UnauthorizedClient';

/** What came of an attempt to fetch a reference's secret. */
export interface Resolution {
  readonly status: ReferenceStatus;
  readonly details: string;
  readonly reference: KeyVaultReference | null;
  readonly identityType: 'SystemAssigned' | 'UserAssigned';
  readonly activeVersion: string | null;
  /** The secret's value when resolved. */
  readonly value: string | null;
}
