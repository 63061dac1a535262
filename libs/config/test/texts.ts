import { readFileSync } from 'node:fs';
import { readTextsFrom, type ReadText } from '../src/index.ts';

/** The repository's own `config/defaults.yaml`. */
export const defaultsText = readFileSync(
  new URL('../../../config/defaults.yaml', import.meta.url),
  'utf8',
);

/** The files of a configuration whose defaults are the repository's: only what a test adds differs. */
export function textsWith(texts: { defaults?: string; stage?: string; local?: string }): ReadText {
  const { defaults = defaultsText, stage = '', local } = texts;
  const stageFiles = ['embedded', 'preview', 'dev', 'staging', 'prod'].map(
    (name): [string, string] => [`config/${name}.yaml`, stage],
  );
  return readTextsFrom({
    'config/defaults.yaml': defaults,
    ...Object.fromEntries(stageFiles),
    ...(local !== undefined && { 'config/local.yaml': local }),
  });
}

/** What production lacks for a sound configuration. */
export const marketEnvironment = {
  MISPRICED__VENUE__URL: 'https://market.example.com/api',
  MISPRICED__VENUE__ACCOUNT_ID: '1234567',
  MISPRICED__TRADING_API_KEY: 'key-of-the-environment',
} as const;
