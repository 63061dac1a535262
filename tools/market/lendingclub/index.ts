export type { MarketOptions } from './market-options.ts';
export type { OtherInvestors } from './other-investors.ts';
export type { Portfolio } from './portfolio.ts';
export type { LoanRow } from './replay/loan-row.ts';
export { loanToListing } from './replay/loan-to-listing.ts';
export type { MarketListing } from './replay/market-listing.ts';
export { readLoanFile } from './replay/read-loan-file.ts';
export type { RunningMarket } from '../http/serve-market.ts';
export { startMarket } from './start-market.ts';
