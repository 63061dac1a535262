export { createLendingClubVenue, type LendingClubOptions } from './create-lending-club-venue.ts';
export { lendingClubName, parseLendingClubListing } from './parse-listing.ts';
