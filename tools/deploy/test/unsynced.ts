import type { Fault } from '@mispriced/local-cloud';

/** The next two lists of functions are not there, as of a platform that has not noticed yet. */
export const unsynced: Fault = {
  service: 'resource-manager',
  method: 'GET',
  path: '/functions$',
  kind: 'status',
  status: 404,
  skip: 0,
  count: 2,
};
