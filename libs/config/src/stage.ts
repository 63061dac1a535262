/** Where a run happens. `preview` is the stage of every `pr-N` stack. */
export const stages = ['embedded', 'local', 'preview', 'dev', 'staging', 'prod'] as const;
export type Stage = (typeof stages)[number];

/** The environment variable (app setting) by which a deployed app learns its stage. */
export const stageVariable = 'MISPRICED__STAGE';
