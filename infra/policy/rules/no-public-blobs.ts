import { isA, type Rule } from '../rule.ts';

/** The ledger and the models are nobody else's to read. */
export const noPublicBlobs: Rule = {
  name: 'no-public-blobs',
  description: 'Blobs can be read only by who is signed in, account-wide and in every container.',
  check(resource) {
    if (isA(resource, 'storage:StorageAccount')) {
      // Azure's default has changed over the years, so silence is not enough.
      return resource.props['allowBlobPublicAccess'] === false
        ? []
        : ['allowBlobPublicAccess has to be false.'];
    }
    if (isA(resource, 'storage:BlobContainer')) {
      const access = resource.props['publicAccess'];
      return access === undefined || access === 'None' ? [] : ['publicAccess has to be None.'];
    }
    return [];
  },
};
