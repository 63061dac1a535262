import { html, type Html } from './html.ts';
import type { ReportInput, ReportProblem } from './report-input.ts';

/** What a reader must know before any number: problems with what to do, then warnings. */
export function noticesSection(input: ReportInput): Html | null {
  const { summary, problems } = input;
  const all = [...(summary.error ? [summary.error] : []), ...problems];
  const warnings = warningsOf(input);
  if (all.length + warnings.length === 0) return null;
  return html`<section aria-label="Problems and warnings" class="notices">
    ${all.map(problem)}
    ${
      warnings.length > 0 &&
      html`<ul class="notice warning">
        ${warnings.map(({ name, words }) => html`<li><b>${name}</b> ${words}</li>`)}
      </ul>`
    }
  </section>`;
}

function problem({ code, message, fix }: ReportProblem): Html {
  return html`<div class="notice problem">
    <p><b>Problem</b> <code>${code}</code></p>
    <p class="message">${message}</p>
    <p><b>What to do</b> ${fix}</p>
  </div>`;
}

interface Warning {
  readonly name: string;
  readonly words: string;
}

function warningsOf({ market, summary, manifest, notes, killSwitch }: ReportInput): Warning[] {
  const warnings: Warning[] = [];
  if (market.simulated) {
    warnings.push({
      name: 'Simulation.',
      words:
        'The market is simulated: its securities are generated or replayed from a file, its fills are invented, and no money moved.',
    });
  }
  if (summary.mode === 'paper') {
    warnings.push({
      name: 'Paper.',
      words:
        'No order was sent. Fills come from a fill model, which a real market need not follow.',
    });
  }
  if (killSwitch) {
    warnings.push({
      name: 'Kill switch on.',
      words: 'Nothing is bought until it is switched off.',
    });
  }
  if (manifest?.label.hindsight === true) {
    warnings.push({
      name: 'Hindsight.',
      words: `The model learned from the label “${manifest.label.name}”, which was known only when the loans had run their whole life. On the day of a purchase nobody knows it, so the edge shown here is not proof of an edge that could have been traded.`,
    });
  }
  const staticSets = manifest?.features.ownData.filter(({ date }) => date === null) ?? [];
  if (staticSets.length > 0) {
    warnings.push({
      name: 'Static own data.',
      words: `${staticSets.map(({ name }) => name).join(', ')}: one undated table is used for every day, so a past day may have seen values published later.`,
    });
  }
  return [...warnings, ...notes.map((words) => ({ name: 'Note.', words }))];
}
