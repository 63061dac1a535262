import type { SecretLintCoreConfig, SecretLintRulePresetCreator } from '@secretlint/types';

/** A secret told by its format: where it stands and which rule knew it, never the secret itself. */
export interface KnownFormat {
  /** From 1. */
  readonly line: number;
  /** In the words of the table below, or of the rule where it has none. */
  readonly name: string;
  /** Such as `github`, of the preset that @secretlint/secretlint-rule-preset-recommend is. */
  readonly rule: string;
}

/** Larger files are data, and would take long. */
const largestCharacters = 8 * 1024 * 1024;
const preset = '@secretlint/secretlint-rule-preset-recommend';
const rulePrefix = '@secretlint/secretlint-rule-';

const names: Readonly<Record<string, string>> = {
  aws: 'an access key of AWS',
  basicauth: 'a password in an address',
  'database-connection-string': 'a password in an address',
  gcp: 'a key of Google',
  github: 'a token of GitHub',
  npm: 'a token of npm',
  privatekey: 'a private key',
  slack: 'a token of Slack',
};

/** In the code of others these stand in examples and comments, and name nobody's password. */
const ownSourcesOnly: readonly string[] = ['basicauth', 'database-connection-string'];

/** Loaded when something is scanned, as most commands scan nothing. */
const loadLinter = async () => {
  const [{ lintSource }, { creator }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  const config: SecretLintCoreConfig = {
    rules: [
      {
        id: preset,
        rule: withoutComments(creator),
        rules: [
          // An id alone opens nothing, and says that its secret is near. An account is no secret.
          {
            id: `${rulePrefix}aws`,
            options: { enableIDScanRule: true },
            allowMessageIds: ['AWSAccountID'],
          },
        ],
      },
    ],
  };
  return { lintSource, config };
};

/** A comment in a file may not switch the scan off; `disabled` does not reach the rules of a preset. */
function withoutComments(creator: SecretLintRulePresetCreator): SecretLintRulePresetCreator {
  return {
    ...creator,
    create(context, options) {
      const registerRule: typeof context.registerRule = (rule, byDefault) => {
        if (rule.meta.id !== `${rulePrefix}filter-comments`) context.registerRule(rule, byDefault);
      };
      creator.create({ ...context, registerRule }, options);
    },
  };
}

let linter: ReturnType<typeof loadLinter> | null = null;

/**
 * Finds the tokens and keys of well-known services by their formats, with the recommended rules of
 * secretlint (https://github.com/secretlint/secretlint). Binary files and very large ones have none.
 *
 * @param args.isOurs Whether people write this file here, rather than others elsewhere.
 */
export async function findKnownFormats(args: {
  file: string;
  text: string;
  isOurs: boolean;
}): Promise<readonly KnownFormat[]> {
  const { file, text, isOurs } = args;
  if (text.length > largestCharacters || text.includes('\0')) return [];
  linter ??= loadLinter();
  const { lintSource, config } = await linter;
  const { messages } = await lintSource({
    source: { content: text, filePath: file, ext: '', contentType: 'text' },
    options: { config, noPhysicFilePath: true, maskSecrets: true },
  });
  return messages
    .map(({ ruleId, loc }) => ({ rule: ruleId.replace(rulePrefix, ''), line: loc.start.line }))
    .filter(({ rule }) => isOurs || !ownSourcesOnly.includes(rule))
    .map(({ rule, line }) => ({ rule, line, name: names[rule] ?? `a secret of ${rule}` }));
}
