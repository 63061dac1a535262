import { decisionsSection } from './decisions-section.ts';
import { formatMoment } from './format-values.ts';
import { headerSection, tilesSection } from './header-section.ts';
import { html, ownMarkup } from './html.ts';
import { modelSection } from './model-section.ts';
import { noticesSection } from './notices-section.ts';
import { ordersSection } from './orders-section.ts';
import { pathSection } from './path-section.ts';
import { plotsSection } from './plots-section.ts';
import type { ReportInput } from './report-input.ts';
import { reportStyle } from './report-style.ts';
import { settingsSection } from './settings-section.ts';

/** Nothing may be loaded and no script may run, even should a venue's text ever escape escaping. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * Writes a run as one HTML page that needs nothing else: no request, no script, no font. It can be
 * mailed, kept with the archive, printed, and read with a keyboard or a screen reader. Everything
 * from outside (ids, a venue's words, error messages) is escaped.
 */
export function renderReport(run: ReportInput): string {
  const { summary } = run;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${summary.runId}: ${summary.status}</title>
        <style>
          ${ownMarkup(reportStyle)}
        </style>
      </head>
      <body>
        ${headerSection(run)}
        <main>
          ${noticesSection(run)} ${tilesSection(run)}
          <nav aria-label="Sections">
            <a href="#path">From listing to purchase</a> <a href="#plots">Where the edge is</a>
            <a href="#orders">Orders</a> <a href="#model">Model</a> <a href="#settings">Limits</a>
            <a href="#decisions">Decisions</a>
          </nav>
          ${pathSection(run)} ${plotsSection(run)} ${ordersSection(run)} ${modelSection(run)}
          ${settingsSection(run)} ${decisionsSection(run)}
        </main>
        <footer>
          <p>
            Written
            ${formatMoment(run.writtenAt)}.${summary.decisions !== null && html` Decisions: <code>${summary.decisions}</code>.`}${summary.ledger !== null && html` Ledger: <code>${summary.ledger}</code>.`}
          </p>
        </footer>
      </body>
    </html> `;
  return page.toString();
}
