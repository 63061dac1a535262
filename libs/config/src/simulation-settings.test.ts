import { describe, expect, it } from 'vitest';
import { problemsOf } from '../test/problems-of.ts';
import { simulationSettings } from './simulation-settings.ts';

describe('simulationSettings', () => {
  it.each(['http://127.0.0.1:8700', 'http://localhost', 'http://[::1]:80/api'])(
    'are settings that the app takes, at %s',
    async (url) => {
      const settings = simulationSettings(url);
      expect(settings).toEqual({
        MISPRICED__RUN__SETTLE_AFTER_SECONDS: '2',
        MISPRICED__VENUE__REQUESTS_PER_SECOND: '20',
      });
      const environment = { ...settings, MISPRICED__VENUE__URL: url };
      expect(await problemsOf({ environment })).toEqual([]);
    },
  );

  it.each(['https://market.example.com', 'https://127.0.0.1.example.com', 'no address', ''])(
    'are none at %j',
    (url) => {
      expect(simulationSettings(url)).toEqual({});
    },
  );
});
