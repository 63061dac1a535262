export { createLendingClubVenue, type LendingClubOptions } from './create-lending-club-venue.ts';
export { lendingClubDeclaration } from './declaration.ts';
export { venueLimits } from './limits.ts';
export { lendingClubName, parseLendingClubListing } from './parse-listing.ts';
