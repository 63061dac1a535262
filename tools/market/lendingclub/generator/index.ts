export {
  loansToCsv,
  stateUnemploymentToCsv,
  writeGeneratedMarket,
  zip3IncomeToCsv,
} from './csv.ts';
export {
  demoMarketSeed,
  generateLoans,
  type GeneratedMarket,
  type StateUnemploymentRow,
  type Zip3IncomeRow,
} from './generate-loans.ts';
export { loanColumns, type LoanRow } from './loan-row.ts';
