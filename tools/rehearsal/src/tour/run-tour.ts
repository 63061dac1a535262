import { styleText } from 'node:util';
import { openRehearsal } from '../open-rehearsal.ts';
import type { Tour, TourStep } from './tour-step.ts';

/** How long a tour took, and each of its steps. */
export interface TourEnd {
  readonly seconds: number;
  readonly steps: readonly { readonly title: string; readonly seconds: number }[];
}

/**
 * Walks through steps on a local cloud of its own and explains each as it happens. Nothing is left of
 * it.
 *
 * @param args.write Takes every line.
 * @throws Error at the first step that does not go as it should.
 */
export async function runTour(
  steps: readonly TourStep[],
  args: { write: (line: string) => void; colour: boolean },
): Promise<TourEnd> {
  const { write } = args;
  const paint = (format: 'bold' | 'dim' | 'cyan', text: string): string =>
    args.colour ? styleText(format, text, { validateStream: false }) : text;
  const begun = performance.now();
  const took: { title: string; seconds: number }[] = [];
  write(
    paint('dim', 'starting a local cloud: resource manager, sign-in, vaults, storage, a market'),
  );
  const rehearsal = await openRehearsal();
  const tour: Tour = {
    rehearsal,
    stack: null,
    github: null,
    type: async (words, { input, fails = false, environment } = {}) => {
      write(paint('cyan', `  $ npx mispriced ${words.map(quoted).join(' ')}`));
      const end = await rehearsal.command(words, input, environment);
      const said = [end.stdout, ...(fails ? [end.stderr] : [])].join('\n').trim().split('\n');
      for (const line of shortened(said)) write(`    ${line}`);
      if ((end.exitCode !== 0) === fails) return end.stdout;
      throw new Error(`mispriced ${words[0] ?? ''} ended with ${end.exitCode}:\n${end.stderr}`);
    },
    tell: (line) => {
      write(`  ${line}`);
    },
  };
  try {
    for (const [index, step] of steps.entries()) {
      write('');
      write(paint('bold', `${index + 1}/${steps.length}  ${step.title}`));
      write(paint('dim', `  ${step.why}`));
      const from = performance.now();
      await step.run(tour);
      took.push({ title: step.title, seconds: (performance.now() - from) / 1000 });
    }
  } finally {
    await tour.github?.close();
    await rehearsal.close();
  }
  const seconds = (performance.now() - begun) / 1000;
  write('');
  write(paint('bold', `The end, after ${Math.round(seconds)} seconds. Nothing is left of it.`));
  return { seconds, steps: took };
}

const mostLines = 14;

/** The beginning of what a command said; names and addresses go on and on. */
function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= mostLines) return lines;
  return [...lines.slice(0, mostLines), `... ${lines.length - mostLines} more lines`];
}

function quoted(word: string): string {
  return /[\s*]/.test(word) ? `"${word}"` : word;
}
