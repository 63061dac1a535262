export * from './paper-venue.ts';
export * from './place-orders.ts';
export * from './settle-orders.ts';
