/** Colours by their meaning, for light and for dark; contrast at least 4.5 for text, 3 for marks. */
const colours = `
:root {
  color-scheme: light;
  --page: #f6f7f5; --surface: #ffffff; --ink: #1a2024; --quiet: #566069; --line: #dfe3e0;
  --buy: #0b6e4f; --buy-soft: #e2f2ec; --missed: #b4530a; --within: #7d8790; --market: #33475b;
  --zone: #0b6e4f14; --warn: #7a4b00; --warn-soft: #fdf3dc; --bad: #a1242b; --bad-soft: #fcebeb;
  --link: #0b5d8a;
}
@media (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --page: #0f1316; --surface: #171d21; --ink: #e7ebec; --quiet: #9daab2; --line: #2b343a;
    --buy: #44d19f; --buy-soft: #12302a; --missed: #f2a35e; --within: #74828c; --market: #a9c1dc;
    --zone: #44d19f18; --warn: #f3c06b; --warn-soft: #2c2413; --bad: #ff9a96; --bad-soft: #351b1d;
    --link: #7cc4ee;
  }
}
@media print {
  :root {
    color-scheme: light;
    --page: #ffffff; --surface: #ffffff; --ink: #000000; --quiet: #444c53; --line: #c9cfcc;
    --buy: #0b6e4f; --buy-soft: #e2f2ec; --missed: #b4530a; --within: #7d8790; --market: #33475b;
    --zone: #0b6e4f14; --warn: #7a4b00; --warn-soft: #fdf3dc; --bad: #a1242b; --bad-soft: #fcebeb;
    --link: #000000;
  }
}`;

const page = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 1180px; padding: 32px 24px 48px; background: var(--page);
  color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  font-variant-numeric: tabular-nums;
}
h1 { font-size: 30px; line-height: 1.2; font-weight: 650; letter-spacing: -0.015em; margin: 10px 0 18px; max-width: 34ch; text-wrap: balance; }
h2 { font-size: 20px; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; margin: 0 0 12px; }
h3 { font-size: 15px; font-weight: 650; margin: 0 0 10px; }
p { margin: 0 0 8px; }
a { color: var(--link); }
code { font: 0.88em ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
section { margin: 0 0 40px; }
dl, dd, figure { margin: 0; }
nav { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 0 0 36px; }
.run { margin: 0; color: var(--quiet); }
.status { display: inline-block; margin-right: 6px; padding: 1px 10px; border-radius: 999px; font-size: 13px; font-weight: 600; background: var(--line); color: var(--ink); }
.status.traded { background: var(--buy-soft); color: var(--buy); }
.status.partial, .status.halted { background: var(--warn-soft); color: var(--warn); }
.status.failed { background: var(--bad-soft); color: var(--bad); }
.facts { display: flex; flex-wrap: wrap; gap: 8px 32px; margin: 0 0 24px; }
dt { font-size: 13px; color: var(--quiet); }
.notices { display: grid; gap: 8px; margin: 0 0 24px; }
.notice { padding: 10px 14px; border-left: 3px solid; border-radius: 4px; }
.notice { margin: 0; color: var(--ink); }
.notice p, .notice li { margin: 0; max-width: 100ch; }
.notice li + li { margin-top: 4px; }
ul.notice { list-style: none; }
.notice.warning { border-color: var(--warn); background: var(--warn-soft); }
.notice.warning b { color: var(--warn); }
p.notice { margin: 0 0 12px; }
.notice.problem { border-color: var(--bad); background: var(--bad-soft); }
.notice.problem b { color: var(--bad); }
.notice .message { white-space: pre-wrap; overflow-wrap: anywhere; margin: 2px 0 6px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(180px, 1fr)); margin: 0 0 20px; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.tile { padding: 14px 18px; box-shadow: 1px 0 var(--line), 0 1px var(--line); }
.tile p { margin: 0; }
.tile .name, .tile .note { font-size: 13px; color: var(--quiet); overflow-wrap: anywhere; }
.tile .value { font-size: 26px; line-height: 36px; font-weight: 650; letter-spacing: -0.01em; }
.tile .value.long { font-size: 17px; overflow-wrap: anywhere; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 24px; align-items: start; }
.lead { max-width: 80ch; margin-bottom: 16px; }
.empty, .more, figcaption { color: var(--quiet); }
.more { font-size: 14px; margin: 8px 0 0; }
footer { border-top: 1px solid var(--line); padding-top: 16px; font-size: 14px; color: var(--quiet); }`;

const tables = `
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); }
.narrow { max-width: 560px; }
.scroll + .scroll, .more + .scroll, .empty + .scroll { margin-top: 16px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
caption { text-align: left; padding: 10px 14px; font-weight: 600; }
th, td { padding: 6px 14px; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
th { font-weight: 400; }
thead th { color: var(--quiet); font-size: 13px; vertical-align: bottom; }
.number { text-align: right; white-space: nowrap; }
thead .number { white-space: normal; }
tbody th, td { overflow-wrap: break-word; }
.badge { white-space: nowrap; }
tr.buy .badge, tr.filled .badge, tr.rounded .badge { color: var(--buy); font-weight: 600; }
tr.buy th, tr.buy td { background: var(--buy-soft); }
tr.skip .badge { color: var(--quiet); }
tr.refused .badge, tr.unknown .badge { color: var(--bad); font-weight: 600; }
tr.partly-filled .badge, tr.unsent .badge, .badge.static { color: var(--warn); font-weight: 600; }
.pairs { display: grid; gap: 10px; }
.pairs dd { overflow-wrap: anywhere; }
.funnel { list-style: none; margin: 0 0 24px; padding: 16px 18px; display: grid; gap: 8px; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
.funnel li { display: grid; grid-template-columns: 11em 1fr minmax(3.5em, auto); gap: 14px; align-items: center; }
.funnel .count { font-weight: 600; text-align: right; }
.track { width: 100%; height: 14px; border-radius: 3px; display: block; }
.track .rail { fill: var(--line); }
.track .fill { fill: var(--market); }
.funnel li:last-child .fill { fill: var(--buy); }`;

const plots = `
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 20px; }
.plots figure { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 14px 16px; min-width: 0; }
figure svg[role] { display: block; width: 100%; height: auto; overflow: visible; }
figcaption { font-size: 13px; margin-top: 6px; }
svg text { font-size: 12px; fill: var(--quiet); }
svg .label { fill: var(--ink); font-size: 12.5px; }
svg .note { fill: var(--ink); paint-order: stroke; stroke: var(--surface); stroke-width: 3px; }
.grid path { stroke: var(--line); }
.axis, .ticks path { stroke: var(--within); fill: none; }
.threshold { stroke: var(--ink); stroke-width: 1.25; stroke-dasharray: 5 4; fill: none; }
.equal { stroke: var(--market); stroke-width: 1.25; fill: none; }
.curve { stroke: var(--market); stroke-width: 2.25; fill: none; stroke-linejoin: round; }
.zone { fill: var(--zone); }
.bar.within { fill: var(--within); }
.bar.beyond { fill: var(--buy); }
.point.buy { fill: var(--buy); stroke: var(--surface); }
.point.missed { fill: var(--surface); stroke: var(--missed); stroke-width: 1.75; }
.point.within { fill: var(--within); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; margin-bottom: 4px; }
.legend span { white-space: nowrap; }
.legend svg { width: 14px; height: 14px; margin-right: 5px; vertical-align: -2px; overflow: visible; }`;

const paper = `
@media (max-width: 600px) {
  body { padding: 20px 14px 32px; }
  h1 { font-size: 24px; }
  .tiles { grid-template-columns: 1fr 1fr; }
  .tile { padding: 12px; }
  .tile .value { font-size: 21px; line-height: 30px; }
  .plots figure { padding: 10px; }
  .funnel li { grid-template-columns: 8em 1fr minmax(2.5em, auto); gap: 8px; line-height: 1.25; }
  svg text, svg .label { font-size: 15px; }
}
@media print {
  @page { margin: 14mm; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  nav { display: none; }
  table { font-size: 8.5pt; line-height: 1.35; }
  th, td, caption { padding: 2.5px 7px; }
  td code { white-space: nowrap; }
  svg text, svg .label { font-size: 16px; }
  .scroll { overflow: visible; border-radius: 0; }
  thead { display: table-header-group; }
  tr, figure, .tile, .notice, .funnel, .columns { break-inside: avoid; }
  h2 { break-after: avoid; }
  section { margin-bottom: 22px; }
  .narrow { max-width: none; }
  .tiles { grid-template-columns: repeat(5, 1fr); }
  .tile { padding: 8px 10px; }
  .tile .value { line-height: 26px; }
  .tile .value { font-size: 17px; }
  .tile .value.long { font-size: 12px; }
  .plots, .columns { grid-template-columns: 1fr 1fr; gap: 12px; }
  svg, .status, .notice, tr { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}`;

/** The report's one style sheet: it stands in the page, so that the page needs nothing else. */
export const reportStyle = [colours, page, tables, plots, paper].join('\n');
