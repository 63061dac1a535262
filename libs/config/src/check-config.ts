import { ConfigError } from './config-error.ts';
import { loadConfig, type LoadConfigOptions } from './load-config.ts';
import type { ConfigProblem } from './problem.ts';
import type { Stage } from './stage.ts';

/** Whether a configuration can be used, and what is wrong: `npx mispriced config check --json`. */
export interface ConfigCheck {
  readonly ok: boolean;
  readonly stage: Stage;
  readonly problems: readonly ConfigProblem[];
  readonly notices: readonly string[];
  /** All of it in words. */
  readonly text: string;
}

/** Loads a configuration only to say whether it is sound. Takes and needs what `loadConfig` does. */
export async function checkConfig(options: LoadConfigOptions): Promise<ConfigCheck> {
  const { stage } = options;
  try {
    const { notices } = await loadConfig(options);
    const text = [`The configuration of stage ${stage} is sound.`, ...notices].join('\n');
    return { ok: true, stage, problems: [], notices, text };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { ok: false, stage, problems: error.problems, notices: [], text: error.message };
  }
}
