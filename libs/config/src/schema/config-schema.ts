import { z } from 'zod';
import type { CamelCased } from './camel-case.ts';
import { identitySection } from './identity.ts';
import { keyVaultSection } from './key-vault.ts';
import { limitsSection } from './limits.ts';
import { modelSection } from './model.ts';
import { ownDataSetting } from './own-data.ts';
import { runSection } from './run.ts';
import { scheduleSection } from './schedule.ts';
import { secretsSetting } from './secrets.ts';
import { secretValue } from './secret-value.ts';
import { setting } from './setting.ts';
import { statusSection } from './status.ts';
import { storageSection } from './storage.ts';
import { strategySection } from './strategy.ts';
import { switchText } from './text-values.ts';
import { venueSection } from './venue.ts';

/** The sections, in the order in which people read them. */
export const sections = {
  strategy: strategySection,
  run: runSection,
  schedule: scheduleSection,
  limits: limitsSection,
  venue: venueSection,
  model: modelSection,
  storage: storageSection,
  key_vault: keyVaultSection,
  identity: identitySection,
  status: statusSection,
} as const;

/** Settings that stand by themselves. */
export const topLevelSettings = {
  kill_switch: setting(switchText(), { about: '`true` stops all buying' }),
  trading_api_key: setting(secretValue().optional(), {
    about: 'The market’s API key',
    secret: true,
  }),
  own_data: ownDataSetting,
  secrets: secretsSetting,
} as const;

/** The whole configuration as files have it: every key known, none more. */
export const configSchema = z.strictObject({ ...sections, ...topLevelSettings });

type Sections = typeof sections;
type TopLevel = typeof topLevelSettings;

/** The configuration as code uses it: `config.values.run.lateAfterSeconds`. */
export type ConfigValues = CamelCased<z.output<typeof configSchema>>;

type SectionKey = {
  [Section in keyof Sections]: `${Section}.${keyof Sections[Section]['shape'] & string}`;
}[keyof Sections];

/** Every key, dotted as in `limits.per_order`. */
export type ConfigKey = SectionKey | keyof TopLevel;

type SchemaOf<Key extends ConfigKey> = Key extends keyof TopLevel
  ? TopLevel[Key]
  : Key extends `${infer Section extends keyof Sections}.${infer Name}`
    ? Name extends keyof Sections[Section]['shape']
      ? Sections[Section]['shape'][Name]
      : never
    : never;

/** What each key holds once it is read. */
export type ConfigValue<Key extends ConfigKey> = CamelCased<z.output<SchemaOf<Key>>>;
