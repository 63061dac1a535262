export { createReplayVenue, replayableVenues } from './create-replay-venue.ts';
