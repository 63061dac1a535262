import { ConfigError } from './config-error.ts';
import { nearest } from './nearest.ts';

/** Where a run happens. `preview` is the stage of every `pr-N` stack. */
export const stages = ['embedded', 'local', 'preview', 'dev', 'staging', 'prod'] as const;
export type Stage = (typeof stages)[number];

/** The environment variable (app setting) by which a deployed app learns its stage. */
export const stageVariable = 'MISPRICED__STAGE';

/**
 * The stage a deployed app runs in, from its settings.
 *
 * @throws ConfigError when `MISPRICED__STAGE` is absent or none of the stages.
 */
export function stageFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Stage {
  const text = environment[stageVariable];
  const stage = stages.find((each) => each === text);
  if (stage) return stage;
  const meant = text === undefined ? undefined : nearest(text, stages);
  throw new ConfigError({
    stage: null,
    problems: [
      {
        code: 'CONFIG_INVALID',
        key: 'stage',
        source: { layer: 'environment', where: stageVariable },
        message:
          text === undefined
            ? 'The stage is not set.'
            : `The stage must be one of ${stages.join(', ')}${meant ? `; did you mean ${meant}?` : '.'}`,
        fix: `Set ${stageVariable} in the app's settings; \`pulumi up\` does it.`,
        retryable: false,
      },
    ],
  });
}
