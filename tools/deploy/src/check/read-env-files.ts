import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { placeOf, shortestSecret, type KnownSecret } from './known-secret.ts';

/** Names that say of themselves that their value is a secret. */
const secretName = /key|secret|token|passw|credential|connection|signature|sas(?:_|$)/i;

/** Whether a variable says by its name that its value is a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

const patterns = ['**/.env*', '**/local.settings.json'];
const assignment = /^\s*(?:export\s+)?"?([A-Za-z_][\w.:-]*)"?\s*[=:]\s*"?([^"\n]*?)"?,?\s*$/;

/** The values in files of environment variables that may be secrets, by the names they have. */
export async function readEnvFiles(workspace: string): Promise<readonly KnownSecret[]> {
  const found: KnownSecret[] = [];
  for await (const file of glob(patterns, {
    cwd: workspace,
    exclude: (name) => name === 'node_modules' || name === '.git',
  })) {
    const text = await readFile(join(workspace, file), 'utf8').catch(() => '');
    let at = 0;
    for (const line of text.split('\n')) {
      const start = at;
      at += line.length + 1;
      const [, name = '', value = ''] = assignment.exec(line) ?? [];
      const secret = value.replaceAll(/^'|'$/g, '').trim();
      if (secretName.test(name) && secret.length >= shortestSecret) {
        found.push({ value: secret, from: placeOf({ file, text, at: start, name }) });
      }
    }
  }
  return found;
}

/** The values of this process's environment variables that may be secrets. */
export function environmentSecrets(
  environment: Readonly<Record<string, string | undefined>>,
): readonly KnownSecret[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    const counts = /^(?:MISPRICED__|AZURE_|ARM_)/.test(name) && secretName.test(name);
    // It says how to sign in, in one public word.
    if (name === 'AZURE_TOKEN_CREDENTIALS') return [];
    if (!counts || value === undefined || value.length < shortestSecret) return [];
    // Paths and addresses to fetch a secret from are no secrets.
    if (/^(?:\/|https?:\/\/)/.test(value)) return [];
    return [{ value, from: `the environment variable ${name}` }];
  });
}
