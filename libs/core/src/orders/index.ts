export * from './paper-venue.ts';
export * from './place-orders.ts';
