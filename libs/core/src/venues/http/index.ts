export type { Revealable, VenueRuntime } from './venue-runtime.ts';
