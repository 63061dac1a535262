import type * as core from '@mispriced/core';

/** What a history plays: the product's own code, or a copy of it with a fault put in. */
export type Product = Pick<
  typeof core,
  | 'acquireRunLease'
  | 'booksOf'
  | 'createBlobObjectStore'
  | 'createKillSwitch'
  | 'createLedgerStore'
  | 'createLendingClubVenue'
  | 'createRunArchive'
  | 'lendingClubDeclaration'
  | 'migrateFirstLedger'
  | 'parseMoney'
  | 'readRuns'
  | 'reconcileAccount'
  | 'refuseFirstLedger'
  | 'runSlot'
>;
