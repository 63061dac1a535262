import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDecisionsCsv, type Decision } from '@mispriced/core';
import { runTool } from '@mispriced/environment';
import type { PreviewInputs } from '../inputs/preview-inputs.ts';

/**
 * What another working tree's code decides on the same listing, own data and slot: its own command,
 * with its own settings of previews, on this machine and with an empty ledger.
 *
 * @param args.scratch A folder for what the run is given and makes.
 * @throws Error where that code does not run, or its decisions cannot be read.
 */
export async function baseDecisions(args: {
  folder: string;
  scratch: string;
  stackName: string;
  slot: string;
  inputs: PreviewInputs;
  modelFolder: string;
}): Promise<readonly Decision[]> {
  const { folder, scratch, inputs } = args;
  await mkdir(scratch, { recursive: true });
  const listing = join(scratch, 'listing.json');
  await writeFile(listing, inputs.listing);
  const ownData = await Promise.all(
    [...inputs.ownData].map(async ([name, { bytes, format }], index) => {
      const file = join(scratch, `own-data-${index}.${format}`);
      await writeFile(file, bytes);
      return { name, file, format };
    }),
  );
  const settings = join(scratch, 'replay.yaml');
  await writeFile(settings, JSON.stringify({ venue: { name: 'replay', listing } }));
  const out = join(scratch, 'out');
  const program = join(folder, 'tools/cli/bin/mispriced.mjs');
  const options = ['--stack', args.stackName, '--mode', 'paper', '--slot', args.slot];
  const places = ['--config', settings, '--model', args.modelFolder, '--out', out, '--json'];
  await runTool({
    program: process.execPath,
    words: [program, 'run', ...options, ...places],
    folder,
    environment: {
      MISPRICED__STORAGE__KIND: 'file',
      MISPRICED__STORAGE__PATH: join(scratch, 'state'),
      MISPRICED__OWN_DATA: JSON.stringify(ownData),
    },
  });
  const path = join(out, 'decisions.csv');
  return parseDecisionsCsv(await readFile(path, 'utf8'), path);
}
