import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scanSecrets } from './scan-secrets.ts';
import { withTemporaryFolder } from './with-temporary-folder.ts';

// Put together, so that this file itself holds nothing that looks like a key.
const storageKey = `${'aB3+'.repeat(21)}xY==`;
const planted = 'correct-horse-battery-staple';
const entraSecret = ['abc8Q', 'd3F-'.repeat(8)].join('~');

interface Scan {
  readonly problems: readonly string[];
}

/** Scans a working tree of these files of which some ship. */
async function scan(args: {
  /** False for a folder that git does not know, such as an unpacked archive. */
  isRepository?: boolean;
  files: Readonly<Record<string, string>>;
  ship?: readonly string[];
  packed?: Readonly<Record<string, string>>;
  environment?: Readonly<Record<string, string>>;
}): Promise<Scan> {
  return withTemporaryFolder(async (workspace) => {
    if (args.isRepository !== false) {
      execFileSync('git', ['init', '--quiet'], { cwd: workspace });
    }
    const files = { '.gitignore': 'config/local.yaml\n.env\ngenerated/\n', ...args.files };
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(workspace, path)), { recursive: true });
      await writeFile(join(workspace, path), text);
    }
    const { problems } = await scanSecrets({
      workspace,
      files: new Map(
        Object.entries(args.packed ?? {}).map(([path, text]) => [
          path,
          new TextEncoder().encode(text),
        ]),
      ),
      sources: args.ship ?? [],
      ...(args.environment !== undefined && { environment: args.environment }),
    });
    return { problems: problems.map(({ message }) => message) };
  });
}

describe('scanSecrets', () => {
  it('finds nothing where secrets stand where they belong', async () => {
    const { problems } = await scan({
      files: {
        'config/local.yaml': `trading_api_key: ${planted}\nrun:\n  threshold: 0.05\n`,
        '.env': `API_KEY=${storageKey}\n`,
        'src/app.ts': "export const threshold = '0.05'; // key of the model\n",
      },
      ship: ['src/app.ts'],
      packed: { 'dist/main.mjs': 'const key = process.env.API_KEY;' },
    });
    expect(problems).toEqual([]);
  });

  it('finds a value of the local configuration wherever it was copied to, and never repeats it', async () => {
    const { problems } = await scan({
      files: {
        'config/local.yaml': `trading_api_key: ${planted}\n`,
        'src/app.ts': `// a\nconst key = '${planted}';\n`,
        'docs/notes.md': `line\nline\nuse ${Buffer.from(planted).toString('base64')}\n`,
      },
      ship: ['src/app.ts'],
      packed: { 'dist/main.mjs': `const key="${planted}";` },
    });
    expect(problems).toEqual([
      'src/app.ts:2 holds the value of config/local.yaml:1 (trading_api_key).',
      'docs/notes.md:3 holds the value of config/local.yaml:1 (trading_api_key).',
    ]);
    expect(problems.join('\n')).not.toContain(planted);
  });

  it('finds it in the package when no source shows it', async () => {
    const { problems } = await scan({
      files: { 'config/local.yaml': `secrets:\n  vendor_key: "${planted}"\n` },
      packed: { 'dist/main.mjs': `\nlet a="${planted}"`, 'lib.node': `\u0000${planted}` },
    });
    expect(problems).toEqual([
      'the packed dist/main.mjs:2 holds the value of config/local.yaml:2 (secrets.vendor_key).',
      'the packed lib.node:1 holds the value of config/local.yaml:2 (secrets.vendor_key).',
    ]);
  });

  it('finds values of env files and of the environment', async () => {
    const { problems } = await scan({
      files: {
        '.env': `VENDOR_TOKEN='${planted}'\n`,
        'README.md': `run with ${planted}\nor with another-long-value, by AzureCLICredential\n`,
      },
      environment: {
        AZURE_CLIENT_SECRET: 'another-long-value',
        AZURE_TENANT_ID: 'README',
        AZURE_TOKEN_CREDENTIALS: 'AzureCLICredential',
      },
    });
    expect(problems).toEqual([
      'README.md:1 holds the value of .env:1 (VENDOR_TOKEN).',
      'README.md:2 holds the value of the environment variable AZURE_CLIENT_SECRET.',
    ]);
  });

  it('reads env files however deep they lie', async () => {
    const { problems } = await scan({
      files: { 'a/b/c/d/.env.local': `VENDOR_TOKEN=${planted}\n`, 'README.md': planted },
    });
    expect(problems).toContain(
      'README.md:1 holds the value of a/b/c/d/.env.local:1 (VENDOR_TOKEN).',
    );
  });

  it.each([
    ['a notebook', 'research/look.ipynb', `{"source": ["key = \\"${storageKey}\\"\\n"]}`],
    ['an env file that git does not ignore', 'prod.d/.env.prod', `X=${storageKey}`],
    ['a source that ships', 'src/app.ts', `const blob = '${storageKey}';`],
    ['configuration', 'config/prod.yaml', `storage:\n  key: ${storageKey}`],
  ])('tells a key by its looks in %s', async (_, path, text) => {
    const { problems } = await scan({ files: { [path]: text }, ship: ['src/app.ts'] });
    expect(problems.join('\n')).toContain(`${path}:`);
    expect(problems.join('\n')).toContain('the key of a storage account');
    expect(problems.join('\n')).not.toContain(storageKey);
  });

  it.each([
    ['a client secret of Entra', `const s = '${entraSecret}';`],
    ['a private key', ['-----BEGIN RSA', 'PRIVATE KEY-----\nMIIEow'].join(' ')],
    ['a token of GitHub', `ghp_${'a1B2'.repeat(9)}`],
    ['a password in an address', ['postgres://trader', 's3cretword@db.example.com'].join(':')],
    ['a value given to a name', ['const apiKey = ', "'q1w2e3r4t5y6u7i8';"].join('')],
  ])('knows %s', async (what, text) => {
    const { problems } = await scan({ files: { 'src/app.ts': text }, ship: ['src/app.ts'] });
    expect(problems.join('\n')).toContain(what);
  });

  it.each([
    ['a token of GitHub', 'github', `const t = 'ghp_${'a1B2'.repeat(9)}';`],
    [
      'a token of GitHub',
      'github',
      `const t = 'github_pat_${'a1B2c3D4e5'.repeat(9).slice(0, 82)}';`,
    ],
    ['an access key of AWS', 'aws', ['AWS_ACCESS_KEY_ID=AKIA', 'ABCD2345'.repeat(2)].join('')],
    ['an access key of AWS', 'aws', `aws_secret_access_key = "${'a1B2c3D4/e'.repeat(4)}"`],
    ['a token of Slack', 'slack', `url: xoxb-123456789012-1234567890123-${'aBcD'.repeat(6)}`],
    ['a token of npm', 'npm', `//npm.example.com/:_authToken=npm_${'a1B2'.repeat(9)}`],
    ['a secret of stripe', 'stripe', `const s = 'sk_live_${'a1B2c3'.repeat(4)}';`],
  ])('knows %s by the rule %s, in a source and in what is packed', async (what, rule, text) => {
    const inSource = await scan({ files: { 'src/app.ts': `\n${text}` }, ship: ['src/app.ts'] });
    expect(inSource.problems).toContain(
      `src/app.ts:2 holds what looks like ${what} (rule ${rule}).`,
    );
    const packed = { 'node_modules/x/index.js': `// secretlint-disable\n${text}` };
    const { problems } = await scan({ files: {}, packed });
    expect(problems).toEqual([
      `the packed node_modules/x/index.js:2 holds what looks like ${what} (rule ${rule}).`,
    ]);
    for (const word of text.split(/[\s'"=]+/).filter((each) => each.length > 20)) {
      expect([...inSource.problems, ...problems].join('\n')).not.toContain(word);
    }
  });

  it('knows a whole private key, and says it once', async () => {
    const body = `${'MIIEowIBAAKCAQEA'.repeat(4)}\n`.repeat(12);
    const pem = ['-----BEGIN RSA', `PRIVATE KEY-----\n${body}-----END RSA`, 'PRIVATE KEY-----'];
    const { problems } = await scan({ files: {}, packed: { 'key.pem': pem.join(' ') } });
    expect(problems).toEqual(['the packed key.pem:1 holds what looks like a private key.']);
  });

  it.each([
    ['a binary file', `\0ghp_${'a1B2'.repeat(9)}`],
    ['a very large one', `${' '.repeat(8 * 1024 * 1024)}ghp_${'a1B2'.repeat(9)}`],
    ['an address with a password in the code of others', 'mysql://root:password123@localhost/x'],
  ])('tells no key by its format in %s', async (_, text) => {
    const { problems } = await scan({ files: {}, packed: { 'module/data': text } });
    expect(problems).toEqual([]);
  });

  it.each([true, false])(
    'refuses a file of secrets that git would take, every line of it (in a repository: %s)',
    async (isRepository) => {
      const { problems } = await scan({
        isRepository,
        files: {
          '.gitignore': 'config/local.yaml\n',
          'config/local.yaml': `trading_api_key: ${planted}\n`,
          '.env': `# mine\nVENDOR_TOKEN=${planted}-1\nPLAIN=x\nOTHER_SECRET=${planted}-2\n`,
          'research/look.ipynb': `{"source": [\n"key = '${planted}-2'\\n"\n]}`,
        },
      });
      expect(problems.toSorted()).toEqual([
        '.env:2 holds the value of .env:2 (VENDOR_TOKEN).',
        '.env:2 holds the value of config/local.yaml:1 (trading_api_key).',
        '.env:4 holds the value of .env:4 (OTHER_SECRET).',
        '.env:4 holds the value of config/local.yaml:1 (trading_api_key).',
        'research/look.ipynb:2 holds the value of .env:4 (OTHER_SECRET).',
        'research/look.ipynb:2 holds the value of config/local.yaml:1 (trading_api_key).',
      ]);
    },
  );

  it('refuses a source that git ignores', async () => {
    const { problems } = await scan({
      files: { 'generated/keys.ts': 'export const nothing = 1;' },
      ship: ['generated/keys.ts'],
    });
    expect(problems).toEqual(['generated/keys.ts would ship, and git ignores it.']);
  });
});
