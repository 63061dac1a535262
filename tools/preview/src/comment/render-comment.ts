import type { PreviewData } from '../preview-data.ts';
import { codeText } from './code-text.ts';
import { decisionsSections } from './decisions-section.ts';
import { differencesSection } from './differences-section.ts';
import { findingsSection } from './findings-section.ts';
import { fitSections, mostBytes } from './fit-sections.ts';
import { headerSection } from './header-section.ts';
import { infrastructureSection } from './infrastructure-section.ts';
import { markerOf } from './marker.ts';
import { runSection } from './run-section.ts';
import { lines, type Section } from './section.ts';
import { stacksSection } from './stacks-section.ts';

/**
 * The comment on a pull request: Markdown within GitHub's limit, in which only text of ours has a
 * meaning. Nothing that a fork's code, a branch's name or a listing says can be more than text.
 */
export function renderComment(data: PreviewData, limit = mostBytes): string {
  const { base, baseProblem, changes } = data;
  const infrastructure = base?.infrastructure ?? null;
  const sections: readonly (Section | null)[] = [
    lines(markerOf(data.pullRequest)),
    headerSection(data),
    findingsSection(data),
    baseProblem === null
      ? null
      : lines(`Not everything is compared with the base: ${codeText(baseProblem, 600)}`),
    stacksSection(data),
    base === null || infrastructure === null
      ? null
      : infrastructureSection(
          `Infrastructure against ${codeText(base.reference)}`,
          infrastructure,
          'What is declared is the same.',
        ),
    infrastructureSection('Infrastructure of this preview', changes, 'Nothing was to be changed.'),
    differencesSection(data),
    runSection(data),
    ...decisionsSections(data),
  ];
  return fitSections(
    sections.filter((section) => section !== null),
    limit,
  );
}

/** What the comment becomes when the preview has gone. */
export function renderGoneComment(pullRequest: number, at: Date): string {
  const moment = at.toISOString().slice(0, 16).replace('T', ' ');
  return `${markerOf(pullRequest)}\n\n## The preview of \`pr-${pullRequest}\` is gone\n\nTaken away on ${moment} UTC with everything it kept.\n`;
}
