import { ConfigError } from './config-error.ts';
import { invalid } from './problem.ts';
import { nearest } from './schema/words.ts';
import { stages, stageVariable, type Stage } from './stage.ts';

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
  const problem = invalid({
    key: 'stage',
    source: { layer: 'environment', where: stageVariable },
    message:
      text === undefined
        ? 'The stage is not set.'
        : `The stage must be one of ${stages.join(', ')}${meant ? `; did you mean ${meant}?` : '.'}`,
    fix: `Set ${stageVariable} in the app's settings; \`pulumi up\` does it.`,
  });
  throw new ConfigError({ stage: null, problems: [problem] });
}
