export { html, ownMarkup, type Html } from './html.ts';
export * from './render-report.ts';
export type * from './report-input.ts';
