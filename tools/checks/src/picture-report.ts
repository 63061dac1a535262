import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from './repository.ts';

/**
 * Takes the README's picture of a report: runs the job on the simulated market for a fixed slot, and
 * has Chromium photograph the top of the page. `CHROMIUM` names another browser than `chromium`.
 */
const picture = join(repositoryRoot, 'docs/images/report.png');
const slot = '2026-01-05T15:25:03Z';
const browserFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--hide-scrollbars',
  '--window-size=1200,1560',
];

function runOrExit(command: string, args: readonly string[]): void {
  const end = spawnSync(command, args, { encoding: 'utf8', cwd: repositoryRoot });
  if (end.status === 0) return;
  console.error(`${command} failed: ${end.error?.message ?? end.stderr}`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'mispriced-picture-'));
try {
  const run = ['run', '--mode', 'live', '--slot', slot, '--out', folder, '--state', folder];
  runOrExit(process.execPath, [join(repositoryRoot, 'tools/cli/bin/mispriced.mjs'), ...run]);
  runOrExit(process.env['CHROMIUM'] ?? 'chromium', [
    ...browserFlags,
    `--user-data-dir=${join(folder, 'browser')}`,
    `--screenshot=${picture}`,
    pathToFileURL(join(folder, 'report.html')).href,
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(picture);
