export * from './paper-venue.ts';
export * from './place-orders.ts';
export * from './refuse-closed-venue.ts';
