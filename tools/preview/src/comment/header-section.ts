import type { PreviewData } from '../preview-data.ts';
import { codeText } from './code-text.ts';
import { lines, type Section } from './section.ts';
import { link } from './link.ts';

const heads: Readonly<Record<PreviewData['status'], string>> = {
  live: 'is up; its run ended well',
  refused: 'was stopped by policy',
  failed: 'is not well',
  planned: 'was planned; nothing was made',
};

/** What became of the preview, and where it is. */
export function headerSection(data: PreviewData): Section {
  const { commit, expiry, at, links, error } = data;
  return lines(
    `## Preview of ${codeText(data.stack)} ${heads[data.status]}`,
    '',
    `Commit ${codeText(commit, 12)}, on paper, over an archived listing. As of ${moment(at)}.`,
    expiry === null
      ? 'Nothing of it was found in the cloud.'
      : `${data.status === 'live' ? 'It' : 'What stands of it'} is taken away after ${moment(expiry)}; every push begins its time anew.`,
    ...(error === null
      ? []
      : [
          '',
          `**${codeText(error.code)}**: ${codeText(error.message, 1500)}`,
          '',
          `What to do: ${codeText(error.fix, 500)}`,
        ]),
    ...linkLines(links),
  );
}

function linkLines({ status, report }: PreviewData['links']): readonly string[] {
  const shown = [
    ...(status === null ? [] : [link('status of the app', status)]),
    ...(report === null ? [] : [link('report of the run', report)]),
  ];
  return shown.length === 0 ? [] : ['', shown.join(' · ')];
}

/** Digits of a moment alone: 2026-11-23 21:05 UTC. */
function moment(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
